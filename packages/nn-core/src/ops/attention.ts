// Attention as one operation: from queries to keys and values, of a sequence to itself, with a cache for generation, and the
// weights alone. Which keys a query sees is the same choice everywhere.
import { checkOptions, type OptionNames } from '../check-options.js';
import { expectSizes } from '../core/expect.js';
import { formatShape, sameShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat, expectTensor } from './check.js';

/** Heads, and which keys a query sees: those within reach that no mask hides. A query that sees none has the output 0 and the gradient 0. */
export interface AttentionOptions {
  /** Query heads: runs of headSize columns in each row of queries. */
  heads: number;
  /**
   * Heads of keys and of values, `heads` by default. With fewer, each serves heads / keyValueHeads query heads (grouped queries,
   * Ainslie et al. 2023; with one, multi-query attention, Shazeer 2019). Must divide `heads`.
   */
  keyValueHeads?: number;
  /** True: a query sees no key behind its own position. The queries have the last positions of the keys. Default false. */
  causal?: boolean;
  /** A query sees only keys less than this many positions away, its own included (Beltagy et al. 2020); 0, the default: any. */
  window?: number;
  /** int32 (batch, 2): the keys of a sequence that are real, from the first number on and before the second; the others are filler. From 0 to keyTime; a range whose second number is not above the first holds no key. */
  keyRanges?: Tensor;
  /** int32 (batch, time): for examples packed into one sequence, which one a query belongs to. It sees keys of its own example only. */
  segments?: Tensor;
  /** The same for keys, int32 (batch, keyTime); by default `segments`. */
  keySegments?: Tensor;
}

const attentionOptions: OptionNames<AttentionOptions> = {
  heads: 'required', keyValueHeads: 'optional', causal: 'flag', window: 'optional', keyRanges: 'optional', segments: 'optional', keySegments: 'optional',
};

interface Sizes {
  readonly batch: number;
  readonly time: number;
  readonly keyTime: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
}

function headsOf(operation: string, options: AttentionOptions): { heads: number; keyValueHeads: number } {
  checkOptions(operation, options, attentionOptions);
  const { heads, keyValueHeads = heads } = options;
  expectSizes(operation, { heads, keyValueHeads });
  if (heads % keyValueHeads !== 0) {
    throw new RangeError(`${operation}: ${heads} heads cannot share ${keyValueHeads} heads of keys and values: choose a number of keyValueHeads that divides ${heads}.`);
  }
  return { heads, keyValueHeads };
}

function sizesOf(operation: string, query: Tensor, key: Tensor, value: Tensor, options: AttentionOptions): Sizes {
  expectFloat(operation, query, key, value);
  const { heads, keyValueHeads } = headsOf(operation, options);
  const [batch, time, width] = query.shape as [number, number, number];
  if (query.rank !== 3) throw new RangeError(`${operation}: expected queries of shape (batch, time, width); got ${formatShape(query.shape)}.`);
  if (width % heads !== 0) throw new RangeError(`${operation}: width ${width} cannot be split into ${heads} heads: choose a number of heads that divides it.`);
  const headSize = width / heads;
  const keyTime = key.shape[1]!;
  for (const [name, tensor] of [['keys', key], ['values', value]] as const) {
    if (!sameShape(tensor.shape, [batch, keyTime, keyValueHeads * headSize])) {
      throw new RangeError(
        `${operation}: queries are ${formatShape(query.shape)} with ${heads} heads of ${headSize}, so ${name} must be (${batch}, keyTime, ${keyValueHeads * headSize}) for ${keyValueHeads} heads, with the same keyTime for keys and values; got ${formatShape(tensor.shape)}.`,
      );
    }
  }
  return { batch, time, keyTime, heads, keyValueHeads, headSize };
}

/** Splits the columns of qkv (batch, time, (heads + 2 * keyValueHeads) * headSize). */
function sideBySide(operation: string, qkv: Tensor, options: AttentionOptions): Sizes {
  expectFloat(operation, qkv);
  const { heads, keyValueHeads } = headsOf(operation, options);
  const [batch, time, columns] = qkv.shape as [number, number, number];
  const inRow = heads + 2 * keyValueHeads;
  if (qkv.rank !== 3 || columns % inRow !== 0) {
    throw new RangeError(
      `${operation}: expected query, key and value side by side, shape (batch, time, (heads + 2 * keyValueHeads) * headSize), so that ${inRow} divides the columns; got ${formatShape(qkv.shape)} with ${heads} heads and ${keyValueHeads} of keys and values.`,
    );
  }
  return { batch, time, keyTime: time, heads, keyValueHeads, headSize: columns / inRow };
}

