// Computes attention (Vaswani et al. 2017), its gradient, and its weights alone; see `../kernels.ts` for the shapes and for which
// keys a query sees. Attention to a cache is in `cached-attention.ts`.
//
// Probabilities are recomputed in the gradient from each row's maximum and sum (Dao et al. 2022), never kept. Scores are rounded to
// what the buffers hold, as their maximum is: where that leaves gaps between large numbers, the two must have the same ones.
import type { FloatArray } from '../arrays.js';
import { keepFactor } from './dropout.js';

/** One head's rows in a buffer: row r of sequence b begins at (b * rows + r) * columns + column. */
interface Rows {
  readonly array: FloatArray;
  /** Rows of each sequence. */
  readonly rows: number;
  /** Numbers in a row. */
  readonly columns: number;
  /** Where the first head begins in a row. */
  readonly column: number;
}

/** The sizes of one call, which keys its queries see, and what is added to their scores. */
interface Sizes {
  readonly batch: number;
  readonly time: number;
  readonly keyTime: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly behind: number;
  readonly ahead: number;
  readonly keyRanges: Int32Array | null;
  readonly segments: Int32Array | null;
  readonly keySegments: Int32Array | null;
  readonly prefixLengths: Int32Array | null;
  /** (maskBatch, maskHeads, time, keyTime) */
  readonly mask: FloatArray | null;
  readonly alibiSlopes: FloatArray | null;
  readonly maskBatch: number;
  readonly maskHeads: number;
  readonly dropoutState?: Int32Array | null;
  readonly dropout?: number;
  readonly stream?: number;
}

/** The sum of a[atA + d] * b[atB + d] for d in [0, length). */
function dot(a: FloatArray, atA: number, b: FloatArray, atB: number, length: number): number {
  let total = 0;
  for (let d = 0; d < length; d++) total += a[atA + d] * b[atB + d];
  return total;
}

const place = ({ rows, columns, column }: Rows, sequence: number, row: number, head: number, headSize: number): number =>
  (sequence * rows + row) * columns + column + head * headSize;

/** The keys that query t of a sequence sees, in order, unless the mask hides them. */
function reachedKeys(sizes: Sizes, sequence: number, t: number): number[] {
  const { time, keyTime, behind, ahead, keyRanges, segments, keySegments, prefixLengths } = sizes;
  const position = t + keyTime - time;
  const from = Math.max(0, position - behind, keyRanges ? keyRanges[2 * sequence] : 0);
  // Of the prefix, a query sees as far ahead as behind.
  const reach = Math.max(position + ahead + 1, prefixLengths ? Math.min(prefixLengths[sequence], position + behind + 1) : 0);
  const end = Math.min(keyTime, reach, keyRanges ? keyRanges[2 * sequence + 1] : keyTime);
  const keys: number[] = [];
  for (let s = from; s < end; s++) {
    if (!segments || !keySegments || segments[sequence * time + t] === keySegments[sequence * keyTime + s]) keys.push(s);
  }
  return keys;
}

/** Where the mask's numbers for query t of a head begin. */
const maskRow = ({ time, keyTime, maskBatch, maskHeads }: Sizes, sequence: number, head: number, t: number): number =>
  (((maskBatch > 1 ? sequence : 0) * maskHeads + (maskHeads > 1 ? head : 0)) * time + t) * keyTime;

/** What dropout multiplies the weight of key s in a row of (batch, heads, time) with: 0, or 1 / (1 - dropout); 1 without dropout. */
const dropFactor = ({ keyTime, dropoutState, dropout = 0, stream = 0 }: Sizes, row: number, s: number): number =>
  dropoutState ? keepFactor(dropoutState, row * keyTime + s, dropout, stream) : 1;

