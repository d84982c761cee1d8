// Attention as one operation: from queries to keys and values, of a sequence to itself, with a cache for generation, and the
// weights alone. Which keys a query sees is the same choice everywhere: `attention-options.ts`.
import { checkOptions, type OptionNames } from '../check-options.js';
import { formatShape, sameShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { type AttentionOptions, dropoutOf, masksOf, reachOf, sideBySide, sizesOf, type TrainingAttentionOptions } from './attention-options.js';
import { expectTensor } from './check.js';

/**
 * softmax(query key^T / sqrt(headSize)) value for each head, over the keys that the query sees (Vaswani et al. 2017).
 * The scores of all pairs are never stored on cpu and wasm: the gradient recomputes them (Dao et al. 2022).
 * @param query (batch, time, heads * headSize)
 * @param key (batch, keyTime, keyValueHeads * headSize)
 * @param value the shape of `key`
 * @returns (batch, time, heads * headSize)
 * @throws RangeError when shapes, heads or masks do not fit each other
 */
export function attention(query: Tensor, key: Tensor, value: Tensor, options: TrainingAttentionOptions): Tensor {
  const sizes = sizesOf('attention', query, key, value, options);
  const { keyRanges, segments, keySegments, added, maskSizes } = masksOf('attention', sizes, options);
  const { dropoutState, drop } = dropoutOf('attention', query.engine, options.dropout);
  const inputs = [query, key, value, keyRanges, segments, keySegments, ...added, dropoutState];
  const { batch, time, keyTime, heads, keyValueHeads, headSize } = sizes;
  const numbers = [batch, time, keyTime, heads, keyValueHeads, headSize, ...reachOf('attention', sizes, options), ...maskSizes, ...drop];
  const engine = query.engine;
  const y = engine.allocate(query.shape, query.dtype);
  const maximum = engine.allocate([batch, heads, time], query.dtype);
  const sum = engine.allocate([batch, heads, time], query.dtype);
  engine.run('attention', [...inputs, y, maximum, sum], numbers);
  return record('attention', y, [query, key, value], (dy) => {
    const gradients = [query, key, value].map(({ shape, dtype }) => engine.allocate(shape, dtype));
    engine.run('attentionGradient', [...inputs, y, maximum, sum, dy, ...gradients], numbers);
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
export function selfAttention(qkv: Tensor, options: TrainingAttentionOptions): Tensor {
  const sizes = sideBySide('selfAttention', qkv, options);
  const { keyRanges, segments, keySegments, added, maskSizes } = masksOf('selfAttention', sizes, options);
  const { dropoutState, drop } = dropoutOf('selfAttention', qkv.engine, options.dropout);
  if (keySegments !== segments) throw new TypeError('selfAttention: queries and keys are the same positions: give segments alone, without keySegments.');
  const inputs = [qkv, keyRanges, segments, ...added, dropoutState];
  const { batch, time, heads, keyValueHeads, headSize } = sizes;
  const numbers = [batch, time, heads, keyValueHeads, headSize, ...reachOf('selfAttention', sizes, options), ...maskSizes, ...drop];
  const engine = qkv.engine;
  const y = engine.allocate([batch, time, heads * headSize], qkv.dtype);
  const maximum = engine.allocate([batch, heads, time], qkv.dtype);
  const sum = engine.allocate([batch, heads, time], qkv.dtype);
  engine.run('selfAttention', [...inputs, y, maximum, sum], numbers);
  return record('selfAttention', y, [qkv], (dy) => {
    const dqkv = engine.allocate(qkv.shape, qkv.dtype);
    engine.run('selfAttentionGradient', [...inputs, y, maximum, sum, dy, dqkv], numbers);
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
  const { keyRanges, segments, keySegments, added, maskSizes } = masksOf('attentionWeights', sizes, options);
  const { batch, time, keyTime, heads, keyValueHeads, headSize } = sizes;
  const weights = query.engine.allocate([batch, heads, time, keyTime], query.dtype);
  const numbers = [batch, time, keyTime, heads, keyValueHeads, headSize, ...reachOf('attentionWeights', sizes, options), ...maskSizes];
  query.engine.run('attentionWeights', [query, key, keyRanges, segments, keySegments, ...added, weights], numbers);
  return weights;
}

/**
 * What `cachedAttention` takes: it is always causal, and knows no segments. Its mask is (1 or batch, 1 or heads, count, past + count).
 * A prefix must arrive in one call, for no position can see those of later calls.
 */
export type CachedAttentionOptions = Pick<AttentionOptions, 'heads' | 'keyValueHeads' | 'window' | 'keyRanges' | 'prefixLengths' | 'mask' | 'alibiSlopes'> & {
  /** Only true, which is what it is anyway: so that the options of `selfAttention` can be given here. */
  causal?: boolean;
};

const cachedAttentionOptions: OptionNames<CachedAttentionOptions> = {
  heads: 'required', keyValueHeads: 'optional', causal: 'flag', window: 'optional', keyRanges: 'optional', prefixLengths: 'optional', mask: 'optional', alibiSlopes: 'optional',
};

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
  const { keyRanges, added, maskSizes } = masksOf('cachedAttention', whole, options);
  const [behind] = reachOf('cachedAttention', whole, options);
  const y = qkv.engine.allocate([batch, count, heads * headSize], qkv.dtype);
  qkv.engine.run('cachedAttention', [qkv, keyRanges, ...added, keys, values, y], [batch, count, past, capacity, heads, keyValueHeads, headSize, behind, ...maskSizes]);
  return y;
}
