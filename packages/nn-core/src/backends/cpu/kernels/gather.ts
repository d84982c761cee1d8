// Picks numbers along an axis by index, a position of its own for each result, and computes the gradient of that.
import type { FloatArray } from '../arrays.js';

/** y (outer, count, inner) [o, j, i] = x (outer, length, inner) [o, index[o, j, i], i]; NaN where the index is not in [0, length) */
export function gather(x: FloatArray, index: Int32Array, y: FloatArray, outer: number, length: number, inner: number, count: number): void {
  for (let o = 0; o < outer; o++)
    for (let j = 0; j < count; j++)
      for (let i = 0; i < inner; i++) {
        const at = (o * count + j) * inner + i;
        const place = index[at];
        y[at] = place >= 0 && place < length ? x[(o * length + place) * inner + i] : NaN;
      }
}

/** dx (outer, length, inner) [o, l, i] = the sum of dy (outer, count, inner) [o, j, i] over the j with index[o, j, i] = l, in order of j */
export function gatherGradient(index: Int32Array, dy: FloatArray, dx: FloatArray, outer: number, length: number, inner: number, count: number): void {
  const total = new Float64Array(outer * length * inner);
  for (let o = 0; o < outer; o++)
    for (let j = 0; j < count; j++)
      for (let i = 0; i < inner; i++) {
        const at = (o * count + j) * inner + i;
        const place = index[at];
        if (place >= 0 && place < length) total[(o * length + place) * inner + i] += dy[at];
      }
  for (let at = 0; at < total.length; at++) dx[at] = total[at];
}
