// Attention from plain operations, step by step: the readable form, which also returns the attention weights. The fast form is `attention`
// of nn-core, which never stores them.
import { add, dropout as dropoutOp, matmul, scale, softmax, type Tensor } from '@kk/nn-core';

export interface ScaledDotProductOptions {
  /** Added to the scores before the softmax, any shape that broadcasts to theirs: 0 where attention is allowed, -Infinity where not. */
  mask?: Tensor;
  /** Probability of dropping an attention weight in training; default 0. */
  dropout?: number;
}

/**
 * softmax(query key^T / sqrt(headSize) + mask) value (Vaswani et al. 2017, equation 1).
 * @param query (..., queries, headSize)
 * @param key (..., keys, headSize)
 * @param value (..., keys, headSize)
 * @returns output (..., queries, headSize) and attentionWeights (..., queries, keys), whose rows sum to one
 */
export function scaledDotProductAttention(query: Tensor, key: Tensor, value: Tensor, options: ScaledDotProductOptions = {}): { output: Tensor; attentionWeights: Tensor } {
  const headSize = query.shape.at(-1)!;
  let scores = scale(matmul(query, key, { transposeB: true }), 1 / Math.sqrt(headSize));
  if (options.mask) scores = add(scores, options.mask);
  const attentionWeights = softmax(scores);
  return { output: matmul(dropoutOp(attentionWeights, options.dropout ?? 0), value), attentionWeights };
}
