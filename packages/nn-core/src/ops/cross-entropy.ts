// The loss of a classifier or a language model: softmax and cross-entropy in one. The kernel gives a loss for each row;
// means and log-probabilities are made of that.
import { formatShape, sameShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat, expectIds, rowsAndColumns } from './check.js';
import { clip, divide, negate, scale } from './elementwise.js';
import { sum } from './reductions.js';

/**
 * -log(softmax(logits)[target]) in nats for each row; 0 where the target is negative, which means "ignore this row".
 * @param logits (..., classes)
 * @param targets int32, the shape of logits without the last axis, each below `classes`
 * @returns the shape of targets
 * @throws RangeError when shapes do not fit or a target is out of range
 */
export function crossEntropyRows(logits: Tensor, targets: Tensor): Tensor {
  expectFloat('crossEntropy', logits);
  const { rows, columns } = rowsAndColumns('crossEntropy', logits);
  if (!sameShape(targets.shape, logits.shape.slice(0, -1))) {
    throw new RangeError(`crossEntropy: logits are ${formatShape(logits.shape)}, so targets must be ${formatShape(logits.shape.slice(0, -1))}; got ${formatShape(targets.shape)}.`);
  }
  expectIds('crossEntropy', targets, columns, true);
  const engine = logits.engine;
  const losses = engine.allocate(targets.shape, logits.dtype);
  const maximum = engine.allocate([rows], logits.dtype);
  const total = engine.allocate([rows], logits.dtype);
  engine.run('crossEntropy', [logits, targets, losses, maximum, total], [rows, columns]);
  return record('crossEntropy', losses, [logits], (dLosses) => {
    const dLogits = engine.allocate(logits.shape, logits.dtype);
    engine.run('crossEntropyGradient', [logits, targets, maximum, total, dLosses, dLogits], [rows, columns]);
    return [dLogits];
  });
}

/**
 * The mean of `crossEntropyRows` over the targets that count, in nats: the loss that classifiers and language models train on.
 *
 * A batch that is cut into parts, whose gradients are added up, gives the gradient of the whole batch only when each part is
 * divided by the number of targets in all parts: give it as `total`.
 * @param total what the sum is divided by; default: the number of targets >= 0. A number is frozen in a captured step; a
 * tensor with one element is not.
 * @returns a single number; 0 when every target is ignored
 */
export function crossEntropy(logits: Tensor, targets: Tensor, total: Tensor | number = countTargets(targets)): Tensor {
  const loss = sum(crossEntropyRows(logits, targets));
  if (typeof total !== 'number') return divide(loss, clip(total, 1, Infinity)); // 0 / 1 where nothing counts
  if (!(total > 0)) throw new RangeError(`crossEntropy: total is ${total}; expected the number of targets that count, 1 or more.`);
  return scale(loss, 1 / total);
}

/** How many targets are not negative, as a single floating-point number on the device. No gradient. */
export function countTargets(targets: Tensor): Tensor {
  if (targets.dtype !== 'int32') throw new TypeError(`countTargets takes an int32 tensor of targets; got ${targets.toString()}.`);
  const count = targets.engine.allocate([]);
  targets.engine.run('countTargets', [targets, count], [targets.size]);
  return count;
}

/**
 * log(softmax(logits)[id]) for each row: how likely the model thought what was chosen, as preference and reinforcement losses
 * need it. Shapes as in `crossEntropyRows`; 0 where the id is negative.
 */
export const logProbabilities = (logits: Tensor, ids: Tensor): Tensor => negate(crossEntropyRows(logits, ids));
