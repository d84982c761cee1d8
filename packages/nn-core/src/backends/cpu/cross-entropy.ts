// The loss of a classifier: softmax and negative log-likelihood in one, so that no probability is ever rounded to 0.
import type { FloatArray } from './arrays.js';
import { logSumExpOf } from './rows.js';

/**
 * losses (rows) = logSumExp - logits[target] in nats; 0 where the target is negative, NaN where it is `columns` or more.
 *
 * @param logits (rows, columns)
 * @param targets (rows)
 * @param losses (rows)
 * @param logSumExp (rows): ln(sum of e^logits), of ignored rows too
 */
export function crossEntropy(
  logits: FloatArray, targets: Int32Array, losses: FloatArray, logSumExp: FloatArray,
  rows: number, columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    const target = targets[row];
    const value = logSumExpOf(logits, at, at + columns);
    logSumExp[row] = value;
    if (target < 0) losses[row] = 0;
    else losses[row] = target < columns ? value - logits[at + target] : NaN;
  }
}

/**
 * dLogits (rows, columns) = (e^(logits - logSumExp) - onehot(target)) * dLosses; 0 in ignored rows, NaN where the target is
 * `columns` or more. logits (rows, columns); targets, logSumExp, dLosses (rows)
 */
export function crossEntropyGradient(
  logits: FloatArray, targets: Int32Array, logSumExp: FloatArray, dLosses: FloatArray, dLogits: FloatArray,
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
      const probability = Math.exp(logits[at + c] - logSumExp[row]);
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
