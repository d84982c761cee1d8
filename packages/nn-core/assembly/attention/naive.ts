// Causal attention as its formulas say, one query after the other: what tests compare the fast kernels with, and what computes
// heads that are too large for their scratch memory. Keys are visited twice, so that no scores need to be kept.
//
// The fast ones (`forward.ts`, `gradient.ts`) make matrix products of packed panels out of the same sums.
import { expScalar, logScalar } from '../math';
import { dot } from '../matmul/vectors';

/** As `attendHead`: y (queries, headSize), logSumExp (queries) or 0; query i sees the keys [0, past + i]. */
export function attendHeadNaive(
  q: usize, qStride: usize, k: usize, v: usize, kvStride: usize, y: usize, yStride: usize, logSumExp: usize,
  queries: i32, past: i32, headSize: i32,
): void {
  const scale: f32 = f32(1) / sqrt<f32>(f32(headSize));
  for (let i = 0; i < queries; i++) {
    const query = q + usize(i) * qStride;
    const output = y + usize(i) * yStride;
    const seen = past + i + 1;
    let maximum = f32.NEGATIVE_INFINITY;
    for (let j = 0; j < seen; j++) maximum = max(maximum, dot(query, k + usize(j) * kvStride, headSize) * scale);
    memory.fill(output, 0, usize(headSize) << 2);
    let sum: f32 = 0;
    for (let j = 0; j < seen; j++) {
      const weight = expScalar(dot(query, k + usize(j) * kvStride, headSize) * scale - maximum);
      sum += weight;
      addScaled(output, v + usize(j) * kvStride, weight, headSize);
    }
    for (let d = 0; d < headSize; d++) {
      const at = output + (usize(d) << 2);
      store<f32>(at, load<f32>(at) / sum);
    }
    if (logSumExp) store<f32>(logSumExp + (usize(i) << 2), maximum + logScalar(sum));
  }
}

/** As `attendHeadGradient`: dq, dk, dv (time, headSize). */
export function attendHeadGradientNaive(
  q: usize, k: usize, v: usize, stride: usize, y: usize, dy: usize, yStride: usize, logSumExp: usize,
  dq: usize, dk: usize, dv: usize, time: i32, headSize: i32,
): void {
  const scale: f32 = f32(1) / sqrt<f32>(f32(headSize));
  for (let i = 0; i < time; i++) {
    memory.fill(dq + usize(i) * stride, 0, usize(headSize) << 2);
    memory.fill(dk + usize(i) * stride, 0, usize(headSize) << 2);
    memory.fill(dv + usize(i) * stride, 0, usize(headSize) << 2);
  }
  for (let i = 0; i < time; i++) {
    const query = q + usize(i) * stride;
    const dOutput = dy + usize(i) * yStride;
    const dyDotY = dot(dOutput, y + usize(i) * yStride, headSize);
    for (let j = 0; j <= i; j++) {
      const at = usize(j) * stride;
      const p = expScalar(dot(query, k + at, headSize) * scale - load<f32>(logSumExp + (usize(i) << 2)));
      const dScore = p * (dot(dOutput, v + at, headSize) - dyDotY) * scale;
      addScaled(dv + at, dOutput, p, headSize);
      addScaled(dq + usize(i) * stride, k + at, dScore, headSize);
      addScaled(dk + at, query, dScore, headSize);
    }
  }
}

/** y (count) += x (count) * factor */
function addScaled(y: usize, x: usize, factor: f32, count: i32): void {
  for (const end = y + (usize(count) << 2); y < end; y += 4) {
    store<f32>(y, load<f32>(y) + load<f32>(x) * factor);
    x += 4;
  }
}
