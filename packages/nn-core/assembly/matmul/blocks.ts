// Multiplies one matrix pair, or a rectangle of its result, cut into blocks that the caches hold (Goto and van de Geijn 2008): a
// block of b is packed once and stays in the second-level cache; the rows of a come by in blocks that stay in the first, and are
// packed just before they are used. One thread packs each block of b just before its turn; many pack all of b together first, so
// that nobody packs what another has packed.
import { loadPartial, storePartial } from '../lanes';
import { scratchAddress } from '../scratch';
import { blocksOf } from '../share';
import { NO_ACTIVATION, RELU, activateRow } from './activation';
import { packLeft, packRight } from './pack';
import { SMALL_TILE_ROWS, TILE_COLUMNS, TILE_ROWS, largeTile, largeTilesOf, rowOfTile, smallTile, tilesOf } from './tile';

/** Inner indices of a block: a panel of b (8 columns) then takes 8 KiB of the first-level cache. */
const DEPTH: i32 = 256;
/** Columns of a block of b: 512 KiB of the second-level cache. */
export const COLUMNS: i32 = 512;
/** Panels of a that share one pass over the block of b: 20 KiB of the first-level cache. */
export const PANELS: i32 = 4;

/** A cache line between panels of b, so that they do not all begin in the same set of the cache. */
const PANEL_GAP: i32 = 64;
export const B_BYTES: i32 = (COLUMNS / TILE_COLUMNS) * (DEPTH * TILE_COLUMNS * 4 + PANEL_GAP);
export const A_PANEL_BYTES: i32 = DEPTH * TILE_ROWS * 4;
const EDGE_BYTES: i32 = TILE_ROWS * TILE_COLUMNS * 4;
const BIAS_BYTES: i32 = TILE_COLUMNS * 4;

/** Scratch memory that a matrix product wants, of any size: under 600 KiB. */
export function matmulScratchBytes(): i32 {
  return B_BYTES + PANELS * A_PANEL_BYTES + EDGE_BYTES + BIAS_BYTES;
}

/** Rows that are computed together: what a share consists of. */
export const GROUP_ROWS: i32 = PANELS * TILE_ROWS;

/** Inner indices of a block. Blocks of equal depth: none is left with a few. A product over nothing is still one block, of depth 0. */
// @ts-ignore: decorator
@inline
export function blockDepthOf(inner: i32): i32 {
  const blocks = depthBlocksOf(inner);
  return (inner + blocks - 1) / blocks;
}

// @ts-ignore: decorator
@inline
export function depthBlocksOf(inner: i32): i32 {
  return max((inner + DEPTH - 1) / DEPTH, 1);
}

/** Bytes from one panel of b to the next. */
// @ts-ignore: decorator
@inline
export function panelStrideOf(inner: i32): usize {
  return usize(blockDepthOf(inner) * TILE_COLUMNS * 4 + PANEL_GAP);
}

/** Bytes that all panels of b take. */
export function packedBytes(columns: i32, inner: i32): i64 {
  return i64(depthBlocksOf(inner)) * i64(blocksOf(columns, TILE_COLUMNS)) * i64(panelStrideOf(inner));
}

/** Packs the panels [panel, panelEnd) of b, 8 columns each, to their places in `packed`, where all panels of b find room. */
export function packPanels(b: usize, columns: i32, inner: i32, transposeB: bool, panel: i32, panelEnd: i32, packed: usize): void {
  for (let block = 0; block < depthBlocksOf(inner); block++) {
    packBlock(b, columns, inner, transposeB, block, panel * TILE_COLUMNS, min(panelEnd * TILE_COLUMNS, columns), panelAddress(packed, columns, inner, block, panel));
  }
}

/** Where a panel lies among all panels of b. */
// @ts-ignore: decorator
@inline
function panelAddress(packed: usize, columns: i32, inner: i32, block: i32, panel: i32): usize {
  return packed + usize(block * blocksOf(columns, TILE_COLUMNS) + panel) * panelStrideOf(inner);
}

/** Packs columns [column, columnEnd) of a block of inner indices to consecutive panels. */
export function packBlock(b: usize, columns: i32, inner: i32, transposeB: bool, block: i32, column: i32, columnEnd: i32, panel: usize): void {
  const k = block * blockDepthOf(inner);
  const depth = min(blockDepthOf(inner), inner - k);
  const stride = usize(transposeB ? inner : columns) << 2;
  const panelStride = panelStrideOf(inner);
  for (; column < columnEnd; column += TILE_COLUMNS) {
    const from = transposeB ? b + usize(column) * stride + (usize(k) << 2) : b + usize(k) * stride + (usize(column) << 2);
    packRight(from, stride, transposeB, min(columnEnd - column, TILE_COLUMNS), depth, panel);
    panel += panelStride;
  }
}

/**
 * Rows [row, rowEnd) and columns [column, columnEnd) of y; buffers and sizes of the whole matrices, as in `matmul`. `packed`
 * holds all panels of b (then column is a multiple of 8), or is 0.
 */