/** Calls `visit` for each query of each head with the keys that it sees and its number in (batch, heads, time). */
function forEachQuery(sizes: Sizes, visit: (sequence: number, head: number, keyHead: number, t: number, keys: readonly number[], row: number) => void): void {
  const { batch, time, heads, keyValueHeads, mask } = sizes;
  for (let b = 0; b < batch; b++)
    for (let t = 0; t < time; t++) {
      const reached = reachedKeys(sizes, b, t);
      for (let h = 0; h < heads; h++) {
        const keys = mask ? reached.filter((s) => mask[maskRow(sizes, b, h, t) + s] !== -Infinity) : reached;
        visit(b, h, Math.floor((h * keyValueHeads) / heads), t, keys, (b * heads + h) * time + t);
      }
    }
}

/** What softmax needs of the scores of one query: their maximum, and the sum of e^(score - maximum); 0 and 0 without any. */
function softmaxParts(scores: readonly number[]): { maximum: number; sum: number } {
  const maximum = scores.length > 0 ? scores.reduce((highest, score) => Math.max(highest, score)) : 0;
  return { maximum, sum: scores.reduce((sum, score) => sum + Math.exp(score - maximum), 0) };
}

/** query . key / sqrt(headSize) + mask - slope * distance, for these keys */
function scoresOf(sizes: Sizes, query: Rows, key: Rows, b: number, h: number, keyHead: number, t: number, keys: readonly number[]): number[] {
  const { time, keyTime, headSize, mask, alibiSlopes } = sizes;
  const at = place(query, b, t, h, headSize);
  const slope = alibiSlopes ? alibiSlopes[h] : 0;
  const position = t + keyTime - time;
  const rounded = query.array instanceof Float32Array ? Math.fround : (score: number) => score;
  return keys.map((s) => {
    const added = (mask ? mask[maskRow(sizes, b, h, t) + s] : 0) - slope * Math.abs(position - s);
    return rounded(dot(query.array, at, key.array, place(key, b, s, keyHead, headSize), headSize) / Math.sqrt(headSize) + added);
  });
}

/** y = softmax(query key^T / sqrt(headSize)) value over the visible keys; maximum and sum (batch, heads, time), where they are wanted. */
function forward(sizes: Sizes, query: Rows, key: Rows, value: Rows, y: Rows, maxima?: FloatArray, sums?: FloatArray): void {
  const { headSize } = sizes;
  forEachQuery(sizes, (b, h, keyHead, t, keys, row) => {
    const scores = scoresOf(sizes, query, key, b, h, keyHead, t, keys);
    const { maximum, sum } = softmaxParts(scores);
    if (maxima) maxima[row] = maximum;
    if (sums) sums[row] = sum;
    const out = place(y, b, t, h, headSize);
    const factors = keys.map((s) => dropFactor(sizes, row, s));
    for (let d = 0; d < headSize; d++) {
      let total = 0;
      keys.forEach((s, i) => (total += (Math.exp(scores[i] - maximum) / sum) * factors[i] * value.array[place(value, b, s, keyHead, headSize) + d]));
      y.array[out + d] = total;
    }
  });
}

/**
 * Adds to dQuery, dKey and dValue, which are shaped as query, key and value and begin as zeros. With p the probability of key s
 * for query t and f its factor of dropout: dValue_s += p f dy_t; dScore = p (f dy_t . value_s - dy_t . y_t); dQuery_t += dScore key_s / sqrt(headSize);
 * dKey_s += dScore query_t / sqrt(headSize).
 */
