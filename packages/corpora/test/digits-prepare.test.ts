// The preparation of drawings: the same as numpy and scipy compute, and an answer to an empty canvas.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canvasInk, centreDrawing, digitSigns, drawingInput, drawSigns, shrinkDrawing } from '@kk/corpora/digits';

const fixture = JSON.parse(readFileSync(new URL('fixtures/prepared-drawings.json', import.meta.url), 'utf8')) as { width: number; height: number; pixels: number[]; prepared: number[] }[];

/** The column and row of the first ink from the left and from above, and how far it reaches. */
function inkBox(ink: ArrayLike<number>, width: number): { left: number; top: number; width: number; height: number } {
  const at = Array.from(ink, (value, i) => [value, i % width, Math.floor(i / width)] as const).filter(([value]) => value > 0);
  const [xs, ys] = [at.map(([, x]) => x), at.map(([, , y]) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), width: Math.max(...xs) - Math.min(...xs) + 1, height: Math.max(...ys) - Math.min(...ys) + 1 };
}

describe('centreDrawing', () => {
  it.each(fixture)('a drawing of $width x $height pixels is what numpy and scipy make of it', ({ width, height, pixels, prepared }) => {
    const bytes = centreDrawing({ pixels: Uint8Array.from(pixels), width, height })!;
    for (const [i, value] of prepared.entries()) expect(Math.abs(bytes[i] - value), `pixel ${i}`).toBeLessThan(2e-5);
    const floats = centreDrawing({ pixels: Float32Array.from(pixels, (value) => value / 255), width, height })!;
    expect(Math.max(...floats.map((value, i) => Math.abs(value - bytes[i])))).toBeLessThan(1e-6);
  });

  it('gives the same wherever a sign is drawn, and in whatever paleness', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 4 }), (digit, right, down, paler) => {
      const sign = drawingInput(drawSigns(digitSigns, { seed: 3, count: 10 }), digit);
      const [width, height] = [28 + 40, 28 + 30];
      const pixels = new Float32Array(width * height);
      for (let y = 0; y < 28; y++) for (let x = 0; x < 28; x++) pixels[(y + down) * width + x + right] = sign[28 * y + x] / 2 ** paler;
      const moved = centreDrawing({ pixels, width, height })!;
      const alone = centreDrawing({ pixels: sign, width: 28, height: 28 })!;
      expect(Math.max(...moved.map((value, i) => Math.abs(value - alone[i])))).toBeLessThan(1e-6);
    }));
  });

  it('puts the ink into a square of 20 pixels, keeps its ratio, and its darkest pixel is 1', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 }), (width, height) => {
      const ink = centreDrawing({ pixels: new Uint8Array(width * height).fill(200), width, height })!;
      const box = inkBox(ink, 28);
      // Blending adds at most one old pixel in all, and a pixel is begun on each side.
      const scale = 20 / Math.max(width, height);
      const shorter = scale * Math.min(width, height);
      expect(Math.max(box.width, box.height)).toBe(20);
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(Math.floor(shorter));
      expect(Math.min(box.width, box.height)).toBeLessThanOrEqual(shorter + Math.max(scale, 1) + 2);
      expect(Math.max(...ink)).toBe(1);
    }));
  });

  it('says that nothing is drawn', () => {
    for (const prepare of [centreDrawing, shrinkDrawing]) {
      expect(prepare({ pixels: new Float32Array(600), width: 30, height: 20 })).toBeUndefined();
      expect(prepare({ pixels: new Uint8Array(600).fill(20), width: 30, height: 20 }, { threshold: 0.1 })).toBeUndefined();
    }
  });

  it('takes a single pixel for a drawing', () => {
    const pixels = new Uint8Array(600);
    pixels[77] = 1;
    expect([...centreDrawing({ pixels, width: 30, height: 20 })!].every((ink) => ink >= 0 && ink <= 1)).toBe(true);
  });

  it('refuses what is no drawing', () => {
    const square = (pixels: Float32Array): (() => unknown) => () => centreDrawing({ pixels, width: 2, height: 2 });
    expect(square(Float32Array.of(0, NaN, 0, 0))).toThrow('pixel 1 is NaN: expected ink from 0 to 1');
    expect(square(Float32Array.of(0, 0, 255, 0))).toThrow('pixel 2 is 255: expected ink from 0 to 1');
    expect(square(new Float32Array(16))).toThrow('a drawing of 2 x 2 pixels has 16 numbers: expected 4, one a pixel; canvasInk() makes them of a canvas');
    expect(() => centreDrawing({ pixels: new Uint8Array(0), width: 0, height: 3 })).toThrow('the drawing is 0 x 3 pixels');
    expect(() => centreDrawing({ pixels: Uint8Array.of(1), width: 1, height: 1 }, { threshold: 1 })).toThrow('threshold is 1: expected a number from 0 to less than 1');
  });
});

describe('shrinkDrawing', () => {
  it('leaves a sign where it is', () => {
    const pixels = new Uint8Array(280 * 140);
    for (let y = 0; y < 20; y++) pixels.fill(255, 280 * (y + 100) + 200, 280 * (y + 100) + 230);
    // 280 pixels become 28, and the height gets margins of 7 pixels.
    expect(inkBox(shrinkDrawing({ pixels, width: 280, height: 140 })!, 28)).toEqual({ left: 20, top: 17, width: 3, height: 2 });
  });
});

it('canvasInk takes the opacity', () => {
  const data = Uint8ClampedArray.of(10, 20, 30, 0, 0, 0, 0, 200);
  expect(canvasInk({ data, width: 2, height: 1 })).toEqual({ pixels: Uint8Array.of(0, 200), width: 2, height: 1 });
});
