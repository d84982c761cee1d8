// Makes masks for the readable form: numbers added to the scores that decide which position may attend to which.
import { add, checkOptions, type Engine, type OptionNames, type Tensor } from '@kk/nn-core';
import { checkWhole } from './positions/check-whole.js';

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
  /** For each sequence: every query sees this many first keys in spite of `causal`, though not beyond the window, filler or another example. */
  prefixLengths?: readonly number[];
  /** For each head: its scores lose this much for each position between query and key (`alibiSlopes`). */
  alibiSlopes?: ArrayLike<number>;
  /** Numbers of your own that are added, such as -Infinity to hide: (1 or batch, 1 or heads, queries, keys). */
  mask?: Tensor;
}

const OPTIONS: OptionNames<AttentionMaskOptions> = {
  queries: 'required', keys: 'optional', causal: 'flag', window: 'optional', keyRanges: 'optional', segments: 'optional', keySegments: 'optional', prefixLengths: 'optional',
  alibiSlopes: 'optional', mask: 'optional',
};

/**
 * All options of `attention` as a mask for the readable form, and for `attention` itself: made once, it serves all layers of a step.
 * @returns (batch, heads, queries, keys): 0 or what is added where allowed, -Infinity where not. batch is 1 if all sequences are treated
 *   alike, heads if all heads are
 * @throws RangeError when a size or the window is no whole number of at least 0, or options are for different numbers of sequences, queries or
 *   keys; TypeError when an option is unknown
 */
export function attentionMask(engine: Engine, options: AttentionMaskOptions): Tensor {
  checkOptions('attentionMask', options, OPTIONS);
  const { queries, keys = queries, window = 0, keyRanges, prefixLengths, alibiSlopes = [0] } = options;
  for (const [name, value] of Object.entries({ queries, keys, window })) checkWhole('attentionMask', name, value, 0);
  const batch = batchOf(options);
  const heads = alibiSlopes.length;
  const mask = new Float32Array(batch * heads * queries * keys);
  for (let b = 0, at = 0; b < batch; b++) {
    const [from, end] = keyRanges?.[b] ?? [0, keys];
    for (let head = 0; head < heads; head++) {
      for (let query = 0; query < queries; query++) {
        const position = query + keys - queries;
        for (let key = 0; key < keys; key++, at++) {
          const isSeen = key >= from && key < end && isInReach(options, position, key, prefixLengths?.[b] ?? 0) && isSameExample(options, b, query, key);
          mask[at] = isSeen ? 0 - alibiSlopes[head]! * Math.abs(key - position) : -Infinity;
        }
      }
    }
  }
  const made = engine.tensor(mask, [batch, heads, queries, keys]);
  return options.mask ? add(made, options.mask) : made;
}

/** How many sequences the options speak of; 1 when of none. */
function batchOf({ queries, keys = queries, keyRanges, segments, keySegments = segments, prefixLengths }: AttentionMaskOptions): number {
  const batch = keyRanges?.length ?? segments?.length ?? prefixLengths?.length ?? 1;
  if ((segments && segments.length !== batch) || segments?.some(({ length }) => length !== queries) || (segments && keySegments?.length !== batch) || keySegments?.some(({ length }) => length !== keys)) {
    throw new RangeError(`attentionMask: expected segments of ${queries} queries and ${keys} keys for each of ${batch} sequences; give keySegments where there are other keys than queries.`);
  }
  if (prefixLengths && prefixLengths.length !== batch) throw new RangeError(`attentionMask: got ${prefixLengths.length} prefixLengths for ${batch} sequences; give one for each.`);
  return batch;
}

/** Whether a query at this position comes near enough to the key: a prefix lifts `causal` and leaves the window. */
function isInReach({ causal = false, window = 0 }: AttentionMaskOptions, position: number, key: number, prefixLength: number): boolean {
  if (causal && key > position && key >= prefixLength) return false;
  return window === 0 || Math.abs(key - position) < window;
}

function isSameExample({ segments, keySegments = segments }: AttentionMaskOptions, sequence: number, query: number, key: number): boolean {
  return segments?.[sequence]![query] === keySegments?.[sequence]![key];
}
