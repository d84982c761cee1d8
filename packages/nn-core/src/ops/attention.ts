// Computes attention in one operation: from queries to keys and values, of a sequence to itself, and the weights alone; with a cache for
// generation it is in `cached-attention.ts`. Which keys a query sees is the same choice everywhere: `attention-options.ts`.
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { type AttentionOptions, dropoutOf, masksOf, reachOf, sideBySide, sizesOf, type TrainingAttentionOptions } from './shared/attention-options.js';

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
