// Multiplies small matrices whose operands are packed whole and stay packed, for attention.
//
// A left matrix (rows, depth) is packed tile after tile, so that the panel of a tile begins `rowOfTile * depth` numbers in.
// A right matrix is one panel (depth, 8), and so is a result: (rows, 8) without gaps, which can be the right side of the next
// product as it is. Results are written in whole tiles: up to 3 rows more than asked for.
import { packLeft } from './pack';
import { SMALL_TILE_ROWS, TILE_ROWS, largeTile, largeTilesOf, rowOfTile, smallTile, tilesOf } from './tile';

/** Rows that a tile may write beyond those that were wanted. */
export const EXTRA_ROWS: i32 = 3;

/** Bytes of a panel (1, 8). */
const ROW_BYTES: usize = 32;

/** Packs a left matrix (rows, depth); `from`, `stride` and `transposed` as in `packLeft`. */
export function packLeftPanels(from: usize, stride: usize, transposed: bool, rows: i32, depth: i32, panels: usize): void {
  const tiles = tilesOf(rows);
  const largeTiles = largeTilesOf(rows);
  for (let t = 0; t < tiles; t++) {
    const row = rowOfTile(t, largeTiles);
    const height = t < largeTiles ? TILE_ROWS : SMALL_TILE_ROWS;
    const at = from + (transposed ? usize(row) << 2 : usize(row) * stride);
    packLeft(at, stride, transposed, min(height, rows - row), height, depth, panels + (usize(row * depth) << 2));
  }
}

/**
 * y (wantedRows, 8) = left (rows, depth) x right (depth, 8), added to y with `accumulate`; only the first `wantedRows` rows,
 * and of the inner indices only [start, end).
 */
export function multiplyPanels(
  left: usize, rows: i32, depth: i32, right: usize, y: usize, wantedRows: i32, start: i32, end: i32, accumulate: bool,
): void {
  const largeTiles = largeTilesOf(rows);
  right += usize(start) * ROW_BYTES;
  for (let t = 0, row = 0; row < wantedRows; t++) {
    const panel = left + (usize(row * depth) << 2);
    const to = y + usize(row) * ROW_BYTES;
    if (t < largeTiles) {
      largeTile(end - start, panel + (usize(start * TILE_ROWS) << 2), right, to, ROW_BYTES, accumulate, 0, false);
      row += TILE_ROWS;
    } else {
      smallTile(end - start, panel + (usize(start * SMALL_TILE_ROWS) << 2), right, to, ROW_BYTES, accumulate, 0, false);
      row += SMALL_TILE_ROWS;
    }
  }
}
