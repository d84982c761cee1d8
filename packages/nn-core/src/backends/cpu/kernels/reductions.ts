// Computes sums and maxima along the middle axis, and the sum of squares that clipping needs. Sums are taken in double precision, in order of position.
import type { FloatArray } from '../arrays.js';

/** y (outer, inner) = sum over the middle axis of x (outer, length, inner) */
export function sum(x: FloatArray, y: FloatArray, outer: number, length: number, inner: number): void {
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      let total = 0;
      for (let l = 0; l < length; l++) total += x[(o * length + l) * inner + i];
      y[o * inner + i] = total;
    }
}

/** Whether `next` takes the place of the maximum so far: it is greater, or the first NaN. */
export const exceeds = (next: number, best: number): boolean => next > best || (Number.isNaN(next) && !Number.isNaN(best));

/**
 * y (outer, inner) = greatest number along the middle axis of x (outer, length, inner), NaN where there is one; index (outer, inner) =
 * the lowest position of it. length >= 1
 */
export function max(x: FloatArray, y: FloatArray, index: Int32Array, outer: number, length: number, inner: number): void {
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      let best = x[o * length * inner + i];
      let position = 0;
      for (let l = 1; l < length; l++) {
        const value = x[(o * length + l) * inner + i];
        if (exceeds(value, best)) {
          best = value;
          position = l;
        }
      }
      y[o * inner + i] = best;
      index[o * inner + i] = position;
    }
}

/** dx (outer, length, inner) = dy (outer, inner) at the position index (outer, inner), else 0 */
export function maxGradient(index: Int32Array, dy: FloatArray, dx: FloatArray, outer: number, length: number, inner: number): void {
  for (let o = 0; o < outer; o++)
    for (let l = 0; l < length; l++)
      for (let i = 0; i < inner; i++)
        dx[(o * length + l) * inner + i] = index[o * inner + i] === l ? dy[o * inner + i] : 0;
}

/** total (1) += sum of x (size)^2 */
export function addSumOfSquares(x: FloatArray, total: FloatArray, size: number): void {
  let squares = 0;
  for (let i = 0; i < size; i++) squares += x[i] * x[i];
  total[0] += squares;
}
