// Drops elements (inverted dropout, Srivastava et al. 2014) with numbers from Philox, so that the backward pass and every other
// backend draw the same mask without storing it. Not a source of random tensors: those are made on the host.
import { philox4x32 } from '@kk/random';
import type { FloatArray } from '../arrays.js';

/** What `dropout` multiplies element i with: 0 or 1 / (1 - probability). */
export function keepFactor(state: Int32Array, i: number, probability: number, stream: number): number {
  const words = philox4x32([Math.floor(i / 4), stream, state[2], 0], [state[0], state[1]], new Uint32Array(4));
  return (words[i % 4] >>> 8) * 2 ** -24 >= probability ? 1 / (1 - probability) : 0;
}

/**
 * y (size) = x (size) / (1 - probability) where the element's uniform number is >= probability, else 0.
 *
 * @param state (3): two key words and the step
 * @param stream tells the dropouts of one step apart
 */
export function dropout(x: FloatArray, state: Int32Array, y: FloatArray, size: number, probability: number, stream: number): void {
  const words = new Uint32Array(4);
  const key = [state[0], state[1]];
  for (let i = 0; i < size; i++) {
    if (i % 4 === 0) philox4x32([i / 4, stream, state[2], 0], key, words);
    const uniform = (words[i % 4] >>> 8) * 2 ** -24;
    y[i] = uniform >= probability ? x[i] / (1 - probability) : 0;
  }
}
