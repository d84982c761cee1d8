// The loss of a classifier or a language model: softmax and cross-entropy in one.
import { formatShape, sameShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat, expectIds, rowsAndColumns } from './check.js';

/**
 * The mean of -log(softmax(logits)[target]) in nats, over the targets that are >= 0; negative targets are ignored.
 * @param logits (..., classes)
 * @param targets int32, the shape of logits without the last axis, each below `classes`
 * @returns a single number; 0 when every target is ignored
 */
export function crossEntropy(logits: Tensor, targets: Tensor): Tensor {
  expectFloat('crossEntropy', logits);
  const { rows, columns } = rowsAndColumns('crossEntropy', logits);
  if (!sameShape(targets.shape, logits.shape.slice(0, -1))) {
    throw new RangeError(`crossEntropy: logits are ${formatShape(logits.shape)}, so targets must be ${formatShape(logits.shape.slice(0, -1))}; got ${formatShape(targets.shape)}.`);
  }
  expectIds('crossEntropy', targets, columns, true);
  const engine = logits.engine;
  const loss = engine.allocate([], logits.dtype);
  const logSumExp = engine.allocate([rows], logits.dtype);
  const count = engine.allocate([], logits.dtype);
  engine.run('crossEntropy', [logits, targets, loss, logSumExp, count], [rows, columns]);
  return record('crossEntropy', loss, [logits], (dLoss) => {
    const dLogits = engine.allocate(logits.shape, logits.dtype);
    engine.run('crossEntropyGradient', [logits, targets, logSumExp, count, dLoss, dLogits], [rows, columns]);
    return [dLogits];
  });
}
