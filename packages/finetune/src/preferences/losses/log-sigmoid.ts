// The logarithm of the logistic sigmoid, for numbers of any size.
import { concatenate, logSoftmax, reshape, slice, type Tensor } from '@kk/nn-core';

/**
 * log(1 / (1 + exp(-x))), the log-probability of the first of two classes with the logits (x, 0), computed as such: it does not overflow, and its
 * gradient is right at 0, where every run of DPO begins and formulas with |x| have none.
 * @param x (rows)
 * @returns (rows), 0 or less
 */
export function logSigmoid(x: Tensor): Tensor {
  const rows = x.size;
  const logits = concatenate([reshape(x, [rows, 1]), x.engine.zeros([rows, 1])], 1);
  return reshape(slice(logSoftmax(logits), 1, 0, 1), [rows]);
}
