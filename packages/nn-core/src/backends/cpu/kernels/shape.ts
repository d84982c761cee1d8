// Moves numbers and changes none: strided copies, slices, concatenation. Each kernel writes every place of its output once, in
// order, and looks up where the number comes from (a gather), as the GPU has to do it. The numbers may be integers, when input
// and output both hold integers.
import type { TypedArray } from '../../backend.js';

/**
 * y (size0, .., size5)[i0, .., i5] = x[sum over d of i_d * stride_d]; strides count elements, 0 repeats.
 * x needs as many elements as its farthest place, plus one.
 */
export function stridedCopy(
  x: TypedArray, y: TypedArray,
  size0: number, size1: number, size2: number, size3: number, size4: number, size5: number,
  stride0: number, stride1: number, stride2: number, stride3: number, stride4: number, stride5: number,
): void {
  let at = 0;
  for (let i0 = 0; i0 < size0; i0++)
    for (let i1 = 0; i1 < size1; i1++)
      for (let i2 = 0; i2 < size2; i2++)
        for (let i3 = 0; i3 < size3; i3++)
          for (let i4 = 0; i4 < size4; i4++)
            for (let i5 = 0; i5 < size5; i5++)
              y[at++] = x[i0 * stride0 + i1 * stride1 + i2 * stride2 + i3 * stride3 + i4 * stride4 + i5 * stride5];
}

/** y (outer, count, inner) = x (outer, length, inner) [:, start : start + count, :] */
export function slice(
  x: TypedArray, y: TypedArray,
  outer: number, length: number, inner: number, start: number, count: number,
): void {
  for (let o = 0; o < outer; o++)
    for (let c = 0; c < count; c++)
      for (let i = 0; i < inner; i++)
        y[(o * count + c) * inner + i] = x[(o * length + start + c) * inner + i];
}

/** dx (outer, length, inner) = dy (outer, count, inner) at [start, start + count), 0 elsewhere */
export function sliceGradient(
  dy: TypedArray, dx: TypedArray,
  outer: number, length: number, inner: number, start: number, count: number,
): void {
  for (let o = 0; o < outer; o++)
    for (let l = 0; l < length; l++) {
      const c = l - start;
      for (let i = 0; i < inner; i++)
        dx[(o * length + l) * inner + i] = c >= 0 && c < count ? dy[(o * count + c) * inner + i] : 0;
    }
}

/** to (toRows, width) at [toRow, toRow + rows) = columns of from (fromRows, fromColumns) from row and column on */
export function copyRows(
  from: TypedArray, to: TypedArray,
  rows: number, width: number, _fromRows: number, fromColumns: number, fromRow: number, fromColumn: number, _toRows: number, toRow: number,
): void {
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < width; i++) to[(toRow + row) * width + i] = from[(fromRow + row) * fromColumns + fromColumn + i];
}

/** y (outer, aLength + bLength, inner) = a (outer, aLength, inner), then b (outer, bLength, inner) */
export function concatenate(
  a: TypedArray, b: TypedArray, y: TypedArray,
  outer: number, aLength: number, bLength: number, inner: number,
): void {
  const length = aLength + bLength;
  for (let o = 0; o < outer; o++)
    for (let l = 0; l < length; l++)
      for (let i = 0; i < inner; i++)
        y[(o * length + l) * inner + i] = l < aLength
          ? a[(o * aLength + l) * inner + i]
          : b[(o * bLength + l - aLength) * inner + i];
}