function backward(
  sizes: Sizes, query: Rows, key: Rows, value: Rows, y: Rows, maxima: FloatArray, sums: FloatArray, dy: FloatArray,
  dQuery: FloatArray, dKey: FloatArray, dValue: FloatArray,
): void {
  const { headSize } = sizes;
  const scale = 1 / Math.sqrt(headSize);
  forEachQuery(sizes, (b, h, keyHead, t, keys, row) => {
    const queryAt = place(query, b, t, h, headSize);
    const out = place(y, b, t, h, headSize);
    const dyDotY = dot(dy, out, y.array, out, headSize);
    const scores = scoresOf(sizes, query, key, b, h, keyHead, t, keys);
    keys.forEach((s, i) => {
      const keyAt = place(key, b, s, keyHead, headSize);
      const valueAt = place(value, b, s, keyHead, headSize);
      const probability = Math.exp(scores[i] - maxima[row]) / sums[row];
      const factor = dropFactor(sizes, row, s);
      const dScore = probability * (factor * dot(dy, out, value.array, valueAt, headSize) - dyDotY);
      for (let d = 0; d < headSize; d++) {
        dValue[valueAt + d] += probability * factor * dy[out + d];
        dQuery[queryAt + d] += dScore * key.array[keyAt + d] * scale;
        dKey[keyAt + d] += dScore * query.array[queryAt + d] * scale;
      }
    });
  });
}

/** A buffer that holds nothing else: rows of `heads` heads. */
const alone = (array: FloatArray, rows: number, heads: number, headSize: number): Rows => ({ array, rows, columns: heads * headSize, column: 0 });

/** Query, key and value, which lie side by side in each row of qkv. */
function sideBySide(array: FloatArray, rows: number, heads: number, keyValueHeads: number, headSize: number): [query: Rows, key: Rows, value: Rows] {
  const columns = (heads + 2 * keyValueHeads) * headSize;
  return [
    { array, rows, columns, column: 0 },
    { array, rows, columns, column: heads * headSize },
    { array, rows, columns, column: (heads + keyValueHeads) * headSize },
  ];
}

/** y (batch, time, heads * headSize); maximum and sum (batch, heads, time) */
export function attention(
  query: FloatArray, key: FloatArray, value: FloatArray, keyRanges: Int32Array | null, segments: Int32Array | null, keySegments: Int32Array | null,
  prefixLengths: Int32Array | null, mask: FloatArray | null, alibiSlopes: FloatArray | null, dropoutState: Int32Array | null,
  y: FloatArray, maximum: FloatArray, sum: FloatArray,
  batch: number, time: number, keyTime: number, heads: number, keyValueHeads: number, headSize: number, behind: number, ahead: number, maskBatch: number, maskHeads: number, dropout: number, stream: number,
): void {
  const sizes = { batch, time, keyTime, heads, keyValueHeads, headSize, behind, ahead, keyRanges, segments, keySegments, prefixLengths, mask, alibiSlopes, maskBatch, maskHeads, dropoutState, dropout, stream };
  const keys = (array: FloatArray): Rows => alone(array, keyTime, keyValueHeads, headSize);
  forward(sizes, alone(query, time, heads, headSize), keys(key), keys(value), alone(y, time, heads, headSize), maximum, sum);
}

/** dQuery (batch, time, heads * headSize), dKey and dValue (batch, keyTime, keyValueHeads * headSize) */
export function attentionGradient(
  query: FloatArray, key: FloatArray, value: FloatArray, keyRanges: Int32Array | null, segments: Int32Array | null, keySegments: Int32Array | null,
  prefixLengths: Int32Array | null, mask: FloatArray | null, alibiSlopes: FloatArray | null, dropoutState: Int32Array | null,
  y: FloatArray, maximum: FloatArray, sum: FloatArray, dy: FloatArray, dQuery: FloatArray, dKey: FloatArray, dValue: FloatArray,
  batch: number, time: number, keyTime: number, heads: number, keyValueHeads: number, headSize: number, behind: number, ahead: number, maskBatch: number, maskHeads: number, dropout: number, stream: number,
): void {
  const sizes = { batch, time, keyTime, heads, keyValueHeads, headSize, behind, ahead, keyRanges, segments, keySegments, prefixLengths, mask, alibiSlopes, maskBatch, maskHeads, dropoutState, dropout, stream };
  const keys = (array: FloatArray): Rows => alone(array, keyTime, keyValueHeads, headSize);
  const queries = (array: FloatArray): Rows => alone(array, time, heads, headSize);
  const keySize = batch * keyTime * keyValueHeads * headSize;
  // Added up in double precision, whatever the buffers hold.
  const totals = [batch * time * heads * headSize, keySize, keySize].map((size) => new Float64Array(size));
  backward(sizes, queries(query), keys(key), keys(value), queries(y), maximum, sum, dy, totals[0], totals[1], totals[2]);
  [dQuery, dKey, dValue].forEach((gradient, i) => gradient.set(totals[i]));
}

