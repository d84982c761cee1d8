// Causal self-attention (Vaswani et al. 2017) as products of matrices, with the (time, time) scores of all heads in a
// buffer that lives only within the operation: with one output per invocation, never storing them would mean computing
// each of them once for every column of a head.
//
// width = heads * headSize; head h is columns [h * headSize, (h + 1) * headSize) of the query, the key and the value.
// qkv is (batch * time, 3 * width): query, key and value side by side. scale = 1 / sqrt(headSize).
import { quotient, rest } from './helpers.js';
import type { Cube, Float, Int, Invocation, Matrix } from './language.js';

/** scores (batch * heads, time, time)[query][key] = scale * q . k for keys at or before the query, else 0 */
export function attentionScores(this: Invocation, qkv: Matrix, time: Int, heads: Int, headSize: Int, scale: Float): Float {
  if (this.thread.x > this.thread.y) return 0;
  const batch = quotient(this.thread.z, heads);
  const head = rest(this.thread.z, batch, heads) * headSize;
  let total = 0;
  for (let d = 0; d < headSize; d++) {
    total += qkv[batch * time + this.thread.y][head + d] * qkv[batch * time + this.thread.x][heads * headSize + head + d];
  }
  return total * scale;
}

/** The same for `count` new queries against a cache of keys (batch, capacity, width): scores (batch * heads, count, past + count) */
export function cachedScores(this: Invocation, qkv: Matrix, keys: Cube, count: Int, past: Int, heads: Int, headSize: Int, scale: Float): Float {
  if (this.thread.x > this.thread.y + past) return 0;
  const batch = quotient(this.thread.z, heads);
  const head = rest(this.thread.z, batch, heads) * headSize;
  let total = 0;
  for (let d = 0; d < headSize; d++) total += qkv[batch * count + this.thread.y][head + d] * keys[batch][this.thread.x][head + d];
  return total * scale;
}

/** logSumExp (batch * heads * count) of scores (batch * heads * count, past + count) over the keys that the query sees */
export function visibleLogSumExp(this: Invocation, scores: Matrix, count: Int, past: Int): Float {
  const query = rest(this.thread.x, quotient(this.thread.x, count), count) + past;
  let highest = scores[this.thread.x][0];
  for (let key = 1; key <= query; key++) highest = Math.max(highest, scores[this.thread.x][key]);
  let total = 0;
  for (let seen = 0; seen <= query; seen++) total += Math.exp(scores[this.thread.x][seen] - highest);
  return highest + Math.log(total);
}

/** probabilities, the shape of scores (batch * heads, count, past + count) = e^(score - logSumExp), 0 where the query does not see the key */
export function visibleSoftmax(this: Invocation, scores: Cube, logSumExps: Matrix, past: Int): Float {
  if (this.thread.x > this.thread.y + past) return 0;
  return Math.exp(scores[this.thread.z][this.thread.y][this.thread.x] - logSumExps[this.thread.z][this.thread.y]);
}

/** y (batch * time, width) = sum over the visible keys of probability * value; probabilities (batch * heads, time, time) */
export function attentionValues(this: Invocation, probabilities: Cube, qkv: Matrix, time: Int, heads: Int, headSize: Int): Float {
  const batch = quotient(this.thread.y, time);
  const query = rest(this.thread.y, batch, time);
  const head = batch * heads + quotient(this.thread.x, headSize);
  let total = 0;
  for (let key = 0; key <= query; key++) total += probabilities[head][query][key] * qkv[batch * time + key][2 * heads * headSize + this.thread.x];
  return total;
}

/** The same from a cache of values (batch, capacity, width): y (batch * count, width); probabilities (batch * heads, count, past + count) */
export function cachedValues(this: Invocation, probabilities: Cube, values: Cube, count: Int, past: Int, heads: Int, headSize: Int): Float {
  const batch = quotient(this.thread.y, count);
  const query = rest(this.thread.y, batch, count);
  const head = batch * heads + quotient(this.thread.x, headSize);
  let total = 0;
  for (let key = 0; key <= query + past; key++) total += probabilities[head][query][key] * values[batch][key][this.thread.x];
  return total;
}

