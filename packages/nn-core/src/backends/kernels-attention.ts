// Lists the kernels of attention and of its rotary positions: rows of the contract in `kernels.ts`, which says how they are to be read.
//
// A query at position p sees the keys at positions p - behind to p + ahead, both included; the queries have the
// last `time` of the `keyTime` positions. ahead = 0 is causal; behind = w - 1 is a sliding window of w positions; time + keyTime
// reaches everything. Masks hide some of these keys; each mask may be absent:
// - keyRanges (batch, 2): the keys of a sequence are real from the first number on and before the second, the others are filler;
// - segments (batch, time) of the queries and keySegments (batch, keyTime): a query sees only keys of its own segment;
// - mask (maskBatch, maskHeads, time, keyTime), with maskBatch 1 or batch and maskHeads 1 or heads: is added to the scores, and
//   -infinity hides the key.
// A query that sees no key has the output 0, and the gradient 0.
//
// prefixLengths (batch) lets queries see more: for the first so many keys of a sequence, a query looks ahead as far as behind.
// dropoutState, dropout and stream drop probabilities as the kernel `dropout` drops the elements of (batch, heads, time, keyTime).
// alibiSlopes (heads) is no mask: each score loses slope * distance between the positions of query and key (Press et al. 2022).
//
// `heads` query heads of headSize columns lie side by side in a row of queries; rows of keys and values hold `keyValueHeads` of
// them, each of which serves heads / keyValueHeads query heads in a row (grouped queries, Ainslie et al. 2023).
import type { KernelSignature } from './kernels.js';

/** Elements of attention's buffers: queries, keys, one number for each query of each head, and what is added to scores or hides them. */
function attentionLengths(numbers: readonly number[]) {
  const [batch, time, keyTime, heads, keyValueHeads, headSize, , , maskBatch, maskHeads] = numbers as [number, number, number, number, number, number, number, number, number, number];
  return {
    query: batch * time * heads * headSize, key: batch * keyTime * keyValueHeads * headSize, row: batch * heads * time,
    ranges: 2 * batch, segments: batch * time, keySegments: batch * keyTime, added: [batch, maskBatch * maskHeads * time * keyTime, heads],
  };
}
/** What the counts of heads and the leading axes of the mask must be. */
function fitEachOther(batch: number, heads: number, keyValueHeads: number, maskBatch: number, maskHeads: number): true | string {
  if (heads !== keyValueHeads && !(keyValueHeads > 0 && heads % keyValueHeads === 0)) return 'heads must be a multiple of keyValueHeads';
  if (maskBatch !== 1 && maskBatch !== batch) return 'maskBatch must be 1 or batch';
  return maskHeads === 1 || maskHeads === heads || 'maskHeads must be 1 or heads';
}

