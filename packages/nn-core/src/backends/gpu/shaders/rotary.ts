// Turns pairs of columns by their positions (rotary position embedding, Su et al. 2021): each invocation computes one number of a pair from both.
import { quotient, rest, whole } from './helpers.js';
import type { Float, Halves, Int, Invocation, Matrix } from './language.js';

/**
 * y (rows, columns) = x, with the first `dimension` of every headSize columns turned up to column `turned`. table (tableRows, dimension):
 * cosines, then sines. direction: 1 forwards, -1 backwards; `missing` (NaN) stands where the table has no such position.
 */
export function rotary(
  this: Invocation, x: Matrix, table: Matrix, positions: Halves,
  time: Int, turned: Int, headSize: Int, dimension: Int, tableRows: Int, interleaved: Int, start: Int, hasPositions: Int, direction: Float, missing: Float,
): Float {
  if (this.thread.x >= turned) return x[this.thread.y][this.thread.x];
  const head = quotient(this.thread.x, headSize);
  const d = rest(this.thread.x, head, headSize);
  if (d >= dimension) return x[this.thread.y][this.thread.x];
  let position = start + rest(this.thread.y, quotient(this.thread.y, time), time);
  if (hasPositions === 1) position = whole(positions[this.thread.y][0], positions[this.thread.y][1]);
  if (position < 0) return missing;
  if (position >= tableRows) return missing;
  const half = quotient(dimension, 2);
  if (interleaved === 1) {
    const pair = quotient(d, 2);
    if (d < pair * 2 + 1) return x[this.thread.y][this.thread.x] * table[position][pair] - direction * x[this.thread.y][this.thread.x + 1] * table[position][half + pair];
    return x[this.thread.y][this.thread.x] * table[position][pair] + direction * x[this.thread.y][this.thread.x - 1] * table[position][half + pair];
  }
  if (d < half) return x[this.thread.y][this.thread.x] * table[position][d] - direction * x[this.thread.y][this.thread.x + half] * table[position][half + d];
  return x[this.thread.y][this.thread.x] * table[position][d - half] + direction * x[this.thread.y][this.thread.x - half] * table[position][d];
}