export function matmulRectangle(
  a: usize, b: usize, bias: usize, y: usize, preActivation: usize, packed: usize,
  rows: i32, columns: i32, inner: i32, transposeA: bool, transposeB: bool, activation: i32,
  row: i32, rowEnd: i32, column: i32, columnEnd: i32,
): void {
  const aPanels = scratchAddress() + B_BYTES;
  const depthBlocks = depthBlocksOf(inner);
  const blockDepth = blockDepthOf(inner);
  const panelStride = panelStrideOf(inner);
  const count = rowEnd - row;
  const largeTiles = largeTilesOf(count);
  const tiles = tilesOf(count);
  // Bytes between rows of the stored a and of y.
  const aStride = usize(transposeA ? rows : inner) << 2;
  const yStride = usize(columns) << 2;

  for (let j = column; j < columnEnd; j += COLUMNS) {
    const jEnd = min(j + COLUMNS, columnEnd);
    for (let block = 0; block < depthBlocks; block++) {
      const k = block * blockDepth;
      const depth = min(blockDepth, inner - k);
      const last = block == depthBlocks - 1;
      const bPanels = packed ? panelAddress(packed, columns, inner, block, j / TILE_COLUMNS) : scratchAddress();
      if (!packed) packBlock(b, columns, inner, transposeB, block, j, jEnd, bPanels);
      for (let tile = 0; tile < tiles; tile += PANELS) {
        const tileEnd = min(tile + PANELS, tiles);
        for (let t = tile; t < tileEnd; t++) {
          const first = rowOfTile(t, largeTiles);
          const height = t < largeTiles ? TILE_ROWS : SMALL_TILE_ROWS;
          const i = row + first;
          const from = transposeA ? a + usize(k) * aStride + (usize(i) << 2) : a + usize(i) * aStride + (usize(k) << 2);
          packLeft(from, aStride, transposeA, min(height, count - first), height, depth, aPanels + usize((t - tile) * A_PANEL_BYTES));
        }
        const offset = usize(row) * yStride;
        multiplyTiles(
          bPanels, panelStride, tile, tileEnd, largeTiles, count, depth, block > 0, last,
          bias, y + offset, preActivation ? preActivation + offset : 0, columns, j, jEnd, activation,
        );
      }
    }
  }
}

/**
 * Tiles [tile, tileEnd) of the `count` rows of y that begin at `y`, packed one behind the other, times the panels at `bPanels` of
 * columns [column, columnEnd); added to y with `accumulate`. With `last` nothing is to be added: bias and activation follow.
 */
export function multiplyTiles(
  bPanels: usize, panelStride: usize, tile: i32, tileEnd: i32, largeTiles: i32, count: i32, depth: i32, accumulate: bool, last: bool,
  bias: usize, y: usize, preActivation: usize, columns: i32, column: i32, columnEnd: i32, activation: i32,
): void {
  const aPanels = scratchAddress() + B_BYTES;
  const yStride = usize(columns) << 2;
  // The tile does it in its registers, where nobody wants to see the value before.
  const relu = last && activation == RELU && !preActivation;
  let bPanel = bPanels;
  for (let jTile = column; jTile < columnEnd; jTile += TILE_COLUMNS) {
    const width = min(TILE_COLUMNS, columnEnd - jTile);
    const tileBias = bias && last ? bias + (usize(jTile) << 2) : 0;
    for (let t = tile; t < tileEnd; t++) {
      const first = rowOfTile(t, largeTiles);
      const height = t < largeTiles ? TILE_ROWS : SMALL_TILE_ROWS;
      const valid = min(height, count - first);
      const aPanel = aPanels + usize((t - tile) * A_PANEL_BYTES);
      const to = y + usize(first) * yStride + (usize(jTile) << 2);
      if (width < TILE_COLUMNS || valid < height) edgeTile(height, valid, width, depth, aPanel, bPanel, to, yStride, accumulate, tileBias, relu);
      else if (t < largeTiles) largeTile(depth, aPanel, bPanel, to, yStride, accumulate, tileBias, relu);
      else smallTile(depth, aPanel, bPanel, to, yStride, accumulate, tileBias, relu);
    }
    bPanel += panelStride;
  }
  if (!last || relu || (activation == NO_ACTIVATION && !preActivation)) return;
  const end = min(rowOfTile(tileEnd, largeTiles), count);
  let i = rowOfTile(tile, largeTiles);
  // Whole rows lie one behind the other and are one long row.
  const step = columnEnd - column == columns ? end - i : 1;
  for (; i < end; i += step) {
    const offset = usize(i) * yStride + (usize(column) << 2);
    activateRow(y + offset, preActivation ? preActivation + offset : 0, step * (columnEnd - column), activation);
  }
}

/** A tile of which only `valid` rows and `width` columns lie in y: computed beside y and copied. */
function edgeTile(
  height: i32, valid: i32, width: i32, depth: i32, a: usize, b: usize, y: usize, yStride: usize, accumulate: bool, bias: usize, relu: bool,
): void {
  const edge = scratchAddress() + B_BYTES + PANELS * A_PANEL_BYTES;
  const stride: usize = TILE_COLUMNS * 4;
  let edgeBias: usize = 0;
  if (bias) {
    edgeBias = edge + EDGE_BYTES;
    copyRow(bias, edgeBias, width);
  }
  if (accumulate) for (let r = 0; r < valid; r++) copyRow(y + usize(r) * yStride, edge + usize(r) * stride, width);
  if (height == SMALL_TILE_ROWS) smallTile(depth, a, b, edge, stride, accumulate, edgeBias, relu);
  else largeTile(depth, a, b, edge, stride, accumulate, edgeBias, relu);
  for (let r = 0; r < valid; r++) copyRow(edge + usize(r) * stride, y + usize(r) * yStride, width);
}

/** Copies 1 to 8 numbers; a call of memory.copy would take longer. */
function copyRow(from: usize, to: usize, count: i32): void {
  if (count >= 4) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
    count -= 4;
  }
  if (count == 4) v128.store(to, v128.load(from));
  else if (count > 0) storePartial(to, loadPartial(from, count), count);
}
