// Computes the loss of a classifier or a language model: softmax and cross-entropy in one. The kernel gives a loss for each row;
// means and log-probabilities are made of that.
import { formatShape, sameShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat, expectIds, expectTensor, rowsAndColumns } from './shared/check.js';
import { negate } from './elementwise.js';
import { asTensor } from './shared/map.js';

/** The losses (rows) of checked inputs, and what gives the gradient by the logits: from dLosses (rows), or from one number for all and its weight. */
function rowLosses(operation: string, logits: Tensor, targets: Tensor): { losses: Tensor; gradient: (dLosses: Tensor, weight?: Tensor) => Tensor } {
  expectFloat(operation, logits);
  expectTensor(operation, targets);
  const { rows, columns } = rowsAndColumns(operation, logits);
  if (!sameShape(targets.shape, logits.shape.slice(0, -1))) {
    throw new RangeError(`${operation}: logits are ${formatShape(logits.shape)}, so targets must be ${formatShape(logits.shape.slice(0, -1))}; got ${formatShape(targets.shape)}.`);
  }
  expectIds(operation, targets, columns, true);
  const engine = logits.engine;
  const losses = engine.allocate(targets.shape, logits.dtype);
  const maximum = engine.allocate([rows], logits.dtype);
  const sum = engine.allocate([rows], logits.dtype);
  engine.run('crossEntropy', [logits, targets, losses, maximum, sum], [rows, columns]);
  const gradient = (dLosses: Tensor, weight: Tensor | null = null): Tensor => {
    const dLogits = engine.allocate(logits.shape, logits.dtype);
    engine.run('crossEntropyGradient', [logits, targets, maximum, sum, dLosses, weight, dLogits], [rows, columns, weight ? 0 : 1]);
    return dLogits;
  };
  return { losses, gradient };
}

/**
 * -log(softmax(logits)[target]) in nats for each row; 0 where the target is negative, which means "ignore this row".
 * @param logits (..., classes)
 * @param targets int32, the shape of logits without the last axis, each below `classes`
 * @returns the shape of targets
 * @throws RangeError when shapes do not fit or a target is out of range
 */
export function crossEntropyRows(logits: Tensor, targets: Tensor): Tensor {
  const { losses, gradient } = rowLosses('crossEntropyRows', logits, targets);
  return record('crossEntropyRows', losses, [logits], (dLosses) => [gradient(dLosses)]);
}

/**
 * The mean of `crossEntropyRows` over the targets that count, in nats: the loss that classifiers and language models train on.
 *
 * A batch that is cut into parts, whose gradients are added up, gives the gradient of the whole batch only when each part is
 * divided by the number of targets in all parts: give it as `total`.
 * @param total what the sum is divided by; default: the number of targets >= 0. A number is frozen in a captured step; a
 * tensor with one element is not.
 * @returns a single number; 0 when every target is ignored, or a tensor `total` holds 0
 */
export function crossEntropy(logits: Tensor, targets: Tensor, total?: Tensor | number): Tensor {
  if (typeof total === 'number' ? !(total > 0) : total && (total.size !== 1 || total.dtype === 'int32')) {
    throw new RangeError(`crossEntropy: total is ${String(total)}; expected the number of targets that count, above 0, or a floating-point tensor with one element.`);
  }
  const { losses, gradient } = rowLosses('crossEntropy', logits, targets);
  const { engine } = logits;
  const [mean, weight] = [engine.allocate([], logits.dtype), engine.allocate([], logits.dtype)];
  engine.run('meanOverTargets', [losses, targets, total === undefined ? null : asTensor(total, logits), mean, weight], [targets.size]);
  return record('crossEntropy', mean, [logits], (dMean) => [gradient(dMean, weight)]);
}

/** How many targets are not negative, as a single floating-point number on the device. No gradient. */
export function countTargets(targets: Tensor): Tensor {
  expectTensor('countTargets', targets);
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