/** How far a query sees, in positions before and after its own, as kernels want it. */
function reachOf(operation: string, { time, keyTime }: Sizes, { causal = false, window = 0 }: AttentionOptions): [behind: number, ahead: number] {
  if (!Number.isInteger(window) || window < 0) throw new RangeError(`${operation}: window is ${window}; expected a whole number, 0 for no limit.`);
  const everything = time + keyTime;
  const reach = window === 0 ? everything : Math.min(window - 1, everything);
  return [reach, causal ? 0 : reach];
}

type Masks = [keyRanges: Tensor | null, segments: Tensor | null, keySegments: Tensor | null];

function masksOf(operation: string, { batch, time, keyTime }: Sizes, options: AttentionOptions): Masks {
  const { keyRanges = null, segments = null, keySegments = segments } = options;
  const expected = [['keyRanges', keyRanges, [batch, 2]], ['segments', segments, [batch, time]], ['keySegments', keySegments, [batch, keyTime]]] as const;
  for (const [name, mask, shape] of expected) {
    if (mask) expectTensor(operation, mask);
    if (mask && mask.dtype !== 'int32') throw new TypeError(`${operation}: ${name} must be an int32 tensor, made with engine.tensor(numbers, shape, 'int32'); got ${mask.dtype}.`);
    if (mask && !sameShape(mask.shape, shape)) throw new RangeError(`${operation}: ${name} must be ${formatShape(shape)}; got ${formatShape(mask.shape)}.`);
  }
  // A cache is filled step by step, and its ranges may reach beyond what it holds already.
  if (keyRanges?.bounds && operation !== 'cachedAttention') {
    keyRanges.engine.capture?.noteLookup(keyRanges, { lowest: 0, limit: keyTime + 1 });
    const { minimum, maximum } = keyRanges.bounds;
    if (minimum < 0 || maximum > keyTime) throw new RangeError(`${operation}: keyRanges holds numbers from ${minimum} to ${maximum}; expected 0 to ${keyTime}, for there are ${keyTime} keys.`);
  }
  if (!segments && keySegments) throw new TypeError(`${operation}: keySegments say nothing without segments: give both.`);
  return [keyRanges, segments, keySegments];
}

/**
 * softmax(query key^T / sqrt(headSize)) value for each head, over the keys that the query sees (Vaswani et al. 2017).
 * The scores of all pairs are never stored on cpu and wasm: the gradient recomputes them (Dao et al. 2022).
 * @param query (batch, time, heads * headSize)
 * @param key (batch, keyTime, keyValueHeads * headSize)
 * @param value the shape of `key`
 * @returns (batch, time, heads * headSize)
 * @throws RangeError when shapes, heads or masks do not fit each other
 */
export function attention(query: Tensor, key: Tensor, value: Tensor, options: AttentionOptions): Tensor {
  const sizes = sizesOf('attention', query, key, value, options);
  const masks = masksOf('attention', sizes, options);
  const { batch, time, keyTime, heads, keyValueHeads, headSize } = sizes;
  const numbers = [batch, time, keyTime, heads, keyValueHeads, headSize, ...reachOf('attention', sizes, options)];
  const engine = query.engine;
  const y = engine.allocate(query.shape, query.dtype);
  const maximum = engine.allocate([batch, heads, time], query.dtype);
  const sum = engine.allocate([batch, heads, time], query.dtype);
  engine.run('attention', [query, key, value, ...masks, y, maximum, sum], numbers);
  return record('attention', y, [query, key, value], (dy) => {
    const gradients = [query, key, value].map(({ shape, dtype }) => engine.allocate(shape, dtype));
    engine.run('attentionGradient', [query, key, value, ...masks, y, maximum, sum, dy, ...gradients], numbers);
    return gradients;
  });
}

/**
 * The same for a sequence that attends to itself, with query, key and value side by side as one matrix product gives them; faster
 * than `attention` of three slices, because nothing is copied.
 * @param qkv (batch, time, (heads + 2 * keyValueHeads) * headSize): all query heads, then those of the keys, then those of the values
 * @returns (batch, time, heads * headSize)
 * @throws RangeError when the columns cannot be split like that, or a mask has another shape
 */
