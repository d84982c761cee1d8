// Computes attention (Vaswani et al. 2017) as products of matrices, with the (time, keyTime) scores of all heads in a buffer that
// lives only within the operation: with one output per invocation, never storing them would mean computing each of them once for
// every column of a head. Which keys a query sees is said in `backends/kernels.ts`.
//
// Head h is columns [h * headSize, (h + 1) * headSize) of the queries; `group` query heads share a head of keys and values, which
// begin at `keyColumn` and `valueColumn` of their rows.
import { quotient, rest, whole } from './helpers.js';
import type { Cube, Float, Halves, Int, Invocation, Matrix, Vector } from './language.js';

/** scores (batch * heads, time, keyTime)[query][key] = scale * q . k where the query sees the key, else `hidden`, which is less than any score */
export function attentionScores(
  this: Invocation, query: Matrix, key: Matrix, keyRanges: Halves, segments: Halves, keySegments: Halves, prefixLengths: Halves,
  time: Int, keyTime: Int, heads: Int, group: Int, headSize: Int, keyColumn: Int, behind: Int, ahead: Int, hasRanges: Int, hasSegments: Int, hasPrefix: Int,
  scale: Float, hidden: Float,
): Float {
  if (this.thread.x < this.thread.y + keyTime - time - behind) return hidden;
  const batch = quotient(this.thread.z, heads);
  if (this.thread.x > this.thread.y + keyTime - time + ahead) {
    if (hasPrefix === 0) return hidden;
    if (this.thread.x > this.thread.y + keyTime - time + behind) return hidden;
    if (whole(prefixLengths[batch][0], prefixLengths[batch][1]) <= this.thread.x) return hidden;
  }
  if (hasRanges === 1) {
    // The ends of the range stand on the left: there numbers are compared as floats, which hold any of them.
    if (whole(keyRanges[batch * 2][0], keyRanges[batch * 2][1]) > this.thread.x) return hidden;
    if (whole(keyRanges[batch * 2 + 1][0], keyRanges[batch * 2 + 1][1]) <= this.thread.x) return hidden;
  }
  if (hasSegments === 1) {
    if (segments[batch * time + this.thread.y][0] !== keySegments[batch * keyTime + this.thread.x][0]) return hidden;
    if (segments[batch * time + this.thread.y][1] !== keySegments[batch * keyTime + this.thread.x][1]) return hidden;
  }
  const head = rest(this.thread.z, batch, heads);
  const keyHead = quotient(head, group);
  let total = 0;
  for (let d = 0; d < headSize; d++) {
    total += query[batch * time + this.thread.y][head * headSize + d] * key[batch * keyTime + this.thread.x][keyColumn + keyHead * headSize + d];
  }
  return total * scale;
}

/**
 * scores (batch * heads, time, keyTime) + mask - slope * distance, where they are visible. mask (maskBatch * maskHeads, time, keyTime):
 * its layer for a sequence and head is sequence * maskBatchStep + head * maskHeadStep; slopes (heads)
 */
export function attentionAdded(
  this: Invocation, scores: Cube, mask: Cube, slopes: Vector,
  time: Int, keyTime: Int, heads: Int, maskBatchStep: Int, maskHeadStep: Int, hasMask: Int, hasSlopes: Int, hidden: Float,
): Float {
  if (scores[this.thread.z][this.thread.y][this.thread.x] <= hidden) return hidden;
  const batch = quotient(this.thread.z, heads);
  const head = rest(this.thread.z, batch, heads);
  let total = 0;
  total += scores[this.thread.z][this.thread.y][this.thread.x];
  if (hasMask === 1) {
    if (mask[batch * maskBatchStep + head * maskHeadStep][this.thread.y][this.thread.x] <= hidden) return hidden;
    total += mask[batch * maskBatchStep + head * maskHeadStep][this.thread.y][this.thread.x];
  }
  if (hasSlopes === 1) total -= slopes[head] * Math.abs(this.thread.y + keyTime - time - this.thread.x);
  return total;
}

/** maximum (batch * heads * time) of the visible scores (batch * heads * time, keyTime), 0 where there is none */
export function attentionMaximum(this: Invocation, scores: Matrix, keyTime: Int, hidden: Float): Float {
  let highest = hidden;
  for (let key = 0; key < keyTime; key++) highest = Math.max(highest, scores[this.thread.x][key]);
  if (highest <= hidden) return 0;
  return highest;
}

