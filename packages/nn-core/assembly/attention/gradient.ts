// The gradient of causal attention for one head (Dao et al. 2022): probabilities are computed again from logSumExp.
//
// With p the probabilities and D = sum over the head of dy * y, transposed as in `forward.ts`:
// dv = p^T dy; dScore = p * (dy v^T - D); dq = dScore k / sqrt(headSize); dk = dScore^T q / sqrt(headSize).
// Chunks of keys are the outer loop; groups of as many queries the inner one. dq is kept for all queries of a sweep, dk and dv
// for one chunk.
import { EXTRA_ROWS, multiplyPanels, packLeftPanels } from '../matmul/panels';
import { storeTransposed } from '../matmul/pack';
import { dot } from '../matmul/vectors';
import { scratchAddress } from '../scratch';
import { ATTENTION_SCRATCH, LANES, ROW_BYTES, chunkOf, fillRow, packQueries, storeColumns, visibleLanes, weightOf, wholePanels } from './layout';

/**
 * dqkv of one head. q, k, v and their gradients dq, dk, dv are (time, headSize) with rows `stride` bytes apart; y and dy
 * (time, headSize) with rows `yStride` bytes apart; logSumExp (time).
 */
export function attendHeadGradient(
  q: usize, k: usize, v: usize, stride: usize, y: usize, dy: usize, yStride: usize, logSumExp: usize,
  dq: usize, dk: usize, dv: usize, time: i32, headSize: i32,
): void {
  const scale: f32 = f32(1) / sqrt<f32>(f32(headSize));
  const chunk = chunkOf(headSize);
  const panelBytes = usize(headSize * ROW_BYTES);
  const outputBytes = usize((headSize + EXTRA_ROWS) * ROW_BYTES);
  const chunkPanels = chunk / LANES;
  const squareBytes = usize(chunk * ROW_BYTES);

  // For the chunk: keys and values (chunk, headSize) and keys transposed (headSize, chunk) as left panels; dk and dv as panels
  // (headSize, 8), one for eight keys; dScore and p of eight queries (chunk, 8); the same of a group as right panels (chunk, 8).
  const keys = scratchAddress();
  const values = keys + usize((chunk + EXTRA_ROWS) * headSize * 4);
  const keysTransposed = values + usize((chunk + EXTRA_ROWS) * headSize * 4);
  const dKeys = keysTransposed + usize((headSize + EXTRA_ROWS) * chunk * 4);
  const dValues = dKeys + usize(chunkPanels) * outputBytes;
  const scores = dValues + usize(chunkPanels) * outputBytes;
  const dScores = scores + squareBytes + EXTRA_ROWS * ROW_BYTES;
  const weights = dScores + squareBytes + EXTRA_ROWS * ROW_BYTES;
  const dWeights = weights + usize(chunkPanels) * squareBytes;
  // What results are multiplied by (8), 1 and the scale of the scores; and 64 bytes to turn numbers over in.
  const ones = dWeights + usize(chunkPanels) * squareBytes;
  const scales = ones + ROW_BYTES;
  const spare = scales + ROW_BYTES;
  // For each group of queries: q and dy transposed (headSize, chunk) as left panels; then for each of its panels q and dy
  // (headSize, 8), dq (headSize, 8), logSumExp (8) and D (8).
  const groups = spare + 64;
  const leftBytes = usize((headSize + EXTRA_ROWS) * chunk * 4);
  const stateBytes = panelBytes * 2 + outputBytes + 2 * ROW_BYTES;
  const groupBytes = leftBytes * 2 + stateBytes * chunkPanels;
  const block = i32((scratchAddress() + ATTENTION_SCRATCH - groups) / groupBytes) * chunk;

  fillRow(ones, 1);
  fillRow(scales, scale);
  for (let q0 = 0; q0 < time; q0 += block) {
    const qEnd = min(q0 + block, time);
    let group = groups;
    for (let g0 = q0; g0 < qEnd; g0 += chunk, group += groupBytes) {
      const count = min(chunk, qEnd - g0);
      packLeftPanels(q + usize(g0) * stride, stride, true, headSize, count, group);
      packLeftPanels(dy + usize(g0) * yStride, yStride, true, headSize, count, group + leftBytes);
      let state = group + leftBytes * 2;
      for (let first = g0; first < g0 + count; first += LANES, state += stateBytes) {
        const valid = min(g0 + count - first, LANES);
        packQueries(q + usize(first) * stride, stride, valid, headSize, scale, state);
        packQueries(dy + usize(first) * yStride, yStride, valid, headSize, 1, state + panelBytes);
        const numbers = state + panelBytes * 2 + outputBytes;
        for (let lane = 0; lane < LANES; lane++) {
          const at = numbers + (usize(lane) << 2);
          const row = usize(first + lane) * yStride;
          // A query that does not exist gives every key the probability 0.
          store<f32>(at, lane < valid ? load<f32>(logSumExp + (usize(first + lane) << 2)) : f32.POSITIVE_INFINITY);
          store<f32>(at, lane < valid ? dot(dy + row, y + row, headSize) : 0, ROW_BYTES);
        }
      }
    }

    for (let k0 = 0; k0 < qEnd; k0 += chunk) {
      const count = min(chunk, qEnd - k0);
      packLeftPanels(k + usize(k0) * stride, stride, false, count, headSize, keys);
      packLeftPanels(v + usize(k0) * stride, stride, false, count, headSize, values);
      packLeftPanels(k + usize(k0) * stride, stride, true, headSize, count, keysTransposed);
      // Groups and chunks have the same boundaries: the first group that sees this chunk begins with it, or with the sweep.
      const firstGroup = max(q0, k0);
      group = groups + usize((firstGroup - q0) / chunk) * groupBytes;
      for (let g0 = firstGroup; g0 < qEnd; g0 += chunk, group += groupBytes) {
        const queries = min(chunk, qEnd - g0);
        let state = group + leftBytes * 2;
        for (let first = g0; first < g0 + queries; first += LANES, state += stateBytes) {
          const seen = min(count, min(first + LANES, qEnd) - k0);
          multiplyPanels(keys, count, headSize, state, scores, seen, 0, headSize, false);
          multiplyPanels(values, count, headSize, state + panelBytes, dScores, seen, 0, headSize, false);
          scoreGradient(scores, dScores, seen, first, k0, state + panelBytes * 2 + outputBytes);
          multiplyPanels(keysTransposed, headSize, count, dScores, state + panelBytes * 2, headSize, 0, seen, k0 > 0);
          const offset = usize((first - g0) * ROW_BYTES);
          transposeSquares(scores, seen, weights + offset, squareBytes);
          transposeSquares(dScores, seen, dWeights + offset, squareBytes);
        }
        for (let panel = 0; panel * LANES < count; panel++) {
          // Queries before the first key of the panel do not see it.
          const start = max(k0 + panel * LANES - g0, 0);
          if (start >= queries) break;
          const square = usize(panel) * squareBytes;
          const output = usize(panel) * outputBytes;
          multiplyPanels(group, headSize, queries, dWeights + square, dKeys + output, headSize, start, queries, g0 > firstGroup);
          multiplyPanels(group + leftBytes, headSize, queries, weights + square, dValues + output, headSize, start, queries, g0 > firstGroup);
        }
      }
      // Later sweeps add to what the sweep that contains the chunk has written.
      const add = k0 < q0;
      for (let panel = 0; panel * LANES < count; panel++) {
        const key = k0 + panel * LANES;
        const valid = min(k0 + count - key, LANES);
        const output = usize(panel) * outputBytes;
        storeColumns(dKeys + output, headSize, valid, scales, dk + usize(key) * stride, stride, add, spare);
        storeColumns(dValues + output, headSize, valid, ones, dv + usize(key) * stride, stride, add, spare);
      }
    }

    group = groups;
    for (let g0 = q0; g0 < qEnd; g0 += chunk, group += groupBytes) {
      let state = group + leftBytes * 2;
      const gEnd = min(g0 + chunk, qEnd);
      for (let first = g0; first < gEnd; first += LANES, state += stateBytes) {
        storeColumns(state + panelBytes * 2, headSize, min(gEnd - first, LANES), scales, dq + usize(first) * stride, stride, false, spare);
      }
    }
  }
}

