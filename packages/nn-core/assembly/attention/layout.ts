// Holds the sizes and small helpers that the attention kernels share.
//
// Scores are kept transposed, keys down and eight queries across: the softmax of eight queries then runs in the lanes, with no
// sums across lanes, and the probabilities lie exactly as the next product wants its right side. Queries therefore come in
// panels of eight, (headSize, 8), and keys in chunks.
import { packRight, storeTransposed } from '../matmul/pack';

/** Queries that are treated together: the columns of a tile. */
export const LANES: i32 = 8;
/** Bytes of eight numbers: a row of a panel. */
export const ROW_BYTES: i32 = 32;
/** Scratch memory of one call. What must stay at hand for each query decides how many are treated in one sweep of the keys. */
export const ATTENTION_SCRATCH: i32 = 2 << 20;
/** Beyond this, one panel of queries and one chunk of keys would not fit: the naive kernels do it. */
export const MAX_HEAD_SIZE: i32 = 4096;

/** Numbers of keys (and of values) in a chunk: 32 KiB each, half as much for GPT-2's heads. */
const CHUNK_NUMBERS: i32 = 8192;
const MAX_CHUNK: i32 = 64;

/** Keys in a chunk; a multiple of LANES. */
export function chunkOf(headSize: i32): i32 {
  return max(min((CHUNK_NUMBERS / headSize) & ~(LANES - 1), MAX_CHUNK), LANES);
}

/** Rounds up to whole panels. */
// @ts-ignore: decorator
@inline
export function wholePanels(count: i32): i32 {
  return (count + (LANES - 1)) & ~(LANES - 1);
}

/** panel (depth, 8) = up to eight rows of `depth` numbers, transposed and times `factor`; missing rows are zero. */
export function packQueries(from: usize, stride: usize, valid: i32, depth: i32, factor: f32, panel: usize): void {
  packRight(from, stride, true, valid, depth, panel);
  if (factor == 1) return;
  const factors = f32x4.splat(factor);
  for (const end = panel + usize(depth * ROW_BYTES); panel < end; panel += 16) v128.store(panel, f32x4.mul(v128.load(panel), factors));
}

/**
 * Rows of `width` numbers, `stride` bytes apart, = the first `valid` columns of panel (width, 8), column j times factors[j] of
 * eight; added to what is there with `add`. `spare`: 64 bytes of working memory. Reads up to 3 rows beyond the panel.
 */
export function storeColumns(panel: usize, width: i32, valid: i32, factors: usize, to: usize, stride: usize, add: bool, spare: usize): void {
  for (let half = 0; half < valid; half += 4) {
    const factor = v128.load(factors + (usize(half) << 2));
    const count = min(valid - half, 4);
    for (let d = 0; d < width; d += 4) {
      const from = panel + usize(d * ROW_BYTES + half * 4);
      const r0 = f32x4.mul(v128.load(from), factor);
      const r1 = f32x4.mul(v128.load(from, 32), factor);
      const r2 = f32x4.mul(v128.load(from, 64), factor);
      const r3 = f32x4.mul(v128.load(from, 96), factor);
      const at = to + usize(half) * stride + (usize(d) << 2);
      const numbers = min(width - d, 4);
      if (count == 4 && numbers == 4 && !add) {
        storeTransposed(r0, r1, r2, r3, at, stride);
        continue;
      }
      storeTransposed(r0, r1, r2, r3, spare, 16);
      for (let row = 0; row < count; row++) {
        for (let e = 0; e < numbers; e++) {
          const element = at + usize(row) * stride + (usize(e) << 2);
          const value = load<f32>(spare + usize(row * 16 + e * 4));
          store<f32>(element, add ? load<f32>(element) + value : value);
        }
      }
    }
  }
}

/** Writes the same number eight times. */
export function fillRow(to: usize, value: f32): void {
  v128.store(to, f32x4.splat(value));
  v128.store(to, f32x4.splat(value), 16);
}
