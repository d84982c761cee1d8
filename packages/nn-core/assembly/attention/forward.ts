// Computes attention of the queries of one head to the keys that they see: softmax(q k^T / sqrt(headSize)) v.
//
// The scores are never stored as a whole: keys come in chunks, and each panel of eight queries keeps its maximum, its sum and
// its unfinished output, which are rescaled when a chunk raises the maximum (Milakov and Gimelshein 2018; Dao et al. 2022).
//
// The keys of a panel are those that any of its queries sees; for the others their weight is 0. That is right unless the value
// is NaN or infinite, when 0 times it is NaN: rows with NaN are therefore computed once more, from the keys that they see alone.
import { storePartial } from '../lanes';
import { expNegative, expVector } from '../math';
import { EXTRA_ROWS, multiplyPanels, packLeftPanels } from '../matmul/panels';
import { hasNaN } from '../rows';
import { scratchAddress } from '../scratch';
import { addToPanel } from './added';
import { drawFactors, factorBytes, multiplyPanel } from './drop';
import { Head, scratchBehind } from './head';
import { ATTENTION_SCRATCH, LANES, ROW_BYTES, chunkOf, packQueries, storeColumns } from './layout';
import { attendQueryNaive } from './naive';

/** A maximum before there is a score: less than every score, and still a number that others can be subtracted from. */
const NO_MAXIMUM: f32 = -f32.MAX_VALUE;

/** y (queries, headSize), and maximum and sum (queries) if the head has them. */
export function attendHead(head: Head): void {
  const headSize = head.headSize;
  const queries = head.queries;
  const chunk = chunkOf(headSize);
  const panelBytes = headSize * ROW_BYTES;
  const outputBytes = (headSize + EXTRA_ROWS) * ROW_BYTES;
  // keys (chunk, headSize) and values (headSize, chunk) as left panels; scores (chunk, 8); then for each panel of queries
  // the queries (headSize, 8), the output (headSize, 8), the maxima (8) and the sums (8).
  const keys = scratchBehind(head);
  const values = keys + usize((chunk + EXTRA_ROWS) * headSize * 4);
  const scores = values + usize((headSize + EXTRA_ROWS) * chunk * 4);
  const spare = scores + usize((chunk + EXTRA_ROWS) * ROW_BYTES);
  const factors = spare + 64;
  const panels = factors + factorBytes(chunk);
  const stateBytes = usize(panelBytes + outputBytes + 2 * ROW_BYTES);
  const block = i32((scratchAddress() + ATTENTION_SCRATCH - panels) / stateBytes) * LANES;

  for (let q0 = 0; q0 < queries; q0 += block) {
    const qEnd = min(q0 + block, queries);
    let state = panels;
    for (let first = q0; first < qEnd; first += LANES, state += stateBytes) {
      packQueries(head.queryRow(first), head.queryStride, min(qEnd - first, LANES), headSize, head.scale, state);
      // Where no query of the panel sees a key, this is the result.
      if (head.firstKey(first) >= head.endKey(min(first + LANES, qEnd) - 1)) memory.fill(state + usize(panelBytes), 0, usize(outputBytes + 2 * ROW_BYTES));
    }
    const kEnd = head.endKey(qEnd - 1);
    for (let k0 = head.firstKey(q0); k0 < kEnd; k0 += chunk) {
      const count = min(chunk, kEnd - k0);
      packLeftPanels(head.keyRow(k0), head.keyStride, false, count, headSize, keys);
      packLeftPanels(head.valueRow(k0), head.keyStride, true, headSize, count, values);
      state = panels;
      for (let first = q0; first < qEnd; first += LANES, state += stateBytes) {
        const last = min(first + LANES, qEnd) - 1;
        const seen = min(count, head.endKey(last) - k0);
        const firstKey = head.firstKey(first);
        if (seen <= 0 || firstKey >= k0 + count) continue;
        const isFirstChunk = firstKey >= k0;
        const output = state + usize(panelBytes);
        multiplyPanels(keys, count, headSize, state, scores, seen, 0, headSize, false);
        addToPanel(head, scores, seen, first, last, k0, spare);
        hideScores(head, scores, seen, first, last, k0);
        softmaxOfChunk(scores, seen, isFirstChunk, output, headSize, output + usize(outputBytes));
        if (head.dropoutState) {
          drawFactors(head, factors, seen, chunk, first, last, k0);
          multiplyPanel(scores, factors, seen);
        }
        multiplyPanels(values, headSize, count, scores, output, headSize, 0, seen, !isFirstChunk);
      }
    }
    state = panels;
    for (let first = q0; first < qEnd; first += LANES, state += stateBytes) {
      const output = state + usize(panelBytes);
      const valid = min(qEnd - first, LANES);
      finish(head, output, output + usize(outputBytes), first, valid, spare);
      if (!hasNaN(output, headSize * LANES)) continue;
      for (let i = first; i < first + valid; i++) if (hasNaN(head.yRow(i), headSize)) attendQueryNaive(head, i);
    }
  }
}

