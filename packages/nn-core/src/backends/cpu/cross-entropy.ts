// The loss of a classifier: softmax and negative log-likelihood in one, so that no probability is ever rounded to 0.
import type { FloatArray } from './arrays.js';
import { softmaxParts } from './rows.js';

/**
 * losses (rows) = log(sum) + maximum - logits[target] in nats; 0 where the target is negative, NaN where it is `columns` or more.
 *
 * @param logits (rows, columns)
 * @param targets (rows)
 * @param losses (rows)
 * @param maximum (rows): the greatest logit, of ignored rows too
 * @param sum (rows): the sum of e^(logits - maximum)
 */
export function crossEntropy(
  logits: FloatArray, targets: Int32Array, losses: FloatArray, maximum: FloatArray, sum: FloatArray,
  rows: number, columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    const target = targets[row];
    const { highest, total } = softmaxParts(logits, at, at + columns);
    maximum[row] = highest;
    sum[row] = total;
    if (target < 0) losses[row] = 0;
    else losses[row] = target < columns ? Math.log(total) + (highest - logits[at + target]) : NaN;
  }
}

/**
 * dLogits (rows, columns) = (e^(logits - maximum) / sum - onehot(target)) * dLosses; 0 in ignored rows, NaN where the target is
 * `columns` or more. logits (rows, columns); targets, maximum, sum, dLosses (rows)
 */
export function crossEntropyGradient(
  logits: FloatArray, targets: Int32Array, maximum: FloatArray, sum: FloatArray, dLosses: FloatArray, dLogits: FloatArray,
  rows: number, columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    const target = targets[row];
    if (target < 0 || target >= columns) {
      dLogits.fill(target < 0 ? 0 : NaN, at, at + columns);
      continue;
    }
    for (let c = 0; c < columns; c++) {
      const probability = Math.exp(logits[at + c] - maximum[row]) / sum[row];
      dLogits[at + c] = (probability - (c === target ? 1 : 0)) * dLosses[row];
    }
  }
}

/** count (1) = how many of the targets (size) are not negative */
export function countTargets(targets: Int32Array, count: FloatArray, size: number): void {
  let counted = 0;
  for (let i = 0; i < size; i++) if (targets[i] >= 0) counted++;
  count[0] = counted;
}

/** y (size) = max(x, 0) - x * target + ln(1 + e^-|x|); x, target (size) */
export function binaryCrossEntropy(x: FloatArray, target: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = Math.max(x[i], 0) - x[i] * target[i] + Math.log1p(Math.exp(-Math.abs(x[i])));
}
