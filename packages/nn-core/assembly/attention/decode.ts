// Computes attention of one query to all keys that it sees, for one head: each key and each value is read once, where it lies.
// Reading decides the time, so nothing is packed.
import { maximumOfLanes, sumOfLanes } from '../lanes';
import { expScalar, expVector } from '../math';
import { addFourRows, addRow, dot, dotFour } from '../matmul/vectors';
import { hasNaN, rowMaximum } from '../rows';
import { exponentials } from '../softmax';
import { addToRow } from './added';
import { Head, scratchBehind } from './head';
import { attendQueryNaive } from './naive';

/** Keys whose scores are kept at a time: 16 KiB of scratch memory. */
const KEYS: i32 = 4096;

/**
 * y of query i = softmax(q k^T / sqrt(headSize)) v; segments are not looked at.
 * With more than KEYS keys, what was summed before is rescaled when the maximum rises (Milakov and Gimelshein 2018).
 */
export function attendOne(head: Head, i: i32): void {
  const headSize = head.headSize;
  const stride = head.keyStride;
  const isAddedTo = head.mask != 0 || head.alibiSlopes != 0;
  // What the scores are still to be multiplied with: they are finished before anything is added.
  const scale: f32 = isAddedTo ? 1 : head.scale;
  const scores = scratchBehind(head);
  const q = head.queryRow(i);
  const y = head.yRow(i);
  const from = head.firstKey(i);
  const stop = head.endKey(i);
  memory.fill(y, 0, usize(headSize) << 2);
  if (from >= stop) return;
  let maximum: f32 = -f32.MAX_VALUE;
  let sum: f32 = 0;
  for (let first = from; first < stop; first += KEYS) {
    const count = min(KEYS, stop - first);
    const whole = count & ~3;
    scoreKeys(head, q, first, count, scores);
    if (isAddedTo) {
      scaleRow(scores, count, head.scale);
      addToRow(head, scores, i, first, count);
    }
    const before = maximum;
    // Lanes beyond the last score get weight 0.
    const padded = (count + 3) & ~3;
    for (let j = count; j < padded; j++) store<f32>(scores + (usize(j) << 2), f32.NEGATIVE_INFINITY);
    const end = scores + (usize(padded) << 2);
    let maxima = f32x4.splat(f32.NEGATIVE_INFINITY);
    for (let at = scores; at < end; at += 16) maxima = f32x4.pmax(maxima, v128.load(at));
    maximum = max(before, maximumOfLanes(maxima) * scale);
    let sums = f32x4.splat(0);
    for (let at = scores; at < end; at += 16) {
      const weights = expVector(f32x4.sub(f32x4.mul(v128.load(at), f32x4.splat(scale)), f32x4.splat(maximum)));
      sums = f32x4.add(sums, weights);
      v128.store(at, weights);
    }
    if (first > from) {
      const factor = expScalar(before - maximum);
      scaleRow(y, headSize, factor);
      sum *= factor;
    }
    sum += sumOfLanes(sums);
    const valueRows = head.valueRow(first);
    for (let j = 0; j < whole; j += 4) addFourRows(scores + (usize(j) << 2), 4, valueRows + usize(j) * stride, stride, y, headSize);
    for (let j = whole; j < count; j++) addRow(scores + (usize(j) << 2), valueRows + usize(j) * stride, y, headSize);
  }
  scaleRow(y, headSize, sum == 0 ? 0 : f32(1) / sum);
  // A key that the mask hides has the weight 0, and 0 times NaN or infinity is NaN.
  if (head.mask && hasNaN(y, headSize)) attendQueryNaive(head, i);
}

/** weights (keys) of query i: its probabilities, 0 for keys that it does not see. */
export function weightsOfOne(head: Head, i: i32, weights: usize): void {
  memory.fill(weights, 0, usize(head.keys) << 2);
  const from = head.firstKey(i);
  const count = head.endKey(i) - from;
  if (count <= 0) return;
  const row = weights + (usize(from) << 2);
  scoreKeys(head, head.queryRow(i), from, count, row);
  scaleRow(row, count, head.scale);
  if (head.mask || head.alibiSlopes) addToRow(head, row, i, from, count);
  if (head.segments || head.mask) {
    for (let j = 0; j < count; j++) if (!head.sees(i, from + j)) store<f32>(row + (usize(j) << 2), f32.NEGATIVE_INFINITY);
  }
  const maximum = rowMaximum(row, count);
  if (maximum == f32.NEGATIVE_INFINITY) memory.fill(row, 0, usize(count) << 2);
  else scaleRow(row, count, f32(1 / exponentials(row, row, count, maximum)));
}

/** scores (count) = q . k for the keys from `first` on, not yet scaled. */
function scoreKeys(head: Head, q: usize, first: i32, count: i32, scores: usize): void {
  const stride = head.keyStride;
  const rows = head.keyRow(first);
  const whole = count & ~3;
  for (let j = 0; j < whole; j += 4) dotFour(q, rows + usize(j) * stride, stride, head.headSize, scores + (usize(j) << 2), 4);
  for (let j = whole; j < count; j++) store<f32>(scores + (usize(j) << 2), dot(q, rows + usize(j) * stride, head.headSize));
}

/** y (count) *= factor */
function scaleRow(y: usize, count: i32, factor: f32): void {
  for (const end = y + (usize(count) << 2); y < end; y += 4) store<f32>(y, load<f32>(y) * factor);
}
