// Causal self-attention as one operation, and its form with a cache for generation.
import { formatShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat } from './check.js';

function splitHeads(operation: string, qkv: Tensor, heads: number) {
  expectFloat(operation, qkv);
  const [batch, time, triple] = qkv.shape;
  if (qkv.rank !== 3 || triple! % 3 !== 0) {
    throw new RangeError(`${operation}: expected query, key and value side by side, shape (batch, time, 3 * width); got ${formatShape(qkv.shape)}.`);
  }
  const width = triple! / 3;
  if (!Number.isInteger(heads) || heads < 1 || width % heads !== 0) {
    throw new RangeError(`${operation}: width ${width} cannot be split into ${heads} heads: choose a number of heads that divides it.`);
  }
  return { batch: batch!, time: time!, width, headSize: width / heads };
}

/**
 * softmax(q k^T / sqrt(headSize)) v for each head, every position seeing itself and the past (Vaswani et al. 2017).
 * The (time, time) scores are never stored: the gradient recomputes them (Dao et al. 2022).
 * @param qkv (batch, time, 3 * width): query, key and value side by side; head h is a run of width / heads columns in each
 * @returns (batch, time, width)
 */
export function causalAttention(qkv: Tensor, heads: number): Tensor {
  const { batch, time, width, headSize } = splitHeads('causalAttention', qkv, heads);
  const engine = qkv.engine;
  const numbers = [batch, time, heads, headSize];
  const y = engine.allocate([batch, time, width], qkv.dtype);
  const logSumExp = engine.allocate([batch, heads, time], qkv.dtype);
  engine.run('causalAttention', [qkv, y, logSumExp], numbers);
  return record('causalAttention', y, [qkv], (dy) => {
    const dqkv = engine.allocate(qkv.shape, qkv.dtype);
    engine.run('causalAttentionGradient', [qkv, y, logSumExp, dy, dqkv], numbers);
    return [dqkv];
  });
}

/**
 * Attention of new positions to themselves and to everything in the cache; appends their keys and values to it.
 * No gradient.
 * @param qkv (batch, count, 3 * width) of the new positions
 * @param keys (batch, capacity, width), overwritten from position `past` on
 * @param values the same for values
 * @returns (batch, count, width)
 */
export function cachedAttention(qkv: Tensor, keys: Tensor, values: Tensor, past: number, heads: number): Tensor {
  const { batch, time: count, width, headSize } = splitHeads('cachedAttention', qkv, heads);
  const capacity = keys.shape[1]!;
  for (const cache of [keys, values]) {
    if (cache.rank !== 3 || cache.shape[0] !== batch || cache.shape[1] !== capacity || cache.shape[2] !== width) {
      throw new RangeError(`cachedAttention: the cache must be (${batch}, capacity, ${width}) for both keys and values; got ${formatShape(cache.shape)}.`);
    }
  }
  if (past < 0 || past + count > capacity) {
    throw new RangeError(`cachedAttention: ${past} positions are cached and ${count} are new, but the cache holds ${capacity}.`);
  }
  const y = qkv.engine.allocate([batch, count, width], qkv.dtype);
  qkv.engine.run('cachedAttention', [qkv, keys, values, y], [batch, count, past, capacity, heads, headSize]);
  return y;
}
