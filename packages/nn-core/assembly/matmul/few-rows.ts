// The product of a few rows with a matrix, as in generating token by token, for several texts at once, or in trying a draft: each number of b is used
// only a few times, so that reading b decides the time. b is read in order, two rows of y take each of its numbers, and nothing is packed. The numbers of
// a row of y are the same bits however many rows there are.
import { blocksOf, firstUnit } from '../share';
import { NO_ACTIVATION, activateRow } from './activation';
import { addFourRows, addFourRowsToTwo, addRow, dot, dotFour, dotFourWithTwo } from './vectors';

/** With more rows than this, packing b into panels is the faster way (measured: from 8 on). */
export const FEW_ROWS: i32 = 8;
/** Columns of a share begin at multiples of this: a cache line of y. */
const COLUMN_UNIT: i32 = 16;
/** Columns that are summed at a time when b is not transposed: their part of y stays in the first-level cache. */
const COLUMN_BLOCK: i32 = 2048;

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
    if (!bias && activation == NO_ACTIVATION && !preActivation) continue;
    const count = columnEnd - column;
    for (let i = 0; i < rows; i++) {
      const offset = usize((m * rows + i) * columns + column) << 2;
      if (bias) addBias(y + offset, sharedBias ? bias : bias + (usize(column) << 2), sharedBias, count);
      activateRow(y + offset, preActivation ? preActivation + offset : 0, count, activation);
    }
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

/**
 * b is (inner, columns): y row i = sum over k of a[i, k] * b row k, four rows of b at a time, one from each quarter of b: a
 * processor then fetches ahead from four places, each of which is read on and on.
 */
function sumsOfRows(a: usize, b: usize, y: usize, rows: i32, columns: i32, inner: i32, column: i32, columnEnd: i32): void {
  const stride = usize(columns) << 2;
  const quarter = inner >> 2;
  const step = usize(quarter) << 2;
  for (; column < columnEnd; column += COLUMN_BLOCK) {
    const count = min(columnEnd - column, COLUMN_BLOCK);
    const offset = usize(column) << 2;
    for (let i = 0; i < rows; i++) memory.fill(y + usize(i) * stride + offset, 0, usize(count) << 2);
    for (let k = 0; k < quarter; k++) {
      const from = b + usize(k) * stride + offset;
      let i = 0;
      for (; i + 1 < rows; i += 2) addFourRowsToTwo(a + (usize(i * inner + k) << 2), usize(inner) << 2, step, from, usize(quarter) * stride, y + usize(i) * stride + offset, stride, count);
      if (i < rows) addFourRows(a + (usize(i * inner + k) << 2), step, from, usize(quarter) * stride, y + usize(i) * stride + offset, count);
    }
    for (let k = 4 * quarter; k < inner; k++) {
      const from = b + usize(k) * stride + offset;
      for (let i = 0; i < rows; i++) addRow(a + (usize(i * inner + k) << 2), from, y + usize(i) * stride + offset, count);
    }
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