/** sum (batch * heads * time) of e^(score - maximum) over the visible scores (batch * heads * time, keyTime) */
export function attentionSum(this: Invocation, scores: Matrix, maxima: Vector, keyTime: Int, hidden: Float): Float {
  let total = 0;
  for (let key = 0; key < keyTime; key++) {
    if (scores[this.thread.x][key] > hidden) total += Math.exp(scores[this.thread.x][key] - maxima[this.thread.x]);
  }
  return total;
}

/** probabilities (batch * heads, time, keyTime) = e^(score - maximum) / sum, 0 for keys that are not visible; maxima, sums (batch * heads, time) */
export function attentionProbabilities(this: Invocation, scores: Cube, maxima: Matrix, sums: Matrix, hidden: Float): Float {
  if (scores[this.thread.z][this.thread.y][this.thread.x] <= hidden) return 0;
  return Math.exp(scores[this.thread.z][this.thread.y][this.thread.x] - maxima[this.thread.z][this.thread.y]) / sums[this.thread.z][this.thread.y];
}

/** y (batch * time, heads * headSize) = probabilities (batch * heads, time, keyTime) x values, over the keys in reach */
export function attentionValues(
  this: Invocation, probabilities: Cube, value: Matrix,
  time: Int, keyTime: Int, heads: Int, group: Int, headSize: Int, valueColumn: Int, behind: Int, ahead: Int,
): Float {
  const batch = quotient(this.thread.y, time);
  const row = rest(this.thread.y, batch, time);
  const head = quotient(this.thread.x, headSize);
  const column = quotient(head, group) * headSize + rest(this.thread.x, head, headSize);
  const first = Math.max(0, row + keyTime - time - behind);
  const end = Math.min(keyTime, row + keyTime - time + ahead + 1);
  let total = 0;
  for (let step = 0; first + step < end; step++) total += probabilities[batch * heads + head][row][first + step] * value[batch * keyTime + first + step][valueColumn + column];
  return total;
}

/**
 * scores (heads, rows, longest)[row][key] = scale * q . k - slope * distance, `hidden` for keys behind the row's position or too far before
 * it. cache (cacheRows, keys and values); places: of each row, where its sequence begins in the cache, and its position
 */
export function cachedScores(
  this: Invocation, query: Matrix, cache: Matrix, places: Halves, slopes: Vector,
  group: Int, headSize: Int, behind: Int, hasSlopes: Int, scale: Float, hidden: Float,
): Float {
  const first = whole(places[this.thread.y * 2][0], places[this.thread.y * 2][1]);
  const position = whole(places[this.thread.y * 2 + 1][0], places[this.thread.y * 2 + 1][1]);
  if (position < this.thread.x) return hidden;
  if (position - behind > this.thread.x) return hidden;
  const keyHead = quotient(this.thread.z, group);
  let total = 0;
  for (let d = 0; d < headSize; d++) {
    total += query[this.thread.y][this.thread.z * headSize + d] * cache[first + this.thread.x][keyHead * headSize + d];
  }
  if (hasSlopes === 1) return total * scale - slopes[this.thread.z] * (position - this.thread.x);
  return total * scale;
}

/** y (rows, heads * headSize) = probabilities (heads, rows, longest) x values of the cache; `missing` (NaN) where a place is not in it */
export function cachedValues(
  this: Invocation, probabilities: Cube, cache: Matrix, places: Halves,
  cacheRows: Int, longest: Int, group: Int, headSize: Int, valueColumn: Int, behind: Int, missing: Float,
): Float {
  const first = whole(places[this.thread.y * 2][0], places[this.thread.y * 2][1]);
  const position = whole(places[this.thread.y * 2 + 1][0], places[this.thread.y * 2 + 1][1]);
  if (first < 0) return missing;
  if (position < 0) return missing;
  if (position >= longest) return missing;
  if (first + position >= cacheRows) return missing;
  const head = quotient(this.thread.x, headSize);
  const column = quotient(head, group) * headSize + rest(this.thread.x, head, headSize);
  let total = 0;
  for (let key = 0; key < longest; key++) {
    if (position >= key) {
      if (position - behind <= key) total += probabilities[head][this.thread.y][key] * cache[first + key][valueColumn + column];
    }
  }
  return total;
}