export const attentionKernels = {
  /**
   * y (batch, time, heads * headSize) = softmax(query key^T / sqrt(headSize), visible keys) value (Vaswani et al. 2017).
   * query (batch, time, heads * headSize), key and value (batch, keyTime, keyValueHeads * headSize). maximum and sum (batch, heads,
   * time): the greatest visible score, and the sum of e^(score - maximum); both 0 where no key is visible. The gradient recomputes
   * the probabilities from them (Dao et al. 2022); maximum + ln(sum) in one number would lose the digits of the sum.
   */
  attention: {
    inputs: ['query', 'key', 'value', 'keyRanges?: int32', 'segments?: int32', 'keySegments?: int32', 'prefixLengths?: int32', 'mask?', 'alibiSlopes?', 'dropoutState?: int32'], outputs: ['y', 'maximum', 'sum'],
    numbers: ['batch', 'time', 'keyTime', 'heads', 'keyValueHeads', 'headSize', 'behind', 'ahead', 'maskBatch', 'maskHeads', 'dropout: float', 'stream'],
    lengths: (...numbers) => {
      const { query, key, row, ranges, segments, keySegments, added } = attentionLengths(numbers);
      return [query, key, key, ranges, segments, keySegments, ...added, 3, query, row, row];
    },
    requires: (batch, _time, _keyTime, heads, keyValueHeads, _headSize, _behind, _ahead, maskBatch, maskHeads) => fitEachOther(batch, heads, keyValueHeads, maskBatch, maskHeads),
  },
  attentionGradient: {
    inputs: ['query', 'key', 'value', 'keyRanges?: int32', 'segments?: int32', 'keySegments?: int32', 'prefixLengths?: int32', 'mask?', 'alibiSlopes?', 'dropoutState?: int32', 'y', 'maximum', 'sum', 'dy'],
    outputs: ['dQuery', 'dKey', 'dValue'],
    numbers: ['batch', 'time', 'keyTime', 'heads', 'keyValueHeads', 'headSize', 'behind', 'ahead', 'maskBatch', 'maskHeads', 'dropout: float', 'stream'],
    lengths: (...numbers) => {
      const { query, key, row, ranges, segments, keySegments, added } = attentionLengths(numbers);
      return [query, key, key, ranges, segments, keySegments, ...added, 3, query, row, row, query, query, key, key];
    },
    requires: (batch, _time, _keyTime, heads, keyValueHeads, _headSize, _behind, _ahead, maskBatch, maskHeads) => fitEachOther(batch, heads, keyValueHeads, maskBatch, maskHeads),
  },
  /**
   * The same for a sequence that attends to itself, with query, key and value side by side in one buffer, as one matrix product
   * gives them: qkv (batch, time, (heads + 2 * keyValueHeads) * headSize). Nothing is copied apart; the gradient is one buffer, too.
   */
  selfAttention: {
    inputs: ['qkv', 'keyRanges?: int32', 'segments?: int32', 'prefixLengths?: int32', 'mask?', 'alibiSlopes?', 'dropoutState?: int32'], outputs: ['y', 'maximum', 'sum'],
    numbers: ['batch', 'time', 'heads', 'keyValueHeads', 'headSize', 'behind', 'ahead', 'maskBatch', 'maskHeads', 'dropout: float', 'stream'],
    lengths: (batch, time, ...numbers) => {
      const { query, key, row, ranges, segments, added } = attentionLengths([batch, time, time, ...numbers]);
      return [query + 2 * key, ranges, segments, ...added, 3, query, row, row];
    },
    requires: (batch, _time, heads, keyValueHeads, _headSize, _behind, _ahead, maskBatch, maskHeads) => fitEachOther(batch, heads, keyValueHeads, maskBatch, maskHeads),
  },
  selfAttentionGradient: {
    inputs: ['qkv', 'keyRanges?: int32', 'segments?: int32', 'prefixLengths?: int32', 'mask?', 'alibiSlopes?', 'dropoutState?: int32', 'y', 'maximum', 'sum', 'dy'], outputs: ['dqkv'],
    numbers: ['batch', 'time', 'heads', 'keyValueHeads', 'headSize', 'behind', 'ahead', 'maskBatch', 'maskHeads', 'dropout: float', 'stream'],
    lengths: (batch, time, ...numbers) => {
      const { query, key, row, ranges, segments, added } = attentionLengths([batch, time, time, ...numbers]);
      return [query + 2 * key, ranges, segments, ...added, 3, query, row, row, query, query + 2 * key];
    },
    requires: (batch, _time, heads, keyValueHeads, _headSize, _behind, _ahead, maskBatch, maskHeads) => fitEachOther(batch, heads, keyValueHeads, maskBatch, maskHeads),
  },
  /** The probabilities themselves: weights (batch, heads, time, keyTime) = softmax(query key^T / sqrt(headSize)), 0 for keys that are not visible. */
  attentionWeights: {
    inputs: ['query', 'key', 'keyRanges?: int32', 'segments?: int32', 'keySegments?: int32', 'prefixLengths?: int32', 'mask?', 'alibiSlopes?'], outputs: ['weights'],
    numbers: ['batch', 'time', 'keyTime', 'heads', 'keyValueHeads', 'headSize', 'behind', 'ahead', 'maskBatch', 'maskHeads'],
    lengths: (...numbers) => {
      const { query, key, row, ranges, segments, keySegments, added } = attentionLengths(numbers);
      return [query, key, ranges, segments, keySegments, ...added, row * numbers[2]!];
    },
    requires: (batch, _time, _keyTime, heads, keyValueHeads, _headSize, _behind, _ahead, maskBatch, maskHeads) => fitEachOther(batch, heads, keyValueHeads, maskBatch, maskHeads),
  },
  /**
   * Causal attention of new rows of any number of sequences to what a cache holds of each, the new rows included: for generation. Query
   * heads are the first columns of qkv (rows, (heads + 2 * keyValueHeads) * headSize); the others are not read. A row of cache (cacheRows, 2 *
   * keyValueHeads * headSize) holds the heads of keys, then those of values, of one position. places (rows, 2): in which row of the cache
   * the sequence of this row begins, and the row's position in it, which is below `longest`. y (rows, heads * headSize): softmax(query
   * key^T / sqrt(headSize) - slope * distance) value over the `behind` positions before its own, and its own; NaN where a place is not in
   * the cache. Neighbouring rows of one sequence in the order of their positions are computed together.
   */
  cachedAttention: {
    inputs: ['qkv', 'cache', 'places: int32', 'alibiSlopes?'], outputs: ['y'],
    numbers: ['rows', 'cacheRows', 'longest', 'heads', 'keyValueHeads', 'headSize', 'behind'],
    lengths: (rows, cacheRows, _longest, heads, keyValueHeads, headSize) =>
      [rows * (heads + 2 * keyValueHeads) * headSize, cacheRows * 2 * keyValueHeads * headSize, 2 * rows, heads, rows * heads * headSize],
    requires: (_rows, _cacheRows, _longest, heads, keyValueHeads) => fitEachOther(1, heads, keyValueHeads, 1, 1),
  },
  /**
   * Rotary position embedding (Su et al. 2021): y = x (batch, time, columns), with columns turned in pairs. In each of the first
   * `heads` heads of headSize columns, pair i is columns i and i + dimension / 2, or with interleaved = 1 columns 2 i and 2 i + 1;
   * (a, b) becomes (a cos - b sin, b cos + a sin), or with backwards = 1, which is the gradient, (a cos + b sin, b cos - a sin).
   * table (tableRows, dimension): for each position the cosines of dimension / 2 angles, then their sines. The position of a row is
   * start + its time, or the number in positions (batch, time); NaN where the table has no such row.
   */
  rotary: {
    inputs: ['x', 'table', 'positions?: int32'], outputs: ['y'],
    numbers: ['batch', 'time', 'columns', 'heads', 'headSize', 'dimension', 'tableRows', 'interleaved', 'start', 'backwards'],
    lengths: (batch, time, columns, _heads, _headSize, dimension, tableRows) => [batch * time * columns, tableRows * dimension, batch * time, batch * time * columns],
    requires: (_batch, _time, columns, heads, headSize, dimension) =>
      (heads * headSize <= columns && dimension <= headSize && dimension % 2 === 0) || 'heads * headSize must not exceed columns, and dimension must be even and not exceed headSize',
  },
} as const satisfies Record<string, KernelSignature>;
