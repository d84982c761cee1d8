// The loss of a classifier, row by row; `logSumExp` and the sums over rows are shaders of `rows.ts` and `reductions.ts`.
import { whole } from './helpers.js';
import type { Float, Halves, Invocation, Matrix, Vector } from './language.js';

/** (rows) = logSumExp - logits[target], 0 where the target is negative; logits (rows, columns), targets, logSumExps (rows) */
export function rowLoss(this: Invocation, logits: Matrix, targets: Halves, logSumExps: Vector): Float {
  const target = whole(targets[this.thread.x][0], targets[this.thread.x][1]);
  if (target < 0) return 0;
  return logSumExps[this.thread.x] - logits[this.thread.x][target];
}

/** (rows) = 1 where the target (rows) is not negative, else 0 */
export function isCounted(this: Invocation, targets: Halves): Float {
  if (targets[this.thread.x][1] < 0) return 0;
  return 1;
}

/** mean (1) = total (1) / count (1), 0 where count is 0 */
export function meanLoss(this: Invocation, total: Vector, count: Vector): Float {
  if (count[0] > 0) return total[0] / count[0];
  return 0;
}

/** dLogits (rows, columns) = (e^(logits - logSumExp) - onehot(target)) * dLoss / count, 0 in ignored rows; targets, logSumExps (rows), count, dLoss (1) */
export function crossEntropyGradient(this: Invocation, logits: Matrix, targets: Halves, logSumExps: Vector, count: Vector, dLoss: Vector): Float {
  const target = whole(targets[this.thread.y][0], targets[this.thread.y][1]);
  if (target < 0) return 0;
  let difference = Math.exp(logits[this.thread.y][this.thread.x] - logSumExps[this.thread.y]);
  if (target === this.thread.x) difference -= 1;
  return (difference * dLoss[0]) / count[0];
}
