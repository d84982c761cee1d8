// Causal self-attention (Vaswani et al. 2017), its gradient, and the variant with a cache for generation.
//
// width = heads * headSize; head h is columns [h * headSize, (h + 1) * headSize) of the query, of the key and of the
// value. Probabilities are recomputed in the gradient from the stored logSumExp (Dao et al. 2022), never kept.
import type { FloatArray } from './arrays.js';
import { logSumExpOf } from './rows.js';

/** The sum of a[atA + d] * b[atB + d] for d in [0, length). */
function dot(a: FloatArray, atA: number, b: FloatArray, atB: number, length: number): number {
  let total = 0;
  for (let d = 0; d < length; d++) total += a[atA + d] * b[atB + d];
  return total;
}

/**
 * qkv (batch, time, 3 * width): query, key and value side by side; y (batch, time, width) =
 * softmax(q k^T / sqrt(headSize), keys at or before the query) v; logSumExp (batch, heads, time) of the scaled scores
 */
export function causalAttention(
  qkv: FloatArray, y: FloatArray, logSumExp: FloatArray,
  batch: number, time: number, heads: number, headSize: number,
): void {
  const width = heads * headSize;
  const scores = new Float64Array(time);
  for (let b = 0; b < batch; b++)
    for (let h = 0; h < heads; h++)
      for (let t = 0; t < time; t++) {
        const query = (b * time + t) * 3 * width + h * headSize;
        for (let s = 0; s <= t; s++) {
          const key = (b * time + s) * 3 * width + width + h * headSize;
          scores[s] = dot(qkv, query, qkv, key, headSize) / Math.sqrt(headSize);
        }
        const normaliser = logSumExpOf(scores, 0, t + 1);
        logSumExp[(b * heads + h) * time + t] = normaliser;
        for (let d = 0; d < headSize; d++) {
          let total = 0;
          for (let s = 0; s <= t; s++) {
            const value = (b * time + s) * 3 * width + 2 * width + h * headSize;
            total += Math.exp(scores[s] - normaliser) * qkv[value + d];
          }
          y[(b * time + t) * width + h * headSize + d] = total;
        }
      }
}

/**
 * dqkv (batch, time, 3 * width) from qkv (batch, time, 3 * width), y and dy (batch, time, width), logSumExp (batch, heads, time).
 *
 * With p the probability of key s for query t: dv_s += p dy_t; dScore = p (dy_t . v_s - dy_t . y_t);
 * dq_t += dScore k_s / sqrt(headSize); dk_s += dScore q_t / sqrt(headSize).
 */
export function causalAttentionGradient(
  qkv: FloatArray, y: FloatArray, logSumExp: FloatArray, dy: FloatArray, dqkv: FloatArray,
  batch: number, time: number, heads: number, headSize: number,
): void {
  const width = heads * headSize;
  const scale = 1 / Math.sqrt(headSize);
  const total = new Float64Array(batch * time * 3 * width);
  for (let b = 0; b < batch; b++)
    for (let h = 0; h < heads; h++)
      for (let t = 0; t < time; t++) {
        const query = (b * time + t) * 3 * width + h * headSize;
        const out = (b * time + t) * width + h * headSize;
        const normaliser = logSumExp[(b * heads + h) * time + t];
        const dyDotY = dot(dy, out, y, out, headSize);
        for (let s = 0; s <= t; s++) {
          const key = (b * time + s) * 3 * width + width + h * headSize;
          const value = key + width;
          const probability = Math.exp(dot(qkv, query, qkv, key, headSize) * scale - normaliser);
          const dScore = probability * (dot(dy, out, qkv, value, headSize) - dyDotY);
          for (let d = 0; d < headSize; d++) {
            total[value + d] += probability * dy[out + d];
            total[query + d] += dScore * qkv[key + d] * scale;
            total[key + d] += dScore * qkv[query + d] * scale;
          }
        }
      }
  for (let i = 0; i < total.length; i++) dqkv[i] = total[i];
}

/**
 * Appends the keys and values of qkv (batch, count, 3 * width) to keys and values (batch, capacity, width) at positions
 * [past, past + count); then y (batch, count, width): query i attends to positions [0, past + i]. past + count <= capacity
 */
export function cachedAttention(
  qkv: FloatArray, keys: FloatArray, values: FloatArray, y: FloatArray,
  batch: number, count: number, past: number, capacity: number, heads: number, headSize: number,
): void {
  const width = heads * headSize;
  for (let b = 0; b < batch; b++)
    for (let i = 0; i < count; i++)
      for (let w = 0; w < width; w++) {
        const from = (b * count + i) * 3 * width + w;
        const to = (b * capacity + past + i) * width + w;
        keys[to] = qkv[from + width];
        values[to] = qkv[from + 2 * width];
      }
  const scores = new Float64Array(past + count);
  for (let b = 0; b < batch; b++)
    for (let h = 0; h < heads; h++)
      for (let i = 0; i < count; i++) {
        const visible = past + i + 1;
        const query = (b * count + i) * 3 * width + h * headSize;
        const cached = (s: number): number => (b * capacity + s) * width + h * headSize;
        for (let s = 0; s < visible; s++) scores[s] = dot(qkv, query, keys, cached(s), headSize) / Math.sqrt(headSize);
        const normaliser = logSumExpOf(scores, 0, visible);
        for (let d = 0; d < headSize; d++) {
          let total = 0;
          for (let s = 0; s < visible; s++) total += Math.exp(scores[s] - normaliser) * values[cached(s) + d];
          y[(b * count + i) * width + h * headSize + d] = total;
        }
      }
}
