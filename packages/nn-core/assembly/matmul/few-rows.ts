// Multiplies a few rows with a matrix, as in generating token by token, for several texts at once, or in trying a draft: each number of b is used
// only a few times, so that reading b decides the time. b is read in order, two rows of y take each of its numbers, and nothing is packed. The
// numbers of a row of y are the same bits however many rows there are.
import { commonScratchAddress, commonScratchBytes, scratchAddress } from '../scratch';
import { blocksOf, firstUnit } from '../share';
import { NO_ACTIVATION, activateRow } from './activation';
import { STRIP, sumStripOfTwo } from './register-sums';
import { addFourRows, addFourRowsToTwo, addRow, dot, dotFour, dotFourWithTwo } from './vectors';

/** With more rows than this, packing b into panels is the faster way (measured: from 8 on). */
export const FEW_ROWS: i32 = 8;
/** Columns of a share begin at multiples of this: a cache line of y. */
const COLUMN_UNIT: i32 = 16;
/**
 * Columns that are summed at a time when b is not transposed: their part of y stays in the first-level cache. Most rows of b are no longer: b is then
 * read on and on, which is half as fast again as jumping from piece to piece of its rows.
 */
const COLUMN_BLOCK: i32 = 4096;
/**
 * Parts of the inner axis, where b is not transposed: each is summed by itself, and then their sums in order. So several threads read whole rows of b, and
 * all numbers have the same bits as of one.
 */
const INNER_PARTS: i32 = 4;
/** Bytes of a part of b, up to which strips of it are summed in registers: it then stays in the second-level cache. */
const CACHED_PART: i32 = 262144;

/**
 * y (rows, columns) = activation(a (rows, inner) x op(b) + bias), `batch` times; buffers as in `matmul`, a not transposed.
 * With `sharedBias` the bias is one number for all columns.
 */
export function matmulFewRows(
  a: usize, b: usize, bias: usize, sharedBias: bool, y: usize, preActivation: usize,
  batch: i32, rows: i32, columns: i32, inner: i32, transposeB: bool, activation: i32, part: i32, parts: i32,
): void {
  const units = blocksOf(columns, COLUMN_UNIT);
  let unit = firstUnit(batch * units, part, parts);
  const lastUnit = firstUnit(batch * units, part + 1, parts);
  while (unit < lastUnit) {
    // The units of this share that lie in one matrix of the batch.
    const m = unit / units;
    const first = unit - m * units;
    const last = min(units, first + lastUnit - unit);
    unit += last - first;
    const column = first * COLUMN_UNIT;
    const columnEnd = min(last * COLUMN_UNIT, columns);
    const aMatrix = a + (usize(m) * usize(rows) * usize(inner) << 2);
    const bMatrix = b + (usize(m) * usize(inner) * usize(columns) << 2);
    const yMatrix = y + (usize(m) * usize(rows) * usize(columns) << 2);
    if (transposeB) dotProducts(aMatrix, bMatrix, yMatrix, rows, columns, inner, column, columnEnd);
    else sumsOfRows(aMatrix, bMatrix, yMatrix, rows, columns, inner, column, columnEnd);
    finishRows(bias, sharedBias, y, preActivation, m * rows, rows, columns, activation, column, columnEnd);
  }
}

/** Bias and activation of columns [column, columnEnd) of rows [row, row + count). */
function finishRows(bias: usize, sharedBias: bool, y: usize, preActivation: usize, row: i32, count: i32, columns: i32, activation: i32, column: i32, columnEnd: i32): void {
  if (!bias && activation == NO_ACTIVATION && !preActivation) return;
  for (const end = row + count; row < end; row++) {
    const offset = usize(row * columns + column) << 2;
    if (bias) addBias(y + offset, sharedBias ? bias : bias + (usize(column) << 2), sharedBias, columnEnd - column);
    activateRow(y + offset, preActivation ? preActivation + offset : 0, columnEnd - column, activation);
  }
}

/** Where all threads leave the sums of the parts of the inner axis; 0 where each sums columns of its own: alone, in batches, where b is transposed, and where the room is too small. */
export function commonSums(batch: i32, rows: i32, columns: i32, transposeB: bool, parts: i32): usize {
  return parts > 1 && batch == 1 && !transposeB && i64(INNER_PARTS) * i64(rows) * i64(columns) * 4 <= i64(commonScratchBytes()) ? commonScratchAddress() : 0;
}