export function selfAttention(qkv: Tensor, options: AttentionOptions): Tensor {
  const sizes = sideBySide('selfAttention', qkv, options);
  const [keyRanges, segments, keySegments] = masksOf('selfAttention', sizes, options);
  if (keySegments !== segments) throw new TypeError('selfAttention: queries and keys are the same positions: give segments alone, without keySegments.');
  const { batch, time, heads, keyValueHeads, headSize } = sizes;
  const numbers = [batch, time, heads, keyValueHeads, headSize, ...reachOf('selfAttention', sizes, options)];
  const engine = qkv.engine;
  const y = engine.allocate([batch, time, heads * headSize], qkv.dtype);
  const maximum = engine.allocate([batch, heads, time], qkv.dtype);
  const sum = engine.allocate([batch, heads, time], qkv.dtype);
  engine.run('selfAttention', [qkv, keyRanges, segments, y, maximum, sum], numbers);
  return record('selfAttention', y, [qkv], (dy) => {
    const dqkv = engine.allocate(qkv.shape, qkv.dtype);
    engine.run('selfAttentionGradient', [qkv, keyRanges, segments, y, maximum, sum, dy, dqkv], numbers);
    return [dqkv];
  });
}

/**
 * How much each head of each query looks at each key: the probabilities that `attention` multiplies with the values. No gradient.
 * @param query (batch, time, heads * headSize)
 * @param key (batch, keyTime, keyValueHeads * headSize)
 * @returns (batch, heads, time, keyTime): rows sum to one, or are all 0 where a query sees no key
 */
export function attentionWeights(query: Tensor, key: Tensor, options: AttentionOptions): Tensor {
  const sizes = sizesOf('attentionWeights', query, key, key, options);
  const masks = masksOf('attentionWeights', sizes, options);
  const { batch, time, keyTime, heads, keyValueHeads, headSize } = sizes;
  const weights = query.engine.allocate([batch, heads, time, keyTime], query.dtype);
  query.engine.run('attentionWeights', [query, key, ...masks, weights], [batch, time, keyTime, heads, keyValueHeads, headSize, ...reachOf('attentionWeights', sizes, options)]);
  return weights;
}

/** What `cachedAttention` takes: it is always causal, and knows no segments. */
export type CachedAttentionOptions = Pick<AttentionOptions, 'heads' | 'keyValueHeads' | 'window' | 'keyRanges'> & {
  /** Only true, which is what it is anyway: so that the options of `selfAttention` can be given here. */
  causal?: boolean;
};

const cachedAttentionOptions: OptionNames<CachedAttentionOptions> = { heads: 'required', keyValueHeads: 'optional', causal: 'flag', window: 'optional', keyRanges: 'optional' };

/**
 * Causal self-attention of new positions to themselves and to everything in the cache; appends their keys and values to it.
 * No gradient.
 * @param qkv (batch, count, (heads + 2 * keyValueHeads) * headSize) of the new positions, as for `selfAttention`
 * @param keys (batch, capacity, keyValueHeads * headSize), overwritten from position `past` on
 * @param values the same for values
 * @param past how many positions the cache holds already
 * @returns (batch, count, heads * headSize)
 * @throws RangeError when the shapes do not fit each other, or the cache has no room
 */
export function cachedAttention(qkv: Tensor, keys: Tensor, values: Tensor, past: number, options: CachedAttentionOptions): Tensor {
  checkOptions('cachedAttention', options, cachedAttentionOptions);
  if (!(options.causal ?? true)) throw new RangeError('cachedAttention: causal is false; new positions cannot be seen by those that were computed before: leave it out.');
  const sizes = sideBySide('cachedAttention', qkv, options);
  const { batch, time: count, heads, keyValueHeads, headSize } = sizes;
  const width = keyValueHeads * headSize;
  expectTensor('cachedAttention', keys, values);
  const capacity = keys.shape[1]!;
  for (const cache of [keys, values]) {
    if (!sameShape(cache.shape, [batch, capacity, width])) {
      throw new RangeError(`cachedAttention: the cache must be (${batch}, capacity, ${width}) for both keys and values; got ${formatShape(cache.shape)}.`);
    }
  }
  if (!Number.isInteger(past) || past < 0) throw new RangeError(`cachedAttention: past is ${past}; expected how many positions the cache holds, a whole number of 0 or more.`);
  if (past + count > capacity) {
    throw new RangeError(`cachedAttention: ${past} positions are cached and ${count} are new, but the cache holds ${capacity}.`);
  }
  const whole = { ...sizes, keyTime: past + count };
  const [keyRanges] = masksOf('cachedAttention', whole, { heads, keyRanges: options.keyRanges });
  const [behind] = reachOf('cachedAttention', whole, options);
  const y = qkv.engine.allocate([batch, count, heads * headSize], qkv.dtype);
  qkv.engine.run('cachedAttention', [qkv, keyRanges, keys, values, y], [batch, count, past, capacity, heads, keyValueHeads, headSize, behind]);
  return y;
}
