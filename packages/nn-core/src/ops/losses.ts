// Computes losses besides cross-entropy, which has a file of its own. Formulas and corner cases are those of PyTorch.
import { formatShape, sameShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { sigmoid } from './activations.js';
import { expectEpsilon, expectFloat } from './shared/check.js';
import { clip, divide, exp, multiply, scale, sqrt, square, subtract } from './elementwise.js';
import { mapTwo, when } from './shared/map.js';
import { mean, sum } from './reductions.js';

function expectSameShape(operation: string, a: Tensor, b: Tensor): void {
  expectFloat(operation, a, b);
  if (!sameShape(a.shape, b.shape)) throw new RangeError(`${operation}: both tensors must have the same shape; got ${formatShape(a.shape)} and ${formatShape(b.shape)}.`);
}

/**
 * The mean of (prediction - target)^2 over all elements.
 * @returns a single number
 * @throws RangeError when shapes differ or are empty
 */
export function meanSquaredError(prediction: Tensor, target: Tensor): Tensor {
  expectSameShape('meanSquaredError', prediction, target);
  return mean(square(subtract(prediction, target)));
}

/**
 * The mean over all elements of -(t log(p) + (1 - t) log(1 - p)) with p = sigmoid(logits), in nats: for questions whose answer
 * is yes or no. It is computed from the logits, as max(x, 0) - x t + log(1 + exp(-|x|)), so that none is too large.
 * @param targets the shape of logits; from 0 to 1
 * @returns a single number
 * @throws RangeError when shapes differ or are empty
 */
export function binaryCrossEntropy(logits: Tensor, targets: Tensor): Tensor {
  expectSameShape('binaryCrossEntropy', logits, targets);
  const losses = record('binaryCrossEntropy', mapTwo('binaryCrossEntropy', logits, targets), [logits, targets], (dy) => [
    when(logits, () => multiply(dy, subtract(sigmoid(logits), targets))),
    when(targets, () => scale(multiply(dy, logits), -1)),
  ]);
  return mean(losses);
}

/**
 * The Kullback-Leibler divergence of q from p along the last axis, in nats: the sum of p (log p - log q). Both are given by
 * their logarithms, as `logSoftmax` gives them. The mean of the result is PyTorch's `kl_div(logQ, logP, 'batchmean', log_target)`.
 * @returns a number for each row: the shape without its last axis
 * @throws RangeError when shapes differ
 */
export function klDivergence(logP: Tensor, logQ: Tensor): Tensor {
  expectSameShape('klDivergence', logP, logQ);
  return sum(multiply(exp(logP), subtract(logP, logQ)), -1);
}

/**
 * The cosine of the angle between a and b along an axis: a . b / (|a| |b|), where no length counts as less than epsilon.
 * A vector that is shorter has the gradient of this formula, in which its length is then a constant.
 * @returns the shape without that axis; from -1 to 1
 * @throws RangeError when shapes differ
 */
export function cosineSimilarity(a: Tensor, b: Tensor, axis = -1, epsilon = 1e-8): Tensor {
  expectSameShape('cosineSimilarity', a, b);
  expectEpsilon('cosineSimilarity', epsilon);
  // The limit stands under the root, so that a vector of zeros has a gradient.
  const length = (x: Tensor): Tensor => sqrt(clip(sum(square(x), axis), epsilon ** 2, Infinity));
  return divide(sum(multiply(a, b), axis), multiply(length(a), length(b)));
}
