// Moves numbers and changes none. Each shader computes where its number comes from: a gather, as a GPU wants it. int32 buffers
// pass as float buffers with one more axis, the two halves of each number.
import { place, quotient, rest } from './helpers.js';
import type { Float, Int, Invocation, Matrix, Vector } from './language.js';

/** y (size0, size1, size2)[i0, i1, i2] = x[offset + sum of i_d * stride_d] */
export function gather3(this: Invocation, x: Vector, offset: Int, size1: Int, size2: Int, stride0: Int, stride1: Int, stride2: Int): Float {
  const i01 = quotient(this.thread.x, size2);
  const i0 = quotient(i01, size1);
  return x[offset + place(i0, stride0, rest(i01, i0, size1), stride1) + rest(this.thread.x, i01, size2) * stride2];
}

/** y (size0, .., size6)[i0, .., i6] = x[offset + sum of i_d * stride_d] */
export function gather7(
  this: Invocation, x: Vector, offset: Int,
  size1: Int, size2: Int, size3: Int, size4: Int, size5: Int, size6: Int,
  stride0: Int, stride1: Int, stride2: Int, stride3: Int, stride4: Int, stride5: Int, stride6: Int,
): Float {
  const to5 = quotient(this.thread.x, size6); // i0 .. i5 as one number, and so on
  const to4 = quotient(to5, size5);
  const to3 = quotient(to4, size4);
  const to2 = quotient(to3, size3);
  const to1 = quotient(to2, size2);
  const i0 = quotient(to1, size1);
  return x[
    offset +
      rest(this.thread.x, to5, size6) * stride6 +
      place(rest(to5, to4, size5), stride5, rest(to4, to3, size4), stride4) +
      place(rest(to3, to2, size3), stride3, rest(to2, to1, size2), stride2) +
      place(rest(to1, i0, size1), stride1, i0, stride0)
  ];
}

/** dx (outer, length) = dy (outer, count) at columns [start, start + count), 0 elsewhere */
export function sliceGradient(this: Invocation, dy: Matrix, length: Int, start: Int, count: Int): Float {
  const outer = quotient(this.thread.x, length);
  if (rest(this.thread.x, outer, length) < start) return 0;
  if (rest(this.thread.x, outer, length) >= start + count) return 0;
  return dy[outer][rest(this.thread.x, outer, length) - start];
}

/** y (outer, aLength + bLength) = a (outer, aLength), then b (outer, bLength) */
export function concatenate(this: Invocation, a: Matrix, b: Matrix, aLength: Int, bLength: Int): Float {
  const outer = quotient(this.thread.x, aLength + bLength);
  if (rest(this.thread.x, outer, aLength + bLength) < aLength) return a[outer][rest(this.thread.x, outer, aLength + bLength)];
  return b[outer][rest(this.thread.x, outer, aLength + bLength) - aLength];
}

/** to (toRows, width), with rows [toRow, toRow + rows) from `fromRow` and `fromColumn` of from (fromRows, fromColumns) on */
export function copyRows(this: Invocation, from: Matrix, to: Matrix, rows: Int, fromRow: Int, fromColumn: Int, toRow: Int): Float {
  if (this.thread.y < toRow) return to[this.thread.y][this.thread.x];
  if (this.thread.y >= toRow + rows) return to[this.thread.y][this.thread.x];
  return from[fromRow + this.thread.y - toRow][fromColumn + this.thread.x];
}
