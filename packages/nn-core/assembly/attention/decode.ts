// Attention of one query to a cache, for one head: each key and each value is read once, where it lies. Reading decides the
// time, so nothing is packed.
import { maximumOfLanes, sumOfLanes } from '../lanes';
import { expScalar, expVector } from '../math';
import { addFourRows, addRow, dot, dotFour } from '../matmul/vectors';
import { scratchAddress } from '../scratch';

/** Keys whose scores are kept at a time: 16 KiB of scratch memory. */
const KEYS: i32 = 4096;

/**
 * y (headSize) = softmax(q k^T / sqrt(headSize)) v for q (headSize), k and v (seen, headSize) with rows `stride` bytes apart.
 * With more than KEYS keys, what was summed before is rescaled when the maximum rises (Milakov and Gimelshein 2018).
 */
export function attendOne(q: usize, k: usize, v: usize, stride: usize, y: usize, seen: i32, headSize: i32): void {
  const scale: f32 = f32(1) / sqrt<f32>(f32(headSize));
  const scores = scratchAddress();
  let maximum = f32.NEGATIVE_INFINITY;
  let sum: f32 = 0;
  memory.fill(y, 0, usize(headSize) << 2);
  for (let first = 0; first < seen; first += KEYS) {
    const count = min(KEYS, seen - first);
    const rows = k + usize(first) * stride;
    const whole = count & ~3;
    for (let j = 0; j < whole; j += 4) dotFour(q, rows + usize(j) * stride, stride, headSize, scores + (usize(j) << 2), 4);
    for (let j = whole; j < count; j++) store<f32>(scores + (usize(j) << 2), dot(q, rows + usize(j) * stride, headSize));
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
    if (first > 0) {
      const factor = expScalar(before - maximum);
      scaleRow(y, headSize, factor);
      sum *= factor;
    }
    sum += sumOfLanes(sums);
    const valueRows = v + usize(first) * stride;
    for (let j = 0; j < whole; j += 4) addFourRows(scores + (usize(j) << 2), 4, valueRows + usize(j) * stride, stride, y, headSize);
    for (let j = whole; j < count; j++) addRow(scores + (usize(j) << 2), valueRows + usize(j) * stride, y, headSize);
  }
  scaleRow(y, headSize, f32(1) / sum);
}

/** y (count) *= factor */
function scaleRow(y: usize, count: i32, factor: f32): void {
  for (const end = y + (usize(count) << 2); y < end; y += 4) store<f32>(y, load<f32>(y) * factor);
}
