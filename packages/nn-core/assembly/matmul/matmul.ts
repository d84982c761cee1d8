// Multiplies matrices: chooses the way by the sizes, and divides the work into shares.
//
// The way depends on the whole product and never on the share, and sums are divided alike whatever the share: any number of shares writes the same
// bits. `naive.ts` has the same in three loops.
import { commonScratchAddress, commonScratchBytes } from '../scratch';
import { blocksOf, firstUnit } from '../share';
import { GROUP_ROWS, matmulRectangle, packPanels, packedBytes } from './blocks';
import { FEW_ROWS, addParts, commonSums, matmulFewRows, sumParts } from './few-rows';
import { TILE_COLUMNS, TILE_ROWS } from './tile';

export { matmulScratchBytes } from './blocks';

/** Columns of a unit of the second step: its part of b, 256 KiB for each block of inner indices, stays in the second-level cache. */
const UNIT_COLUMNS: i32 = 256;

/**
 * y = act(op(a) x op(b) + bias), `batch` times: see the contract. Where threads pack b together this packs, and
 * `matmulFinish` multiplies; where they sum parts of few rows, `matmulFinish` adds those up; else this is everything.
 */
export function matmul(
  a: usize, // (batch, rows, inner), or (batch, inner, rows) with transposeA
  b: usize, // (batch, inner, columns), or (batch, columns, inner) with transposeB
  bias: usize, // (columns), or 0
  y: usize, // (batch, rows, columns)
  preActivation: usize, // (batch, rows, columns), or 0
  batch: i32, rows: i32, columns: i32, inner: i32, transposeA: i32, transposeB: i32, activation: i32, part: i32, parts: i32,
): void {
  if (batch <= 0 || rows <= 0 || columns <= 0) return;
  if (hasFewRows(rows, transposeA != 0)) {
    const sums = commonSums(batch, rows, columns, transposeB != 0, parts);
    if (sums) sumParts(a, b, sums, rows, columns, inner, part, parts);
    else matmulFewRows(a, b, bias, false, y, preActivation, batch, rows, columns, inner, transposeB != 0, activation, part, parts);
    return;
  }
  if (columns == 1) {
    // A matrix times a vector is the vector times the transposed matrix.
    matmulFewRows(b, a, bias, true, y, preActivation, batch, 1, rows, inner, transposeA == 0, activation, part, parts);
    return;
  }
  const common = commonPanels(batch, columns, inner, parts);
  if (common) {
    const panels = blocksOf(columns, TILE_COLUMNS);
    packPanels(b, columns, inner, transposeB != 0, firstUnit(panels, part, parts), firstUnit(panels, part + 1, parts), common);
    return;
  }
  // Each share packs all of the matrix that it does not divide: divide the larger one.
  const byRows = rows >= columns;
  const unit = byRows ? TILE_ROWS : TILE_COLUMNS;
  const length = byRows ? rows : columns;
  const units = blocksOf(length, unit);
  let next = firstUnit(batch * units, part, parts);
  const end = firstUnit(batch * units, part + 1, parts);
  while (next < end) {
    // The units of this share that lie in one matrix of the batch.
    const m = next / units;
    const first = (next - m * units) * unit;
    const count = min(units - (next - m * units), end - next);
    const last = min(first + count * unit, length);
    next += count;
    const aOffset = usize(m) * usize(rows) * usize(inner) << 2;
    const bOffset = usize(m) * usize(inner) * usize(columns) << 2;
    const yOffset = usize(m) * usize(rows) * usize(columns) << 2;
    matmulRectangle(
      a + aOffset, b + bOffset, bias, y + yOffset, preActivation ? preActivation + yOffset : 0, 0,
      rows, columns, inner, transposeA != 0, transposeB != 0, activation,
      byRows ? first : 0, byRows ? last : rows, byRows ? 0 : first, byRows ? columns : last,
    );
  }
}

/** The second step, where the first packed b for all threads. */
export function matmulFinish(
  a: usize, b: usize, bias: usize, y: usize, preActivation: usize,
  batch: i32, rows: i32, columns: i32, inner: i32, transposeA: i32, transposeB: i32, activation: i32, part: i32, parts: i32,
): void {
  if (batch <= 0 || rows <= 0 || columns <= 0) return;
  if (hasFewRows(rows, transposeA != 0)) {
    const sums = commonSums(batch, rows, columns, transposeB != 0, parts);
    if (sums) addParts(sums, bias, y, preActivation, rows, columns, activation, part, parts);
    return;
  }
  if (columns == 1) return;
  const common = commonPanels(batch, columns, inner, parts);
  if (!common) return;
  // Neighbouring units lie below each other and read the same block of b.
  const groups = blocksOf(rows, GROUP_ROWS);
  const end = firstUnit(groups * blocksOf(columns, UNIT_COLUMNS), part + 1, parts);
  for (let unit = firstUnit(groups * blocksOf(columns, UNIT_COLUMNS), part, parts); unit < end; unit++) {
    const row = (unit % groups) * GROUP_ROWS;
    const column = (unit / groups) * UNIT_COLUMNS;
    matmulRectangle(
      a, b, bias, y, preActivation, common, rows, columns, inner, transposeA != 0, transposeB != 0, activation,
      row, min(row + GROUP_ROWS, rows), column, min(column + UNIT_COLUMNS, columns),
    );
  }
}

/** Where the panels of b lie for all threads; 0 where each packs its own: alone, in batches, and where the room is too small. */
function commonPanels(batch: i32, columns: i32, inner: i32, parts: i32): usize {
  return parts > 1 && batch == 1 && packedBytes(columns, inner) <= i64(commonScratchBytes()) ? commonScratchAddress() : 0;
}

/** Reading b decides the time, and nothing is packed. */
// @ts-ignore: decorator
@inline
function hasFewRows(rows: i32, transposeA: bool): bool {
  return rows == 1 || (rows <= FEW_ROWS && !transposeA);
}