/** The first step of many threads: the sums of each part of the inner axis, (INNER_PARTS, rows, columns), to `sums`. */
export function sumParts(a: usize, b: usize, sums: usize, rows: i32, columns: i32, inner: i32, part: i32, parts: i32): void {
  // More threads than parts share the columns of one.
  const pieces = blocksOf(parts, INNER_PARTS);
  const units = blocksOf(columns, COLUMN_UNIT);
  const end = firstUnit(INNER_PARTS * pieces, part + 1, parts);
  for (let unit = firstUnit(INNER_PARTS * pieces, part, parts); unit < end; unit++) {
    const innerPart = unit / pieces;
    const piece = unit - innerPart * pieces;
    const last = min(firstUnit(units, piece + 1, pieces) * COLUMN_UNIT, columns);
    const to = sums + (usize(innerPart) * usize(rows) * usize(columns) << 2);
    for (let column = firstUnit(units, piece, pieces) * COLUMN_UNIT; column < last; column += COLUMN_BLOCK) {
      const count = min(last - column, COLUMN_BLOCK);
      const strips = columnsInStrips(rows, columns, inner, count);
      const pairs = strips > 0 ? (rows - 2) & ~1 : 0;
      sumPart(a, b, to, columns, rows - pairs, columns, inner, innerPart, column, count);
      if (pairs == 0) continue;
      const aRest = a + (usize((rows - pairs) * inner) << 2);
      const toRest = to + (usize((rows - pairs) * columns) << 2);
      sumStrips(aRest, b, toRest, pairs, columns, inner, innerPart, column, strips, false);
      if (strips < count) sumPart(aRest, b, toRest, columns, pairs, columns, inner, innerPart, column + strips, count - strips);
    }
  }
}

/** The second step: the sums of all parts, in order, with bias and activation. */
export function addParts(sums: usize, bias: usize, y: usize, preActivation: usize, rows: i32, columns: i32, activation: i32, part: i32, parts: i32): void {
  const units = blocksOf(columns, COLUMN_UNIT);
  const column = firstUnit(units, part, parts) * COLUMN_UNIT;
  const columnEnd = min(firstUnit(units, part + 1, parts) * COLUMN_UNIT, columns);
  if (column >= columnEnd) return;
  const bytes = usize(rows) * usize(columns) << 2;
  for (let i = 0; i < rows; i++) {
    const offset = usize(i * columns + column) << 2;
    memory.copy(y + offset, sums + offset, usize(columnEnd - column) << 2);
    for (let p = 1; p < INNER_PARTS; p++) addNumbers(y + offset, sums + usize(p) * bytes + offset, columnEnd - column);
  }
  finishRows(bias, false, y, preActivation, 0, rows, columns, activation, column, columnEnd);
}

/** y (count) += x (count). */
function addNumbers(y: usize, x: usize, count: i32): void {
  const end = y + (usize(count) << 2);
  for (const whole = y + (usize(count & ~3) << 2); y < whole; y += 16) {
    v128.store(y, f32x4.add(v128.load(y), v128.load(x)));
    x += 16;
  }
  for (; y < end; y += 4) {
    store<f32>(y, load<f32>(y) + load<f32>(x));
    x += 4;
  }
}

/** y (count) += bias (count), or bias (1) with `shared`. */
function addBias(y: usize, bias: usize, shared: bool, count: i32): void {
  const step: usize = shared ? 0 : 4;
  for (const end = y + (usize(count) << 2); y < end; y += 4) {
    store<f32>(y, load<f32>(y) + load<f32>(bias));
    bias += step;
  }
}

/** b is (inner, columns): y row i = sum over k of a[i, k] * b row k, part by part of the inner axis. */
function sumsOfRows(a: usize, b: usize, y: usize, rows: i32, columns: i32, inner: i32, column: i32, columnEnd: i32): void {
  for (; column < columnEnd; column += COLUMN_BLOCK) {
    const count = min(columnEnd - column, COLUMN_BLOCK);
    const strips = columnsInStrips(rows, columns, inner, count);
    const pairs = strips > 0 ? (rows - 2) & ~1 : 0;
    for (let innerPart = 0; innerPart < INNER_PARTS; innerPart++) {
      addPart(a, b, y, rows - pairs, columns, inner, innerPart, column, count);
      if (pairs == 0) continue;
      const aRest = a + (usize((rows - pairs) * inner) << 2);
      const yRest = y + (usize((rows - pairs) * columns) << 2);
      sumStrips(aRest, b, yRest, pairs, columns, inner, innerPart, column, strips, innerPart > 0);
      if (strips < count) addPart(aRest, b, yRest, pairs, columns, inner, innerPart, column + strips, count - strips);
    }
  }
}

/** Of `count` columns, those whose sums stay in registers: full strips, if a part of b stays in a cache. */
function columnsInStrips(rows: i32, columns: i32, inner: i32, count: i32): i32 {
  return rows > 3 && blocksOf(inner, INNER_PARTS) * columns <= CACHED_PART >> 2 ? count & -STRIP : 0;
}

