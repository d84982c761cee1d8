// The loss of a classifier: softmax and negative log-likelihood in one, so that no probability is ever rounded to 0.
import type { FloatArray } from './arrays.js';
import { logSumExpOf } from './rows.js';

/**
 * loss (1) = mean of logSumExp - logits[target] over the rows with target >= 0, in nats; 0 when there is none.
 *
 * @param logits (rows, columns)
 * @param targets (rows): each below columns; a negative one means that the row is ignored
 * @param logSumExp (rows): ln(sum of e^logits), of ignored rows too
 * @param count (1): the number of rows with target >= 0
 */
export function crossEntropy(
  logits: FloatArray, targets: Int32Array, loss: FloatArray, logSumExp: FloatArray, count: FloatArray,
  rows: number, columns: number,
): void {
  let total = 0;
  let counted = 0;
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    const value = logSumExpOf(logits, at, at + columns);
    logSumExp[row] = value;
    if (targets[row] < 0) continue;
    total += value - logits[at + targets[row]];
    counted++;
  }
  loss[0] = counted > 0 ? total / counted : 0;
  count[0] = counted;
}

/**
 * dLogits (rows, columns) = (e^(logits - logSumExp) - onehot(target)) * dLoss / count; 0 in ignored rows.
 * logits (rows, columns), targets (rows), logSumExp (rows), count (1), dLoss (1)
 */
export function crossEntropyGradient(
  logits: FloatArray, targets: Int32Array, logSumExp: FloatArray, count: FloatArray, dLoss: FloatArray, dLogits: FloatArray,
  rows: number, columns: number,
): void {
  const weight = dLoss[0] / count[0];
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < columns; c++) {
      const at = row * columns + c;
      const probability = Math.exp(logits[at] - logSumExp[row]);
      dLogits[at] = targets[row] < 0 ? 0 : (probability - (c === targets[row] ? 1 : 0)) * weight;
    }
}
