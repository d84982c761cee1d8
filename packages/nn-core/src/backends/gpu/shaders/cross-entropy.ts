// Computes the loss of a classifier, row by row; maxima and sums come from shaders of `rows.ts`. Shader languages cannot spell NaN,
// so it is given to them: `missing`, for targets that are too large.
import { whole } from './helpers.js';
import type { Float, Halves, Int, Invocation, Matrix, Vector } from './language.js';

/** losses (rows) = log(sum) + maximum - logits[target], 0 where the target is negative; logits (rows, columns), targets, maxima, sums (rows) */
export function crossEntropy(this: Invocation, logits: Matrix, targets: Halves, maxima: Vector, sums: Vector, columns: Int, missing: Float): Float {
  const target = whole(targets[this.thread.x][0], targets[this.thread.x][1]);
  if (target < 0) return 0;
  if (target >= columns) return missing;
  return maxima[this.thread.x] - logits[this.thread.x][target] + Math.log(sums[this.thread.x]);
}

/** dLogits (rows, columns) = (e^(logits - maximum) / sum - onehot(target)) * dLosses[row * stride] * weight (1), 0 in ignored rows; targets, maxima, sums (rows) */
export function crossEntropyGradient(
  this: Invocation, logits: Matrix, targets: Halves, maxima: Vector, sums: Vector, dLosses: Vector, weight: Vector,
  columns: Int, stride: Int, hasWeight: Int, missing: Float,
): Float {
  const target = whole(targets[this.thread.y][0], targets[this.thread.y][1]);
  if (target < 0) return 0;
  if (target >= columns) return missing;
  let difference = Math.exp(logits[this.thread.y][this.thread.x] - maxima[this.thread.y]) / sums[this.thread.y];
  if (target === this.thread.x) difference -= 1;
  if (hasWeight === 1) difference *= weight[0];
  return difference * dLosses[this.thread.y * stride];
}

/** weight (1) = 1 / total (1), 0 where total is 0 */
export function targetWeight(this: Invocation, total: Vector): Float {
  if (total[0] === 0) return 0;
  return 1 / total[0];
}

/** (size) = 1 where the target (size) is not negative, else 0 */
export function isCounted(this: Invocation, targets: Halves): Float {
  if (targets[this.thread.x][1] < 0) return 0;
  return 1;
}

/** y (size) = max(x, 0) - x * target + log(1 + e^-|x|); x, target (size) */
export function binaryCrossEntropy(this: Invocation, x: Vector, target: Vector): Float {
  return Math.max(x[this.thread.x], 0) - x[this.thread.x] * target[this.thread.x] + Math.log(1 + Math.exp(0 - Math.abs(x[this.thread.x])));
}
