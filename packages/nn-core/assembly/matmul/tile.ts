// Computes a tile of y in registers from packed panels: the innermost loop of the matrix product. Nothing else runs for long.
//
// A panel of a is `depth` groups of TILE_ROWS (or SMALL_TILE_ROWS) numbers, a panel of b `depth` groups of TILE_COLUMNS.
// Each element of y is one chain of multiplications and additions in the order of the inner index, whatever the tile, the
// block or the share it falls into: that is why all of them give the same bits.
import { multiplyAdd } from '../simd';

/**
 * Rows of the large tile. With FMA 5 x 8: ten accumulators hide the latency of two FMA units (4 cycles x 2 = 8), and with
 * two vectors of b, four numbers of a and one copy spread over the lanes they fill 14 of the 15 registers that V8 hands
 * out; 6 x 8 spills on V8 before 12. Without FMA 4 x 8: the products need registers too.
 */
export const TILE_ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? 5 : 4;
/** Rows of the other tile: any number of rows from 12 on is a sum of fives and fours, so that nothing is computed in vain. */
export const SMALL_TILE_ROWS: i32 = 4;
/** Two vectors of four. */
export const TILE_COLUMNS: i32 = 8;

/** How many large tiles cover `rows`; they come first, and small ones cover the rest, the last one perhaps in part. */
export function largeTilesOf(rows: i32): i32 {
  const smallTiles = (TILE_ROWS - (rows % TILE_ROWS)) % TILE_ROWS;
  return max((rows - smallTiles * SMALL_TILE_ROWS) / TILE_ROWS, 0);
}

/** How many tiles, large and small, cover `rows`. */
export function tilesOf(rows: i32): i32 {
  const largeTiles = largeTilesOf(rows);
  return largeTiles + (rows - largeTiles * TILE_ROWS + SMALL_TILE_ROWS - 1) / SMALL_TILE_ROWS;
}

/** First row of a tile. */
// @ts-ignore: decorator
@inline
export function rowOfTile(tile: i32, largeTiles: i32): i32 {
  return tile * SMALL_TILE_ROWS + min(tile, largeTiles) * (TILE_ROWS - SMALL_TILE_ROWS);
}

/** The large tile; see `tile`. */
export function largeTile(depth: i32, a: usize, b: usize, y: usize, yStride: usize, accumulate: bool, bias: usize, relu: bool): void {
  tile(TILE_ROWS, depth, a, b, y, yStride, accumulate, bias, relu);
}

/** The small tile; see `tile`. */
export function smallTile(depth: i32, a: usize, b: usize, y: usize, yStride: usize, accumulate: bool, bias: usize, relu: bool): void {
  tile(SMALL_TILE_ROWS, depth, a, b, y, yStride, accumulate, bias, relu);
}

/**
 * y (rows, 8), rows `yStride` bytes apart, = a (rows, depth) x b (depth, 8), both packed, added to y with `accumulate`,
 * plus bias (8) unless it is 0; with `relu` its positive part. `rows` is a constant: the compiler drops what is not needed.
 */
// @ts-ignore: decorator
@inline
function tile(rows: i32, depth: i32, a: usize, b: usize, y: usize, yStride: usize, accumulate: bool, bias: usize, relu: bool): void {
  const y1 = y + yStride;
  const y2 = y1 + yStride;
  const y3 = y2 + yStride;
  const y4 = y3 + yStride;
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let c40 = c00;
  let c41 = c00;
  if (accumulate) {
    c00 = v128.load(y);
    c01 = v128.load(y, 16);
    c10 = v128.load(y1);
    c11 = v128.load(y1, 16);
    c20 = v128.load(y2);
    c21 = v128.load(y2, 16);
    c30 = v128.load(y3);
    c31 = v128.load(y3, 16);
    if (rows > 4) {
      c40 = v128.load(y4);
      c41 = v128.load(y4, 16);
    }
  }
  const end = b + (usize(depth) << 5);
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let a0: v128;
    let a1: v128;
    let a2: v128;
    let a3: v128;
    if (rows > 4) {
      // V8 before 12 moves all loads of the loop to its start: one load of four numbers keeps three registers free.
      const four = v128.load(a);
      a0 = v128.shuffle<f32>(four, four, 0, 0, 0, 0);
      a1 = v128.shuffle<f32>(four, four, 1, 1, 1, 1);
      a2 = v128.shuffle<f32>(four, four, 2, 2, 2, 2);
      a3 = v128.shuffle<f32>(four, four, 3, 3, 3, 3);
    } else {
      a0 = v128.load32_splat(a);
      a1 = v128.load32_splat(a, 4);
      a2 = v128.load32_splat(a, 8);
      a3 = v128.load32_splat(a, 12);
    }
    c00 = multiplyAdd(a0, b0, c00);
    c01 = multiplyAdd(a0, b1, c01);
    c10 = multiplyAdd(a1, b0, c10);
    c11 = multiplyAdd(a1, b1, c11);
    c20 = multiplyAdd(a2, b0, c20);
    c21 = multiplyAdd(a2, b1, c21);
    c30 = multiplyAdd(a3, b0, c30);
    c31 = multiplyAdd(a3, b1, c31);
    if (rows > 4) {
      const a4 = v128.load32_splat(a, 16);
      c40 = multiplyAdd(a4, b0, c40);
      c41 = multiplyAdd(a4, b1, c41);
    }
    a += usize(rows) << 2;
    b += 32;
  }
  if (bias) {
    const bias0 = v128.load(bias);
    const bias1 = v128.load(bias, 16);
    c00 = f32x4.add(c00, bias0);
    c01 = f32x4.add(c01, bias1);
    c10 = f32x4.add(c10, bias0);
    c11 = f32x4.add(c11, bias1);
    c20 = f32x4.add(c20, bias0);
    c21 = f32x4.add(c21, bias1);
    c30 = f32x4.add(c30, bias0);
    c31 = f32x4.add(c31, bias1);
    if (rows > 4) {
      c40 = f32x4.add(c40, bias0);
      c41 = f32x4.add(c41, bias1);
    }
  }
  if (relu) {
    const zero = f32x4.splat(0);
    c00 = f32x4.pmax(c00, zero);
    c01 = f32x4.pmax(c01, zero);
    c10 = f32x4.pmax(c10, zero);
    c11 = f32x4.pmax(c11, zero);
    c20 = f32x4.pmax(c20, zero);
    c21 = f32x4.pmax(c21, zero);
    c30 = f32x4.pmax(c30, zero);
    c31 = f32x4.pmax(c31, zero);
    if (rows > 4) {
      c40 = f32x4.pmax(c40, zero);
      c41 = f32x4.pmax(c41, zero);
    }
  }
  v128.store(y, c00);
  v128.store(y, c01, 16);
  v128.store(y1, c10);
  v128.store(y1, c11, 16);
  v128.store(y2, c20);
  v128.store(y2, c21, 16);
  v128.store(y3, c30);
  v128.store(y3, c31, 16);
  if (rows > 4) {
    v128.store(y4, c40);
    v128.store(y4, c41, 16);
  }
}
