// What the model that draws learns from: handwritten digits, each time turned, scaled and moved a little, so that it cannot learn them by heart.
import { drawingSize, type Drawings } from '@kk/corpora/digits';
import { Random } from '@kk/nn-core';
import { shrink } from '../../src/lab/pixels/shrink.js';
import { ANY_DIGIT, CONTEXT, digitToken, PLACES } from '../../src/lab/pixels/tokens.js';
import type { Windows } from '../models/windows.js';

export interface Variation {
  /** Drawings a step. */
  batchSize: number;
  /** The share of drawings that stand after the token for any digit. */
  anyDigit: number;
  /** Each is turned by up to so many degrees, made larger or smaller by up to this share, and moved by up to so many of its 28 pixels. */
  degrees: number;
  scale: number;
  shift: number;
}

/** The drawings of a step, from 0: they depend on nothing else, so that a training can go on after an interruption. */
export function drawingWindows(drawings: Drawings, variation: Variation, seed: number, step: number): Windows {
  const { batchSize, anyDigit, degrees, scale, shift } = variation;
  const random = new Random({ seed, stream: step });
  const between = (most: number): number => most * (2 * random.uniform() - 1);
  const inputs = new Int32Array(batchSize * CONTEXT);
  const targets = new Int32Array(batchSize * CONTEXT);
  for (let row = 0; row < batchSize; row++) {
    const index = random.integer(drawings.labels.length);
    const first = random.uniform() < anyDigit ? ANY_DIGIT : digitToken(drawings.labels[index]!);
    const shades = shrink(varied(drawings, index, { turn: (between(degrees) * Math.PI) / 180, size: 1 + between(scale), right: between(shift), down: between(shift) }));
    inputs[row * CONTEXT] = first;
    inputs.set(shades.subarray(0, PLACES - 1), row * CONTEXT + 1);
    targets.set(shades, row * CONTEXT);
  }
  return { inputs, targets, shape: [batchSize, CONTEXT] };
}

/** The ink of a drawing that was turned, scaled around its centre, and moved. Between pixels it is interpolated. */
export function varied({ pixels }: Drawings, index: number, { turn, size, right, down }: { turn: number; size: number; right: number; down: number }): Float32Array {
  const at = index * drawingSize * drawingSize;
  const centre = (drawingSize - 1) / 2;
  const ink = (x: number, y: number): number => (x < 0 || y < 0 || x >= drawingSize || y >= drawingSize ? 0 : pixels[at + y * drawingSize + x]! / 255);
  const [cos, sin] = [Math.cos(turn) / size, Math.sin(turn) / size];
  const out = new Float32Array(drawingSize * drawingSize);
  for (let y = 0; y < drawingSize; y++) {
    for (let x = 0; x < drawingSize; x++) {
      const [dx, dy] = [x - centre - right, y - centre - down];
      const [fromX, fromY] = [centre + cos * dx + sin * dy, centre - sin * dx + cos * dy];
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [shareX, shareY] = [fromX - left, fromY - top];
      out[y * drawingSize + x] = (1 - shareY) * ((1 - shareX) * ink(left, top) + shareX * ink(left + 1, top)) + shareY * ((1 - shareX) * ink(left, top + 1) + shareX * ink(left + 1, top + 1));
    }
  }
  return out;
}
