// Attention of a run of queries to all keys at or before them, for one head: softmax(q k^T / sqrt(headSize)) v.
//
// The scores are never stored as a whole: keys come in chunks, and each panel of eight queries keeps its maximum, its sum and
// its unfinished output, which are rescaled when a chunk raises the maximum (Milakov and Gimelshein 2018; Dao et al. 2022).
import { expVector, logVector } from '../math';
import { EXTRA_ROWS, multiplyPanels, packLeftPanels } from '../matmul/panels';
import { scratchAddress } from '../scratch';
import { storePartial } from '../lanes';
import { ATTENTION_SCRATCH, LANES, ROW_BYTES, chunkOf, packQueries, storeColumns, visibleLanes, weightOf } from './layout';

/**
 * y (queries, headSize) and, unless it is 0, logSumExp (queries). q (queries, headSize), k and v (past + queries, headSize).
 * Rows of q, k, v and y lie qStride, kvStride and yStride bytes apart. Query i sees the keys [0, past + i].
 */
export function attendHead(
  q: usize, qStride: usize, k: usize, v: usize, kvStride: usize, y: usize, yStride: usize, logSumExp: usize,
  queries: i32, past: i32, headSize: i32,
): void {
  const scale: f32 = f32(1) / sqrt<f32>(f32(headSize));
  const chunk = chunkOf(headSize);
  const panelBytes = headSize * ROW_BYTES;
  const outputBytes = (headSize + EXTRA_ROWS) * ROW_BYTES;
  // keys (chunk, headSize) and values (headSize, chunk) as left panels; scores (chunk, 8); then for each panel of queries
  // the queries (headSize, 8), the output (headSize, 8), the maxima (8) and the sums (8).
  const keys = scratchAddress();
  const values = keys + usize((chunk + EXTRA_ROWS) * headSize * 4);
  const scores = values + usize((headSize + EXTRA_ROWS) * chunk * 4);
  const spare = scores + usize((chunk + EXTRA_ROWS) * ROW_BYTES);
  const panels = spare + 64;
  const stateBytes = usize(panelBytes + outputBytes + 2 * ROW_BYTES);
  const block = i32((scratchAddress() + ATTENTION_SCRATCH - panels) / stateBytes) * LANES;

  for (let q0 = 0; q0 < queries; q0 += block) {
    const qEnd = min(q0 + block, queries);
    let state = panels;
    for (let first = q0; first < qEnd; first += LANES, state += stateBytes) {
      packQueries(q + usize(first) * qStride, qStride, min(qEnd - first, LANES), headSize, scale, state);
    }
    for (let k0 = 0; k0 < past + qEnd; k0 += chunk) {
      const count = min(chunk, past + qEnd - k0);
      packLeftPanels(k + usize(k0) * kvStride, kvStride, false, count, headSize, keys);
      packLeftPanels(v + usize(k0) * kvStride, kvStride, true, headSize, count, values);
      state = panels;
      for (let first = q0; first < qEnd; first += LANES, state += stateBytes) {
        const seen = min(count, past + min(first + LANES, qEnd) - k0);
        if (seen <= 0) continue;
        const output = state + usize(panelBytes);
        multiplyPanels(keys, count, headSize, state, scores, seen, 0, headSize, false);
        softmaxOfChunk(scores, seen, past + first, k0, output, headSize, output + usize(outputBytes));
        multiplyPanels(values, headSize, count, scores, output, headSize, 0, seen, k0 > 0);
      }
    }
    state = panels;
    for (let first = q0; first < qEnd; first += LANES, state += stateBytes) {
      const output = state + usize(panelBytes);
      finish(output, output + usize(outputBytes), min(qEnd - first, LANES), headSize, y + usize(first) * yStride, yStride, logSumExp ? logSumExp + (usize(first) << 2) : 0, spare);
    }
  }
}

