// Masks for the readable form: numbers added to the scores that decide which position may attend to which.
import { type Engine, type Tensor } from '@kk/nn-core';

/**
 * Every position attends to itself and to earlier ones.
 * @param past the number of positions before the queries (in a cache)
 * @returns (count, past + count): 0 where allowed, -Infinity for later positions
 */
export function causalMask(engine: Engine, count: number, past = 0): Tensor {
  const keys = past + count;
  const mask = new Float32Array(count * keys);
  for (let query = 0; query < count; query++) mask.fill(-Infinity, query * keys + past + query + 1, (query + 1) * keys);
  return engine.tensor(mask, [count, keys]);
}

/** Which keys each query may attend to: the options of `attention` in @kk/nn-core, in plain numbers. */
export interface AttentionMaskOptions {
  queries: number;
  /** The number of keys. Default: as many as queries. The queries have the last positions of the keys. */
  keys?: number;
  /** Hides keys after the query's own position; default false. */
  causal?: boolean;
  /** Hides keys that are this many positions away or farther; 0, the default: no limit. */
  window?: number;
  /** For each sequence: the first real key, and the end of the real keys (exclusive); the others are padding. */
  keyRanges?: readonly (readonly [from: number, end: number])[];
  /** For each sequence: the example that each query belongs to. A query attends only to keys of its own example. */
  segments?: readonly ArrayLike<number>[];
  /** The same for keys; default `segments`. */
  keySegments?: readonly ArrayLike<number>[];
}

/**
 * All options of `attention` as a mask for `scaledDotProductAttention`. For a query without visible keys, softmax gives NaN and `attention`
 * gives 0.
 * @returns (batch, 1, queries, keys): 0 where allowed, -Infinity where not. batch is 1 if all sequences are treated alike
 * @throws RangeError when the number of segments differs from that of the queries, the keys or the sequences
 */
export function attentionMask(engine: Engine, options: AttentionMaskOptions): Tensor {
  const { queries, keys = queries, causal = false, window = 0, keyRanges, segments, keySegments = segments } = options;
  const batch = keyRanges?.length ?? segments?.length ?? 1;
  if ((segments && segments.length !== batch) || segments?.some(({ length }) => length !== queries) || (segments && keySegments?.length !== batch) || keySegments?.some(({ length }) => length !== keys)) {
    throw new RangeError(`attentionMask: expected segments of ${queries} queries and ${keys} keys for each of ${batch} sequences; give keySegments where there are other keys than queries.`);
  }
  const mask = new Float32Array(batch * queries * keys);
  for (let b = 0; b < batch; b++) {
    const [from, end] = keyRanges?.[b] ?? [0, keys];
    for (let query = 0; query < queries; query++) {
      const position = query + keys - queries;
      for (let key = 0; key < keys; key++) {
        const isHidden =
          key < from || key >= end || (causal && key > position) || (window > 0 && Math.abs(key - position) >= window) || segments?.[b]![query] !== keySegments?.[b]![key];
        if (isHidden) mask[(b * queries + query) * keys + key] = -Infinity;
      }
    }
  }
  return engine.tensor(mask, [batch, 1, queries, keys]);
}
