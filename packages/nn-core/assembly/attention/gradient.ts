// Computes the gradient of attention for one head (Dao et al. 2022): probabilities are computed again from the maximum and the sum.
//
// With p the probabilities and D = sum over the head of dy * y, transposed as in `forward.ts`:
// dv = p^T dy; dScore = p * (dy v^T - D); dq = dScore k / sqrt(headSize); dk = dScore^T q / sqrt(headSize).
// With dropout, whose factors f are 0 or 1 / (1 - dropout): dv = (p f)^T dy; dScore = p * (f dy v^T - D).
// Chunks of keys are the outer loop; groups of as many queries the inner one. dq is kept for all queries of a sweep, dk and dv
// for one chunk.
//
// As in `forward.ts`, keys and queries that do not see each other are multiplied by 0, which is wrong where they are NaN or
// infinite: who finds NaN in the result computes the head again, without them.
import { zeroRun } from '../bytes';
import { expNegative } from '../math';
import { EXTRA_ROWS, multiplyPanels, packLeftPanels } from '../matmul/panels';
import { storeTransposed } from '../matmul/pack';
import { dot } from '../matmul/vectors';
import { hasNaN } from '../rows';
import { scratchAddress } from '../scratch';
import { addToPanel } from './added';
import { drawFactors, factorBytes, multiplyPanel } from './drop';
import { Head, scratchBehind } from './head';
import { ATTENTION_SCRATCH, LANES, ROW_BYTES, chunkOf, fillRow, packQueries, storeColumns, wholePanels } from './layout';

/**
 * dQuery (queries, headSize), dKey and dValue (keys, headSize) of one head; the latter two are added to what is there with `add`.
 * Returns whether there is NaN in them.
 */
