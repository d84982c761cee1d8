// Computes the loss of a classifier: softmax and negative log-likelihood in one, so that no probability is ever rounded to 0.
import type { FloatArray } from '../arrays.js';
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
 * dLogits (rows, columns) = (e^(logits - maximum) / sum - onehot(target)) * dLosses[row * stride] * weight; 0 in ignored rows, NaN
 * where the target is `columns` or more. logits (rows, columns); targets, maximum, sum (rows); dLosses (rows), or (1) with stride 0;
 * weight (1), or null for 1
 */
export function crossEntropyGradient(
  logits: FloatArray, targets: Int32Array, maximum: FloatArray, sum: FloatArray, dLosses: FloatArray, weight: FloatArray | null, dLogits: FloatArray,
  rows: number, columns: number, stride: number,
): void {
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    const target = targets[row];
    if (target < 0 || target >= columns) {
      dLogits.fill(target < 0 ? 0 : NaN, at, at + columns);
      continue;
    }
    const dLoss = dLosses[row * stride] * (weight ? weight[0] : 1);
    for (let c = 0; c < columns; c++) {
      const probability = Math.exp(logits[at + c] - maximum[row]) / sum[row];
      dLogits[at + c] = (probability - (c === target ? 1 : 0)) * dLoss;
    }
  }
}

/**
 * weight (1) = 1 / total (1), or 1 / the number of targets (size) that are not negative where total is null; 0 instead of 1 / 0.
 * mean (1) = weight * the sum of losses (size)
 */
export function meanOverTargets(
  losses: FloatArray, targets: Int32Array, total: FloatArray | null, mean: FloatArray, weight: FloatArray, size: number,
): void {
  let lossSum = 0;
  let counted = 0;
  for (let i = 0; i < size; i++) {
    lossSum += losses[i];
    if (targets[i] >= 0) counted++;
  }
  const divisor = total ? total[0] : counted;
  weight[0] = divisor === 0 ? 0 : 1 / divisor;
  mean[0] = divisor === 0 ? 0 : lossSum / divisor;
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