/** cache (batch, capacity, width), with positions [past, past + count) from third `part` (1 key, 2 value) of qkv (batch * count, 3 * width) */
export function appended(this: Invocation, qkv: Matrix, cache: Cube, count: Int, past: Int, width: Int, part: Int): Float {
  if (this.thread.y < past) return cache[this.thread.z][this.thread.y][this.thread.x];
  if (this.thread.y >= past + count) return cache[this.thread.z][this.thread.y][this.thread.x];
  return qkv[this.thread.z * count + this.thread.y - past][part * width + this.thread.x];
}

/** probabilities (batch * heads, time, time) again, from qkv and logSumExp (batch * heads, time): recomputed, not kept (Dao et al. 2022) */
export function attentionProbabilities(this: Invocation, qkv: Matrix, logSumExps: Matrix, time: Int, heads: Int, headSize: Int, scale: Float): Float {
  if (this.thread.x > this.thread.y) return 0;
  const batch = quotient(this.thread.z, heads);
  const head = rest(this.thread.z, batch, heads) * headSize;
  let total = 0;
  for (let d = 0; d < headSize; d++) {
    total += qkv[batch * time + this.thread.y][head + d] * qkv[batch * time + this.thread.x][heads * headSize + head + d];
  }
  return Math.exp(total * scale - logSumExps[this.thread.z][this.thread.y]);
}

/** (batch * heads * time) = dy . y of one query's head; y, dy (batch * time, width) */
export function attentionDots(this: Invocation, y: Matrix, dy: Matrix, time: Int, heads: Int, headSize: Int): Float {
  const batchHead = quotient(this.thread.x, time);
  const batch = quotient(batchHead, heads);
  const row = batch * time + rest(this.thread.x, batchHead, time);
  const head = rest(batchHead, batch, heads) * headSize;
  let total = 0;
  for (let d = 0; d < headSize; d++) total += y[row][head + d] * dy[row][head + d];
  return total;
}

/** dScores (batch * heads, time, time) = probability * (dy . v - dots); dots (batch * heads, time), dy (batch * time, width) */
export function attentionScoreGradient(
  this: Invocation, probabilities: Cube, qkv: Matrix, dy: Matrix, dots: Matrix, time: Int, heads: Int, headSize: Int,
): Float {
  if (this.thread.x > this.thread.y) return 0;
  const batch = quotient(this.thread.z, heads);
  const head = rest(this.thread.z, batch, heads) * headSize;
  let total = 0 - dots[this.thread.z][this.thread.y];
  for (let d = 0; d < headSize; d++) {
    total += dy[batch * time + this.thread.y][head + d] * qkv[batch * time + this.thread.x][2 * heads * headSize + head + d];
  }
  return total * probabilities[this.thread.z][this.thread.y][this.thread.x];
}

/**
 * dqkv (batch * time, 3 * width): dq_t = scale * sum over keys s <= t of dScore[t][s] k_s; dk_s = scale * sum over queries t >= s of
 * dScore[t][s] q_t; dv_s = sum over t >= s of probability[t][s] dy_t
 */
export function attentionGradient(
  this: Invocation, probabilities: Cube, dScores: Cube, qkv: Matrix, dy: Matrix, time: Int, heads: Int, headSize: Int, scale: Float,
): Float {
  const batch = quotient(this.thread.y, time);
  const at = rest(this.thread.y, batch, time);
  const part = quotient(this.thread.x, heads * headSize);
  const column = rest(this.thread.x, part, heads * headSize);
  const head = batch * heads + quotient(column, headSize);
  let total = 0;
  if (part === 0) {
    for (let key = 0; key <= at; key++) total += dScores[head][at][key] * qkv[batch * time + key][heads * headSize + column];
    return total * scale;
  }
  if (part === 1) {
    for (let later = 0; later + at < time; later++) total += dScores[head][at + later][at] * qkv[batch * time + at + later][column];
    return total * scale;
  }
  for (let later = 0; later + at < time; later++) total += probabilities[head][at + later][at] * dy[batch * time + at + later][column];
  return total;
}