export function attendHeadGradient(head: Head, add: bool): bool {
  const headSize = head.headSize;
  const chunk = chunkOf(headSize);
  const panelBytes = usize(headSize * ROW_BYTES);
  const outputBytes = usize((headSize + EXTRA_ROWS) * ROW_BYTES);
  const chunkPanels = chunk / LANES;
  const squareBytes = usize(chunk * ROW_BYTES);

  // For the chunk: keys and values (chunk, headSize) and keys transposed (headSize, chunk) as left panels; dk and dv as panels
  // (headSize, 8), one for eight keys; dScore and p of eight queries (chunk, 8); the same of a group as right panels (chunk, 8).
  const keys = scratchBehind(head);
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
  // (headSize, 8), dq (headSize, 8), the maximum (8), 1 / sum (8) and D (8).
  const factors = spare + 64;
  const groups = factors + factorBytes(chunk);
  const leftBytes = usize((headSize + EXTRA_ROWS) * chunk * 4);
  const stateBytes = panelBytes * 2 + outputBytes + 3 * ROW_BYTES;
  const groupBytes = leftBytes * 2 + stateBytes * chunkPanels;
  const block = i32((scratchAddress() + ATTENTION_SCRATCH - groups) / groupBytes) * chunk;

  fillRow(ones, 1);
  fillRow(scales, head.scale);
  /** Rows of dk and dv before this one hold numbers already, to which later sweeps add. */
  let written = add ? head.keys : 0;
  let foundNaN = false;
  for (let q0 = 0; q0 < head.queries; q0 += block) {
    const qEnd = min(q0 + block, head.queries);
    let group = groups;
    for (let g0 = q0; g0 < qEnd; g0 += chunk, group += groupBytes) {
      const count = min(chunk, qEnd - g0);
      packLeftPanels(head.queryRow(g0), head.queryStride, true, headSize, count, group);
      packLeftPanels(head.dyRow(g0), head.yStride, true, headSize, count, group + leftBytes);
      let state = group + leftBytes * 2;
      for (let first = g0; first < g0 + count; first += LANES, state += stateBytes) {
        const valid = min(g0 + count - first, LANES);
        packQueries(head.queryRow(first), head.queryStride, valid, headSize, head.scale, state);
        packQueries(head.dyRow(first), head.yStride, valid, headSize, 1, state + panelBytes);
        packNumbers(head, first, valid, state + panelBytes * 2 + outputBytes);
        // Where no query of the panel sees a key, this is the result.
        if (head.firstKey(first) >= head.endKey(first + valid - 1)) memory.fill(state + panelBytes * 2, 0, outputBytes);
      }
    }

    // Chunks begin at the same keys in all sweeps.
    const firstKey = head.firstKey(q0);
    const kFirst = firstKey - (firstKey - head.keysFrom) % chunk;
    const kEnd = head.endKey(qEnd - 1);
    written = zeroKeys(head, written, kFirst);
    for (let k0 = kFirst; k0 < kEnd; k0 += chunk) {
      const count = min(chunk, kEnd - k0);
      packLeftPanels(head.keyRow(k0), head.keyStride, false, count, headSize, keys);
      packLeftPanels(head.valueRow(k0), head.keyStride, false, count, headSize, values);
      packLeftPanels(head.keyRow(k0), head.keyStride, true, headSize, count, keysTransposed);
      // The first group in which a query reaches a key of the chunk, and the last one.
      const firstGroup = q0 + max(head.firstQuery(k0) - q0, 0) / chunk * chunk;
      const lastQuery = min(head.endQuery(k0 + count - 1), qEnd);
      group = groups + usize((firstGroup - q0) / chunk) * groupBytes;
      for (let g0 = firstGroup; g0 < lastQuery; g0 += chunk, group += groupBytes) {
        const queries = min(chunk, qEnd - g0);
        let state = group + leftBytes * 2;
        for (let first = g0; first < g0 + queries; first += LANES, state += stateBytes) {
          const last = min(first + LANES, qEnd) - 1;
          const seen = min(count, head.endKey(last) - k0);
          const panelFirstKey = head.firstKey(first);
          if (seen <= 0 || panelFirstKey >= k0 + count) continue;
          multiplyPanels(keys, count, headSize, state, scores, seen, 0, headSize, false);
          multiplyPanels(values, count, headSize, state + panelBytes, dScores, seen, 0, headSize, false);
          addToPanel(head, scores, seen, first, last, k0, spare);
          if (head.dropoutState) {
            drawFactors(head, factors, seen, chunk, first, last, k0);
            multiplyPanel(dScores, factors, seen);
          }
          scoreGradient(head, scores, dScores, seen, first, last, k0, state + panelBytes * 2 + outputBytes);
          if (head.dropoutState) multiplyPanel(scores, factors, seen);
          multiplyPanels(keysTransposed, headSize, count, dScores, state + panelBytes * 2, headSize, 0, seen, panelFirstKey < k0);
          const offset = usize((first - g0) * ROW_BYTES);
          transposeSquares(scores, seen, weights + offset, squareBytes);
          transposeSquares(dScores, seen, dWeights + offset, squareBytes);
        }
        for (let panel = 0; panel * LANES < count; panel++) {
          // Queries before the first that reaches a key of the panel, and behind the last one, do not count.
          const start = max(head.firstQuery(k0 + panel * LANES) - g0, 0);
          const end = min(head.endQuery(min(k0 + panel * LANES + LANES, k0 + count) - 1) - g0, queries);
          const square = usize(panel) * squareBytes;
          const output = usize(panel) * outputBytes;
          const goesOn = g0 > firstGroup;
          if (start >= end && goesOn) continue;
          multiplyPanels(group, headSize, queries, dWeights + square, dKeys + output, headSize, start, max(start, end), goesOn);
          multiplyPanels(group + leftBytes, headSize, queries, weights + square, dValues + output, headSize, start, max(start, end), goesOn);
        }
      }
      if (firstGroup >= lastQuery) memory.fill(dKeys, 0, usize(chunkPanels) * outputBytes * 2);
      for (let panel = 0; panel * LANES < count; panel++) {
        const key = k0 + panel * LANES;
        const valid = min(k0 + count - key, LANES);
        const output = usize(panel) * outputBytes;
        foundNaN = foundNaN || hasNaN(dKeys + output, headSize * LANES) || hasNaN(dValues + output, headSize * LANES);
        storeColumns(dKeys + output, headSize, valid, scales, head.dKeyRow(key), head.keyStride, k0 < written, spare);
        storeColumns(dValues + output, headSize, valid, ones, head.dValueRow(key), head.keyStride, k0 < written, spare);
      }
    }
    if (kEnd > written) {
      // A chunk is written, or added to, as a whole.
      const wholeChunks = kFirst + (kEnd - kFirst + chunk - 1) / chunk * chunk;
      written = zeroKeys(head, kEnd, min(wholeChunks, head.keys));
    }

    group = groups;
    for (let g0 = q0; g0 < qEnd; g0 += chunk, group += groupBytes) {
      let state = group + leftBytes * 2;
      const gEnd = min(g0 + chunk, qEnd);
      for (let first = g0; first < gEnd; first += LANES, state += stateBytes) {
        foundNaN = foundNaN || hasNaN(state + panelBytes * 2, headSize * LANES);
        storeColumns(state + panelBytes * 2, headSize, min(gEnd - first, LANES), scales, head.dQueryRow(first), head.queryStride, false, spare);
      }
    }
  }
  zeroKeys(head, written, head.keys);
  return foundNaN;
}