/** (batch * heads * time) = dy . y of one query's head; y, dy (batch * time, heads * headSize) */
export function attentionDots(this: Invocation, y: Matrix, dy: Matrix, time: Int, heads: Int, headSize: Int): Float {
  const batchHead = quotient(this.thread.x, time);
  const batch = quotient(batchHead, heads);
  const row = batch * time + rest(this.thread.x, batchHead, time);
  const head = rest(batchHead, batch, heads) * headSize;
  let total = 0;
  for (let d = 0; d < headSize; d++) total += y[row][head + d] * dy[row][head + d];
  return total;
}

/** dScores (batch * heads, time, keyTime) = dropped probability * dy . v - probability * dots; dots (batch * heads, time), dy (batch * time, heads * headSize) */
export function attentionScoreGradient(
  this: Invocation, probabilities: Cube, dropped: Cube, value: Matrix, dy: Matrix, dots: Matrix,
  time: Int, keyTime: Int, heads: Int, group: Int, headSize: Int, valueColumn: Int,
): Float {
  const batch = quotient(this.thread.z, heads);
  const head = rest(this.thread.z, batch, heads);
  const keyHead = quotient(head, group);
  if (probabilities[this.thread.z][this.thread.y][this.thread.x] === 0) return 0;
  let total = 0;
  for (let d = 0; d < headSize; d++) {
    total += dy[batch * time + this.thread.y][head * headSize + d] * value[batch * keyTime + this.thread.x][valueColumn + keyHead * headSize + d];
  }
  return total * dropped[this.thread.z][this.thread.y][this.thread.x] - dots[this.thread.z][this.thread.y] * probabilities[this.thread.z][this.thread.y][this.thread.x];
}

/**
 * The columns from `from` on of dQuery, dKey and dValue side by side. With t the queries and s the keys in each other's reach:
 * dQuery_t = scale * sum over s of dScore[t][s] key_s; dKey_s = scale * sum over t and the heads of the group of dScore[t][s] query_t;
 * dValue_s = sum over t and the heads of the group of probability[t][s] dy_t
 */
export function attentionGradient(
  this: Invocation, probabilities: Cube, dScores: Cube, query: Matrix, key: Matrix, dy: Matrix,
  time: Int, keyTime: Int, heads: Int, group: Int, headSize: Int, keyColumn: Int, from: Int, behind: Int, ahead: Int, scale: Float,
): Float {
  const column = this.thread.x + from;
  const headColumn = quotient(column, headSize); // query heads, then heads of keys, then heads of values
  const d = rest(column, headColumn, headSize);
  let total = 0;
  if (headColumn < heads) {
    const batch = quotient(this.thread.y, time);
    const row = rest(this.thread.y, batch, time);
    const keyHead = quotient(headColumn, group);
    const first = Math.max(0, row + keyTime - time - behind);
    const end = Math.min(keyTime, row + keyTime - time + ahead + 1);
    for (let step = 0; first + step < end; step++) {
      total += dScores[batch * heads + headColumn][row][first + step] * key[batch * keyTime + first + step][keyColumn + keyHead * headSize + d];
    }
    return total * scale;
  }
  const sequence = quotient(this.thread.y, keyTime);
  const position = rest(this.thread.y, sequence, keyTime);
  const firstQuery = Math.max(0, position + time - keyTime - ahead);
  const endQuery = Math.min(time, position + time - keyTime + behind + 1);
  const keyHeads = quotient(heads, group);
  if (headColumn < heads + keyHeads) {
    for (let member = 0; member < group; member++) {
      const head = (headColumn - heads) * group + member;
      for (let later = 0; firstQuery + later < endQuery; later++) {
        total += dScores[sequence * heads + head][firstQuery + later][position] * query[sequence * time + firstQuery + later][head * headSize + d];
      }
    }
    return total * scale;
  }
  for (let other = 0; other < group; other++) {
    const valueHead = (headColumn - heads - keyHeads) * group + other;
    for (let next = 0; firstQuery + next < endQuery; next++) {
      total += probabilities[sequence * heads + valueHead][firstQuery + next][position] * dy[sequence * time + firstQuery + next][valueHead * headSize + d];
    }
  }
  return total;
}
