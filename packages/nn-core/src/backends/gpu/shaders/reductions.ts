// Computes sums and maxima. One invocation adds one run of numbers; where there are few long runs, each is cut into interleaved
// parts (part c takes positions c, c + parts, c + 2 parts ...) and a second call adds the parts. That keeps more of the GPU busy
// and, like pairwise summation, loses less to rounding.
import { quotient, rest, whole } from './helpers.js';
import type { Cube, Float, Halves, Int, Invocation, Matrix, Vector } from './language.js';

/** y (outer, parts, inner) = sums over the middle axis of x (outer, length, inner), part by part */
export function sum(this: Invocation, x: Cube, length: Int, inner: Int, parts: Int): Float {
  const row = quotient(this.thread.x, inner);
  const i = rest(this.thread.x, row, inner);
  const outer = quotient(row, parts);
  const part = rest(row, outer, parts);
  let total = 0;
  for (let l = 0; part + l * parts < length; l++) total += x[outer][part + l * parts][i];
  return total;
}

/** y (parts) = sums of x (size)^2, part by part */
export function sumOfSquares(this: Invocation, x: Vector, size: Int, parts: Int): Float {
  let total = 0;
  for (let l = 0; this.thread.x + l * parts < size; l++) total += x[this.thread.x + l * parts] * x[this.thread.x + l * parts];
  return total;
}

/** y (outer, inner) = maximum over the middle axis of x (outer, length, inner) */
export function max(this: Invocation, x: Cube, length: Int, inner: Int): Float {
  const outer = quotient(this.thread.x, inner);
  const i = rest(this.thread.x, outer, inner);
  let best = x[outer][0][i];
  for (let l = 1; l < length; l++) best = Math.max(best, x[outer][l][i]);
  return best;
}

/** index (outer * inner, 2) = the lowest position of the maximum of x (outer, length, inner) along the middle axis, as halves */
export function argmax(this: Invocation, x: Cube, length: Int, inner: Int): Float {
  const at = quotient(this.thread.x, 2);
  const outer = quotient(at, inner);
  const i = rest(at, outer, inner);
  let best = x[outer][0][i];
  let position = 0;
  for (let l = 1; l < length; l++) {
    if (x[outer][l][i] > best) {
      best = x[outer][l][i];
      position = l;
    }
  }
  const high = Math.floor(position * 0.0000152587890625); // 2^-16
  if (rest(this.thread.x, at, 2) === 1) return high;
  return position - high * 65536;
}

/** dx (outer, length, inner) = dy (outer, inner) at the position in index (outer * inner), else 0 */
export function maxGradient(this: Invocation, index: Halves, dy: Matrix, length: Int, inner: Int): Float {
  const row = quotient(this.thread.x, inner);
  const i = rest(this.thread.x, row, inner);
  const outer = quotient(row, length);
  const at = outer * inner + i;
  if (whole(index[at][0], index[at][1]) === rest(row, outer, length)) return dy[outer][i];
  return 0;
}