/**
 * scores (seen, 8) become probabilities p = exp(score - logSumExp), 0 where the query (`first` + lane) comes before the key
 * (`k0` + row); dScores (seen, 8), which hold dy v^T, become p * (dy v^T - D). numbers: logSumExp (8) and D (8). Rows up to the
 * next multiple of eight become zero in both.
 */
function scoreGradient(scores: usize, dScores: usize, seen: i32, first: i32, k0: i32, numbers: usize): void {
  const lowSum = v128.load(numbers);
  const highSum = v128.load(numbers, 16);
  const lowD = v128.load(numbers, 32);
  const highD = v128.load(numbers, 48);
  const hiddenFrom = first - k0 + 1;
  for (let row = 0; row < seen; row++) {
    const at = scores + usize(row * ROW_BYTES);
    const dAt = dScores + usize(row * ROW_BYTES);
    let low = weightOf(f32x4.sub(v128.load(at), lowSum));
    let high = weightOf(f32x4.sub(v128.load(at, 16), highSum));
    if (row >= hiddenFrom) {
      low = v128.and(low, visibleLanes(first, k0 + row));
      high = v128.and(high, visibleLanes(first + 4, k0 + row));
    }
    v128.store(at, low);
    v128.store(at, high, 16);
    v128.store(dAt, f32x4.mul(low, f32x4.sub(v128.load(dAt), lowD)));
    v128.store(dAt, f32x4.mul(high, f32x4.sub(v128.load(dAt, 16), highD)), 16);
  }
  for (let row = seen; row < wholePanels(seen); row++) {
    fillRow(scores + usize(row * ROW_BYTES), 0);
    fillRow(dScores + usize(row * ROW_BYTES), 0);
  }
}

/** Each square of eight rows of panel (seen, 8) is turned over and stored at `to`, the next one `toStride` bytes on. */
function transposeSquares(panel: usize, seen: i32, to: usize, toStride: usize): void {
  for (const end = panel + usize(seen * ROW_BYTES); panel < end; panel += 8 * ROW_BYTES) {
    for (let half: usize = 0; half < 32; half += 16) {
      const from = panel + half;
      const at = to + 8 * half;
      storeTransposed(v128.load(from), v128.load(from, 32), v128.load(from, 64), v128.load(from, 96), at, ROW_BYTES);
      storeTransposed(v128.load(from, 128), v128.load(from, 160), v128.load(from, 192), v128.load(from, 224), at + 16, ROW_BYTES);
    }
    to += toStride;
  }
}