/** y (batch, time, heads * headSize), maximum and sum (batch, heads, time) from qkv (batch, time, (heads + 2 * keyValueHeads) * headSize) */
export function selfAttention(
  qkv: FloatArray, keyRanges: Int32Array | null, segments: Int32Array | null, prefixLengths: Int32Array | null, mask: FloatArray | null, alibiSlopes: FloatArray | null, dropoutState: Int32Array | null,
  y: FloatArray, maximum: FloatArray, sum: FloatArray,
  batch: number, time: number, heads: number, keyValueHeads: number, headSize: number, behind: number, ahead: number, maskBatch: number, maskHeads: number, dropout: number, stream: number,
): void {
  const sizes = { batch, time, keyTime: time, heads, keyValueHeads, headSize, behind, ahead, keyRanges, segments, keySegments: segments, prefixLengths, mask, alibiSlopes, maskBatch, maskHeads, dropoutState, dropout, stream };
  forward(sizes, ...sideBySide(qkv, time, heads, keyValueHeads, headSize), alone(y, time, heads, headSize), maximum, sum);
}

/** dqkv, the shape of qkv */
export function selfAttentionGradient(
  qkv: FloatArray, keyRanges: Int32Array | null, segments: Int32Array | null, prefixLengths: Int32Array | null, mask: FloatArray | null, alibiSlopes: FloatArray | null, dropoutState: Int32Array | null,
  y: FloatArray, maximum: FloatArray, sum: FloatArray, dy: FloatArray, dqkv: FloatArray,
  batch: number, time: number, heads: number, keyValueHeads: number, headSize: number, behind: number, ahead: number, maskBatch: number, maskHeads: number, dropout: number, stream: number,
): void {
  const sizes = { batch, time, keyTime: time, heads, keyValueHeads, headSize, behind, ahead, keyRanges, segments, keySegments: segments, prefixLengths, mask, alibiSlopes, maskBatch, maskHeads, dropoutState, dropout, stream };
  const total = new Float64Array(batch * time * (heads + 2 * keyValueHeads) * headSize);
  backward(sizes, ...sideBySide(qkv, time, heads, keyValueHeads, headSize), alone(y, time, heads, headSize), maximum, sum, dy, total, total, total);
  dqkv.set(total);
}

/** weights (batch, heads, time, keyTime): the probabilities, 0 for keys that are not visible */
export function attentionWeights(
  query: FloatArray, key: FloatArray, keyRanges: Int32Array | null, segments: Int32Array | null, keySegments: Int32Array | null,
  prefixLengths: Int32Array | null, mask: FloatArray | null, alibiSlopes: FloatArray | null,
  weights: FloatArray,
  batch: number, time: number, keyTime: number, heads: number, keyValueHeads: number, headSize: number, behind: number, ahead: number, maskBatch: number, maskHeads: number,
): void {
  const sizes = { batch, time, keyTime, heads, keyValueHeads, headSize, behind, ahead, keyRanges, segments, keySegments, prefixLengths, mask, alibiSlopes, maskBatch, maskHeads };
  weights.fill(0, 0, batch * heads * time * keyTime);
  forEachQuery(sizes, (b, h, keyHead, t, keys, row) => {
    const scores = scoresOf(sizes, alone(query, time, heads, headSize), alone(key, keyTime, keyValueHeads, headSize), b, h, keyHead, t, keys);
    const { maximum, sum } = softmaxParts(scores);
    keys.forEach((s, i) => (weights[row * keyTime + s] = Math.exp(scores[i] - maximum) / sum));
  });
}