/** scores (seen, 8) of queries `first` to `last` and the keys from `k0` on become -inf where the query does not see the key. */
function hideScores(head: Head, scores: usize, seen: i32, first: i32, last: i32, k0: i32): void {
  const hidden = f32x4.splat(f32.NEGATIVE_INFINITY);
  const commonFrom = head.commonKeysFrom(last) - k0;
  const commonEnd = head.commonKeysEnd(first) - k0;
  for (let row = 0; row < seen; row++) {
    if (row >= commonFrom && row < commonEnd) {
      row = commonEnd - 1;
      continue;
    }
    const at = scores + usize(row * ROW_BYTES);
    v128.store(at, v128.bitselect(v128.load(at), hidden, head.visibleLanes(first, k0 + row)));
    v128.store(at, v128.bitselect(v128.load(at, 16), hidden, head.visibleLanes(first + 4, k0 + row)), 16);
  }
}

/**
 * scores (seen, 8) become exp(score - maximum so far). maxima (8) and sums (8), side by side at `running`, take the chunk in; so
 * does output (headSize, 8), if the maximum rose. With `isFirstChunk` there is nothing yet.
 */
function softmaxOfChunk(scores: usize, seen: i32, isFirstChunk: bool, output: usize, headSize: i32, running: usize): void {
  const end = scores + usize(seen * ROW_BYTES);
  let low = f32x4.splat(NO_MAXIMUM);
  let high = low;
  for (let at = scores; at < end; at += ROW_BYTES) {
    low = f32x4.pmax(low, v128.load(at));
    high = f32x4.pmax(high, v128.load(at, 16));
  }
  let lowSum = f32x4.splat(0);
  let highSum = lowSum;
  if (!isFirstChunk) {
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
    const lowWeight = expNegative(f32x4.sub(v128.load(at), low));
    const highWeight = expNegative(f32x4.sub(v128.load(at, 16), high));
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

/** y of `valid` queries from `first` on = output (headSize, 8) over the sums; their maximum and sum. Without a visible key all are 0. */
function finish(head: Head, output: usize, running: usize, first: i32, valid: i32, spare: usize): void {
  const one = f32x4.splat(1);
  const sums = running + ROW_BYTES;
  const lowSum = v128.load(sums);
  const highSum = v128.load(sums, 16);
  const lowEmpty = f32x4.eq(lowSum, f32x4.splat(0));
  const highEmpty = f32x4.eq(highSum, f32x4.splat(0));
  v128.store(sums, v128.andnot(f32x4.div(one, lowSum), lowEmpty));
  v128.store(sums, v128.andnot(f32x4.div(one, highSum), highEmpty), 16);
  storeColumns(output, head.headSize, valid, sums, head.yRow(first), head.yStride, false, spare);
  if (!head.maximum) return;
  storeLanes(head.maximumOf(first), v128.andnot(v128.load(running), lowEmpty), v128.andnot(v128.load(running, 16), highEmpty), valid);
  storeLanes(head.sumOf(first), lowSum, highSum, valid);
}

/** Stores the first `valid` (1 to 8) of eight numbers. */
function storeLanes(to: usize, low: v128, high: v128, valid: i32): void {
  if (valid >= 4) v128.store(to, low);
  else storePartial(to, low, valid);
  if (valid == LANES) v128.store(to, high, 16);
  else if (valid > 4) storePartial(to + 16, high, valid - 4);
}