/** The sums over one part of the inner axis, of `count` columns from `column` on, to the same columns of y, or added to them if it is not the first part. */
function addPart(a: usize, b: usize, y: usize, rows: i32, columns: i32, inner: i32, innerPart: i32, column: i32, count: i32): void {
  if (innerPart == 0) {
    sumPart(a, b, y, columns, rows, columns, inner, 0, column, count);
    return;
  }
  const offset = usize(column) << 2;
  // The columns lie at the beginning of the scratch memory, row below row.
  const sums = scratchAddress();
  sumPart(a, b, sums - offset, count, rows, columns, inner, innerPart, column, count);
  for (let i = 0; i < rows; i++) addNumbers(y + (usize(i * columns) << 2) + offset, sums + (usize(i * count) << 2), count);
}

/** The same for an even number of rows and for full strips of columns, whose sums stay in registers. `adds` adds them to y. */
function sumStrips(a: usize, b: usize, y: usize, rows: i32, columns: i32, inner: i32, innerPart: i32, column: i32, count: i32, adds: bool): void {
  const stride = usize(columns) << 2;
  const row = usize(inner) << 2;
  const first = firstUnit(inner, innerPart, INNER_PARTS);
  const part = firstUnit(inner, innerPart + 1, INNER_PARTS) - first;
  const factors = a + (usize(first) << 2);
  const from = b + usize(first) * stride;
  for (const end = column + count; column < end; column += STRIP) {
    const offset = usize(column) << 2;
    for (let i = 0; i < rows; i += 2) sumStripOfTwo(factors + usize(i) * row, row, from + offset, stride, part >> 2, part, y + usize(i) * stride + offset, stride, adds);
  }
}

/**
 * The sums over one part of the inner axis, of `count` columns from `column` on, to the same columns of y, whose rows are `yColumns` long. Four rows of b at a time,
 * one from each quarter of the part: a processor then fetches ahead from four places, each of which is read on and on.
 */
function sumPart(a: usize, b: usize, y: usize, yColumns: i32, rows: i32, columns: i32, inner: i32, innerPart: i32, column: i32, count: i32): void {
  const stride = usize(columns) << 2;
  const yStride = usize(yColumns) << 2;
  const offset = usize(column) << 2;
  const first = firstUnit(inner, innerPart, INNER_PARTS);
  const end = firstUnit(inner, innerPart + 1, INNER_PARTS);
  const quarter = (end - first) >> 2;
  const step = usize(quarter) << 2;
  const jump = usize(quarter) * stride;
  for (let i = 0; i < rows; i++) memory.fill(y + usize(i) * yStride + offset, 0, usize(count) << 2);
  for (let k = first; k < first + quarter; k++) {
    const from = b + usize(k) * stride + offset;
    let i = 0;
    for (; i + 1 < rows; i += 2) addFourRowsToTwo(a + (usize(i * inner + k) << 2), usize(inner) << 2, step, from, jump, y + usize(i) * yStride + offset, yStride, count);
    if (i < rows) addFourRows(a + (usize(i * inner + k) << 2), step, from, jump, y + usize(i) * yStride + offset, count);
  }
  for (let k = first + 4 * quarter; k < end; k++) {
    const from = b + usize(k) * stride + offset;
    for (let i = 0; i < rows; i++) addRow(a + (usize(i * inner + k) << 2), from, y + usize(i) * yStride + offset, count);
  }
}

/** b is (columns, inner): y[i, j] = dot product of row i of a with row j of b; again one row from each quarter of the share. */
function dotProducts(a: usize, b: usize, y: usize, rows: i32, columns: i32, inner: i32, column: i32, columnEnd: i32): void {
  const stride = usize(inner) << 2;
  const quarter = (columnEnd - column) >> 2;
  const step = usize(quarter) << 2;
  for (const end = column + quarter; column < end; column++) {
    const from = b + usize(column) * stride;
    let i = 0;
    for (; i + 1 < rows; i += 2) dotFourWithTwo(a + usize(i) * stride, stride, from, usize(quarter) * stride, inner, y + (usize(i * columns + column) << 2), usize(columns) << 2, step);
    if (i < rows) dotFour(a + usize(i) * stride, from, usize(quarter) * stride, inner, y + (usize(i * columns + column) << 2), step);
  }
  for (column += 3 * quarter; column < columnEnd; column++) {
    for (let i = 0; i < rows; i++) store<f32>(y + (usize(i * columns + column) << 2), dot(a + usize(i) * stride, b + usize(column) * stride, inner));
  }
}
