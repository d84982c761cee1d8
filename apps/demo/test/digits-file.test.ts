// The file of handwritten digits that the build makes: small, whole, and the drawings of the package.
import { centreDrawing, drawingInput, readDrawings, type SplitDrawings } from '@kk/corpora/digits';
import { beforeAll, expect, it } from 'vitest';
import { digitsFile, mnistDrawings } from '../scripts/digits/digits-file.js';

let bytes: Uint8Array;
let source: SplitDrawings;
let read: SplitDrawings;
beforeAll(async () => {
  [bytes, source] = await Promise.all([digitsFile(), mnistDrawings()]);
  read = await readDrawings(bytes);
});

it('has at most 600 kB', () => {
  expect(bytes.length).toBeLessThan(600_000);
});

it('has 10,000 drawings, and of each digit 100 are held out', () => {
  expect(read.training.labels).toHaveLength(9000);
  expect(Array.from({ length: 10 }, (_, digit) => read.heldOut.labels.filter((label) => label === digit).length)).toEqual(Array(10).fill(100));
});

it('shows the drawings of the package in four greys', () => {
  for (const part of ['training', 'heldOut'] as const) {
    expect(read[part].labels).toEqual(source[part].labels);
    expect(read[part].pixels.every((grey, i) => Math.abs(grey - source[part].pixels[i]!) <= 43)).toBe(true);
  }
  expect(new Set(read.heldOut.pixels)).toEqual(new Set([0, 85, 170, 255]));
});

it('has drawings that the preparation of a canvas leaves as they are: it does what the authors of MNIST did', () => {
  let placed = 0;
  let difference = 0;
  for (let i = 0; i < 300; i++) {
    const drawing = drawingInput(source.heldOut, i);
    const prepared = centreDrawing({ pixels: drawing, width: 28, height: 28 })!;
    const ofThis = drawing.reduce((sum, ink, pixel) => sum + Math.abs(ink - prepared[pixel]!), 0) / 784;
    difference += ofThis / 300;
    if (ofThis < 0.01) placed++;
  }
  expect(placed).toBeGreaterThan(200); // nearly all others are one pixel beside
  expect(difference).toBeLessThan(0.02);
});