/** dk and dv of the keys [from, to) become 0; returns `to`, or `from` if that is greater. */
function zeroKeys(head: Head, from: i32, to: i32): i32 {
  for (let j = from; j < to; j++) {
    zeroRun(head.dKeyRow(j), head.headSize);
    zeroRun(head.dValueRow(j), head.headSize);
  }
  return max(from, to);
}

/** numbers = for `valid` queries from `first` on the maximum (8), 1 / sum (8) and D (8). */
function packNumbers(head: Head, first: i32, valid: i32, numbers: usize): void {
  for (let lane = 0; lane < LANES; lane++) {
    const at = numbers + (usize(lane) << 2);
    const sum = lane < valid ? load<f32>(head.sumOf(first + lane)) : 0;
    store<f32>(at, lane < valid ? load<f32>(head.maximumOf(first + lane)) : 0);
    // A query that does not exist, or sees nothing, gives every key the probability 0.
    store<f32>(at, sum > 0 ? f32(1) / sum : 0, ROW_BYTES);
    store<f32>(at, lane < valid ? dot(head.dyRow(first + lane), head.yRow(first + lane), head.headSize) : 0, 2 * ROW_BYTES);
  }
}

/**
 * scores (seen, 8) of queries `first` to `last` and the keys from `k0` on become probabilities p = exp(score - maximum) / sum, 0
 * where the query does not see the key; dScores (seen, 8), which hold dy v^T, become p * (dy v^T - D). numbers: maximum (8), 1 / sum
 * (8) and D (8). Rows up to the next multiple of eight become zero in both.
 */
function scoreGradient(head: Head, scores: usize, dScores: usize, seen: i32, first: i32, last: i32, k0: i32, numbers: usize): void {
  const lowMaximum = v128.load(numbers);
  const highMaximum = v128.load(numbers, 16);
  const lowFactor = v128.load(numbers, 32);
  const highFactor = v128.load(numbers, 48);
  const lowD = v128.load(numbers, 64);
  const highD = v128.load(numbers, 80);
  const commonFrom = head.commonKeysFrom(last) - k0;
  const commonEnd = head.commonKeysEnd(first) - k0;
  for (let row = 0; row < seen; row++) {
    const at = scores + usize(row * ROW_BYTES);
    const dAt = dScores + usize(row * ROW_BYTES);
    let low = f32x4.mul(expNegative(f32x4.sub(v128.load(at), lowMaximum)), lowFactor);
    let high = f32x4.mul(expNegative(f32x4.sub(v128.load(at, 16), highMaximum)), highFactor);
    if (row < commonFrom || row >= commonEnd) {
      low = v128.and(low, head.visibleLanes(first, k0 + row));
      high = v128.and(high, head.visibleLanes(first + 4, k0 + row));
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
