// Gathers elements with six strides, for transposes, permutations and broadcasts. Bit copies, for any 32-bit type.
//
// Dimensions that follow each other in memory are merged first; what remains is one of four walks over rows of the output:
// runs (innermost stride 1), repeats (innermost stride 0), transposes (the second-innermost stride is 1) or a plain gather.
import { copyRun, fillRun } from './bytes';
import { firstElement, firstUnit, blocksOf } from './share';
import { scratchAddress } from './scratch';

/** A transpose moves squares of this many elements, whose lines stay in the first-level cache in both directions. */
const TILE: i32 = 16;

// The merged dimensions, innermost first, lie in scratch: sizes in the first 6 words, strides in the next 6.
// @ts-ignore: decorator
@inline
function sizeOf(dimension: i32): i32 { return load<i32>(scratchAddress() + (usize(dimension) << 2)); }
// @ts-ignore: decorator
@inline
function strideOf(dimension: i32): i32 { return load<i32>(scratchAddress() + (usize(dimension) << 2), 24); }
// @ts-ignore: decorator
@inline
function setDimension(dimension: i32, size: i32, stride: i32): void {
  store<i32>(scratchAddress() + (usize(dimension) << 2), size);
  store<i32>(scratchAddress() + (usize(dimension) << 2), stride, 24);
}

/** Puts a dimension outside the `rank` that are there, or merges it with the outermost; returns the new rank. */
function addDimension(rank: i32, size: i32, stride: i32): i32 {
  if (size == 1) return rank;
  if (rank > 0 && stride == sizeOf(rank - 1) * strideOf(rank - 1)) {
    setDimension(rank - 1, sizeOf(rank - 1) * size, strideOf(rank - 1));
    return rank;
  }
  setDimension(rank, size, stride);
  return rank + 1;
}

/** Where row number `row` of the dimensions from `first` on starts in x, in elements. */
function offsetOf(row: i32, first: i32, rank: i32): i32 {
  let offset = 0;
  for (let d = first; d < rank; d++) {
    const size = sizeOf(d);
    const next = row / size;
    offset += (row - next * size) * strideOf(d);
    row = next;
  }
  return offset;
}

/** y[i0, .., i5] = x[sum over d of i_d * stride_d] */
export function stridedCopy(
  x: usize, y: usize,
  size0: i32, size1: i32, size2: i32, size3: i32, size4: i32, size5: i32,
  stride0: i32, stride1: i32, stride2: i32, stride3: i32, stride4: i32, stride5: i32,
  part: i32, parts: i32,
): void {
  const size = size0 * size1 * size2 * size3 * size4 * size5;
  if (size == 0) return;
  let rank = addDimension(0, size5, stride5);
  rank = addDimension(rank, size4, stride4);
  rank = addDimension(rank, size3, stride3);
  rank = addDimension(rank, size2, stride2);
  rank = addDimension(rank, size1, stride1);
  rank = addDimension(rank, size0, stride0);
  if (rank == 0) {
    setDimension(0, 1, 1);
    rank = 1;
  }
  if (rank >= 2 && strideOf(1) == 1 && strideOf(0) > 1) transposeShare(x, y, size, rank, part, parts);
  else copyShare(x, y, size, rank, part, parts);
}

/** The share as a range of the flat output, row by row. */
function copyShare(x: usize, y: usize, size: i32, rank: i32, part: i32, parts: i32): void {
  const columns = sizeOf(0);
  const stride = strideOf(0);
  const rows = rank > 1 ? sizeOf(1) : 1;
  const rowStride = rank > 1 ? strideOf(1) : 0;
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  while (i < end) {
    // The rest of one matrix (rows, columns): short rows must not cost a division each.
    let row = i / columns;
    let column = i - row * columns;
    const matrix = row / rows;
    const source = x + (usize(offsetOf(matrix, 2, rank)) << 2);
    for (row -= matrix * rows; row < rows && i < end; row++) {
      const count = min(columns - column, end - i);
      copyRow(source + (usize(row * rowStride + column * stride) << 2), stride, y + (usize(i) << 2), count);
      i += count;
      column = 0;
    }
  }
}

// @ts-ignore: decorator
@inline
function copyRow(x: usize, stride: i32, y: usize, count: i32): void {
  if (stride == 1) copyRun(y, x, count);
  else if (stride == 0) fillRun(y, load<i32>(x), count);
  else copyColumn(x, usize(stride) << 2, y, count);
}

/** Matrices (rows, columns) of the output whose columns lie side by side in x; the share is a range of bands of rows. */
function transposeShare(x: usize, y: usize, size: i32, rank: i32, part: i32, parts: i32): void {
  const columns = sizeOf(0);
  const rows = sizeOf(1);
  const stride = strideOf(0);
  const bands = blocksOf(rows, TILE);
  const count = (size / (rows * columns)) * bands;
  const end = firstUnit(count, part + 1, parts);
  for (let unit = firstUnit(count, part, parts); unit < end; unit++) {
    const matrix = unit / bands;
    const row = (unit - matrix * bands) * TILE;
    const source = x + (usize(offsetOf(matrix, 2, rank) + row) << 2);
    const target = y + (usize((matrix * rows + row) * columns) << 2);
    const height = min(TILE, rows - row);
    for (let column = 0; column < columns; column += TILE) {
      transposeTile(source + (usize(column * stride) << 2), stride, target + (usize(column) << 2), columns, height, min(TILE, columns - column));
    }
  }
}

/** y[r, c] = x[c, r] for r < height and c < width; strides in elements. */
function transposeTile(x: usize, xStride: i32, y: usize, yStride: i32, height: i32, width: i32): void {
  const xStep = usize(xStride) << 2;
  const yStep = usize(yStride) << 2;
  const fullHeight = height & ~3;
  const fullWidth = width & ~3;
  for (let c = 0; c < fullWidth; c += 4) {
    let source = x + usize(c) * xStep;
    let target = y + (usize(c) << 2);
    for (let r = 0; r < fullHeight; r += 4) {
      const a = v128.load(source);
      const b = v128.load(source + xStep);
      const d = v128.load(source + 2 * xStep);
      const e = v128.load(source + 3 * xStep);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const de = v128.shuffle<i32>(d, e, 0, 4, 1, 5);
      const deHigh = v128.shuffle<i32>(d, e, 2, 6, 3, 7);
      v128.store(target, v128.shuffle<i64>(ab, de, 0, 2));
      v128.store(target + yStep, v128.shuffle<i64>(ab, de, 1, 3));
      v128.store(target + 2 * yStep, v128.shuffle<i64>(abHigh, deHigh, 0, 2));
      v128.store(target + 3 * yStep, v128.shuffle<i64>(abHigh, deHigh, 1, 3));
      source += 16;
      target += 4 * yStep;
    }
    for (let r = fullHeight; r < height; r++) copyColumn(x + usize(c) * xStep + (usize(r) << 2), xStep, y + usize(r) * yStep + (usize(c) << 2), 4);
  }
  for (let r = 0; r < height; r++) {
    copyColumn(x + usize(fullWidth) * xStep + (usize(r) << 2), xStep, y + usize(r) * yStep + (usize(fullWidth) << 2), width - fullWidth);
  }
}

// @ts-ignore: decorator
@inline
function copyColumn(x: usize, xStep: usize, y: usize, count: i32): void {
  for (let k = 0; k < count; k++) store<i32>(y + (usize(k) << 2), load<i32>(x + usize(k) * xStep));
}
