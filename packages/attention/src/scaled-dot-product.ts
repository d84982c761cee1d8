// Computes attention from plain operations, step by step: the readable form, which also returns the attention weights. The fast form is
// `attention` of nn-core, which never stores them.
import { add, checkOptions, dropout as dropoutOp, greater, matmul, max, multiply, scale, softmax, where, type OptionNames, type Tensor } from '@kk/nn-core';

export interface ScaledDotProductOptions {
  /** Added to the scores before the softmax, any shape that broadcasts to theirs: 0 where attention is allowed, -Infinity where not. */
  mask?: Tensor;
  /** Probability of dropping an attention weight in training; default 0. */
  dropout?: number;
}

const OPTIONS: OptionNames<ScaledDotProductOptions> = { mask: 'optional', dropout: 'optional' };

/** Less than every number that a mask adds, and still a number, which -Infinity is compared with. */
const LOWEST = -1e38;

/**
 * softmax(query key^T / sqrt(headSize) + mask) value (Vaswani et al. 2017, equation 1).
 * @param query (..., queries, headSize)
 * @param key (..., keys, headSize)
 * @param value (..., keys, headSize)
 * @returns output (..., queries, headSize) and attentionWeights (..., queries, keys), whose rows sum to one; both are 0 for a query from
 *   which the mask hides all keys
 * @throws TypeError when an option is unknown
 */
export function scaledDotProductAttention(query: Tensor, key: Tensor, value: Tensor, options: ScaledDotProductOptions = {}): { output: Tensor; attentionWeights: Tensor } {
  checkOptions('scaledDotProductAttention', options, OPTIONS);
  const headSize = query.shape.at(-1)!;
  const scores = scale(matmul(query, key, { transposeB: true }), 1 / Math.sqrt(headSize));
  const attentionWeights = options.mask && options.mask.size > 0 ? maskedSoftmax(scores, options.mask) : softmax(scores);
  return { output: matmul(dropoutOp(attentionWeights, options.dropout ?? 0), value), attentionWeights };
}

/** softmax(scores + mask), and 0 in rows of -Infinity alone, of which softmax would make NaN. */
function maskedSoftmax(scores: Tensor, mask: Tensor): Tensor {
  const seesAny = greater(max(mask, -1, true), LOWEST);
  return multiply(softmax(add(scores, where(seesAny, mask, 0))), seesAny);
}
