// Copies pieces of matrices into the panels that the tiles read: consecutive in memory, transposed or not.
//
// This is all that a transposition costs. Rows and columns beyond the matrix become zeros, so that tiles need no special
// case; what they compute there is thrown away.
import { TILE_COLUMNS } from './tile';

/** Four rows of four numbers turned over: lane j of row i goes to lane i of row j, stored `stride` bytes apart. */
// @ts-ignore: decorator
@inline
export function storeTransposed(r0: v128, r1: v128, r2: v128, r3: v128, to: usize, stride: usize): void {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(to + stride, v128.shuffle<i64>(low01, low23, 1, 3));
  v128.store(to + 2 * stride, v128.shuffle<i64>(high01, high23, 0, 2));
  v128.store(to + 3 * stride, v128.shuffle<i64>(high01, high23, 1, 3));
}

/**
 * panel (depth, width) = transpose of `width` rows of `depth` numbers each, `stride` bytes apart; only `valid` rows exist.
 * width is a constant: 4, 5 or 8.
 */
// @ts-ignore: decorator
@inline
function packRows(width: i32, from: usize, stride: usize, valid: i32, depth: i32, panel: usize): void {
  const step: usize = usize(width) << 2;
  if (valid < width) {
    memory.fill(panel, 0, step * usize(depth));
    for (let r = 0; r < valid; r++) packRow(from + usize(r) * stride, depth, panel + (usize(r) << 2), step);
    return;
  }
  const whole = depth & ~3;
  for (let k = 0; k < whole; k += 4) {
    const at = from + (usize(k) << 2);
    const to = panel + usize(k) * step;
    const at2 = at + 2 * stride;
    storeTransposed(v128.load(at), v128.load(at + stride), v128.load(at2), v128.load(at2 + stride), to, step);
    if (width > 4) {
      const at4 = at2 + 2 * stride;
      if (width == 8) {
        const at6 = at4 + 2 * stride;
        storeTransposed(v128.load(at4), v128.load(at4 + stride), v128.load(at6), v128.load(at6 + stride), to + 16, step);
      } else {
        store<u32>(to, load<u32>(at4), 16);
        store<u32>(to + step, load<u32>(at4, 4), 16);
        store<u32>(to + 2 * step, load<u32>(at4, 8), 16);
        store<u32>(to + 3 * step, load<u32>(at4, 12), 16);
      }
    }
  }
  if (whole < depth) {
    const at = from + (usize(whole) << 2);
    const to = panel + usize(whole) * step;
    for (let r = 0; r < width; r++) packRow(at + usize(r) * stride, depth - whole, to + (usize(r) << 2), step);
  }
}

/** One row of `depth` numbers becomes one column of a panel. */
function packRow(from: usize, depth: i32, to: usize, step: usize): void {
  for (const end = from + (usize(depth) << 2); from < end; from += 4) {
    store<u32>(to, load<u32>(from));
    to += step;
  }
}

/**
 * panel (depth, width) = `width` neighbouring numbers out of each of `depth` rows, `stride` bytes apart; only `valid` exist.
 * width is a constant: 4, 5 or 8.
 */
// @ts-ignore: decorator
@inline
function packColumns(width: i32, from: usize, stride: usize, valid: i32, depth: i32, panel: usize): void {
  const step: usize = usize(width) << 2;
  const end = panel + usize(depth) * step;
  if (valid < width) {
    for (; panel < end; panel += step) {
      for (let r = 0; r < width; r++) store<u32>(panel + (usize(r) << 2), r < valid ? load<u32>(from + (usize(r) << 2)) : 0);
      from += stride;
    }
    return;
  }
  for (; panel < end; panel += step) {
    v128.store(panel, v128.load(from));
    if (width == 5) store<u32>(panel, load<u32>(from, 16), 16);
    if (width == 8) v128.store(panel, v128.load(from, 16), 16);
    from += stride;
  }
}

/**
 * A panel for the left side of a tile: `valid` rows and `depth` inner indices of a matrix whose element (row, inner) = (0, 0)
 * is at `from`; rows lie `stride` bytes apart, or inner indices do when `transposed`. width (4 or 5): rows of the tile.
 */
export function packLeft(from: usize, stride: usize, transposed: bool, valid: i32, width: i32, depth: i32, panel: usize): void {
  if (transposed) {
    if (width == 5) packColumns(5, from, stride, valid, depth, panel);
    else packColumns(4, from, stride, valid, depth, panel);
  } else {
    if (width == 5) packRows(5, from, stride, valid, depth, panel);
    else packRows(4, from, stride, valid, depth, panel);
  }
}

/**
 * A panel for the right side of a tile: `depth` inner indices and `valid` columns of a matrix whose element (inner, column) =
 * (0, 0) is at `from`; inner indices lie `stride` bytes apart, or columns do when `transposed`.
 */
export function packRight(from: usize, stride: usize, transposed: bool, valid: i32, depth: i32, panel: usize): void {
  if (transposed) packRows(TILE_COLUMNS, from, stride, valid, depth, panel);
  else packColumns(TILE_COLUMNS, from, stride, valid, depth, panel);
}