/**
 * scores (seen, 8) of the keys from `k0` on become exp(score - maximum so far), 0 where the query (`first` + lane) comes before
 * the key. maxima (8) and sums (8), side by side at `running`, take the chunk in; so does output (headSize, 8), if the maximum
 * rose. With k0 = 0 there is nothing yet.
 */
function softmaxOfChunk(scores: usize, seen: i32, first: i32, k0: i32, output: usize, headSize: i32, running: usize): void {
  const end = scores + usize(seen * ROW_BYTES);
  // Only keys after the first query are hidden from anybody.
  for (let row = max(first - k0 + 1, 0); row < seen; row++) {
    const at = scores + usize(row * ROW_BYTES);
    const hidden = f32x4.splat(f32.NEGATIVE_INFINITY);
    v128.store(at, v128.bitselect(v128.load(at), hidden, visibleLanes(first, k0 + row)));
    v128.store(at, v128.bitselect(v128.load(at, 16), hidden, visibleLanes(first + 4, k0 + row)), 16);
  }
  let low = v128.load(scores);
  let high = v128.load(scores, 16);
  for (let at = scores + ROW_BYTES; at < end; at += ROW_BYTES) {
    low = f32x4.pmax(low, v128.load(at));
    high = f32x4.pmax(high, v128.load(at, 16));
  }
  let lowSum = f32x4.splat(0);
  let highSum = lowSum;
  if (k0 > 0) {
    const oldLow = v128.load(running);
    const oldHigh = v128.load(running, 16);
    low = f32x4.pmax(low, oldLow);
    high = f32x4.pmax(high, oldHigh);
    const lowFactor = expVector(f32x4.sub(oldLow, low));
    const highFactor = expVector(f32x4.sub(oldHigh, high));
    lowSum = f32x4.mul(v128.load(running, 32), lowFactor);
    highSum = f32x4.mul(v128.load(running, 48), highFactor);
    if (v128.any_true(v128.or(f32x4.ne(oldLow, low), f32x4.ne(oldHigh, high)))) {
      for (const outputEnd = output + usize(headSize * ROW_BYTES); output < outputEnd; output += ROW_BYTES) {
        v128.store(output, f32x4.mul(v128.load(output), lowFactor));
        v128.store(output, f32x4.mul(v128.load(output, 16), highFactor), 16);
      }
    }
  }
  for (let at = scores; at < end; at += ROW_BYTES) {
    const lowWeight = weightOf(f32x4.sub(v128.load(at), low));
    const highWeight = weightOf(f32x4.sub(v128.load(at, 16), high));
    lowSum = f32x4.add(lowSum, lowWeight);
    highSum = f32x4.add(highSum, highWeight);
    v128.store(at, lowWeight);
    v128.store(at, highWeight, 16);
  }
  v128.store(running, low);
  v128.store(running, high, 16);
  v128.store(running, lowSum, 32);
  v128.store(running, highSum, 48);
}

/** y (valid, headSize) = output (headSize, 8) over the sums; logSumExp (valid) = maximum + log(sum). */
function finish(output: usize, running: usize, valid: i32, headSize: i32, y: usize, yStride: usize, logSumExp: usize, spare: usize): void {
  const one = f32x4.splat(1);
  const sums = running + ROW_BYTES;
  const lowSum = v128.load(sums);
  const highSum = v128.load(sums, 16);
  v128.store(sums, f32x4.div(one, lowSum));
  v128.store(sums, f32x4.div(one, highSum), 16);
  storeColumns(output, headSize, valid, sums, y, yStride, false, spare);
  if (!logSumExp) return;
  const low = f32x4.add(v128.load(running), logVector(lowSum));
  const high = f32x4.add(v128.load(running, 16), logVector(highSum));
  if (valid >= 4) v128.store(logSumExp, low);
  else storePartial(logSumExp, low, valid);
  if (valid == LANES) v128.store(logSumExp, high, 16);
  else if (valid > 4) storePartial(logSumExp + 16, high, valid - 4);
}
