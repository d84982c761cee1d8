// Mean cross-entropy of rows of logits against target ids, and its gradient. A negative target is ignored.
//
// The forward kernel has two steps: each share computes the logSumExp of its rows; when all are done, `crossEntropyFinish`
// averages over the rows, in their order and in double precision.
import { expNegative, logScalar } from './math';
import { loadPartial, storePartial } from './lanes';
import { zeroRun } from './bytes';
import { exponentials } from './softmax';
import { rowMaximum } from './rows';
import { firstUnit } from './share';

/** logSumExp (rows) */
export function crossEntropy(
  logits: usize, targets: usize, loss: usize, logSumExp: usize, count: usize, rows: i32, columns: i32, part: i32, parts: i32,
): void {
  const end = firstUnit(rows, part + 1, parts);
  for (let r = firstUnit(rows, part, parts); r < end; r++) {
    const row = logits + (usize(r * columns) << 2);
    const maximum = rowMaximum(row, columns);
    store<f32>(logSumExp + (usize(r) << 2), maximum + logScalar(f32(exponentials(row, 0, columns, maximum))));
  }
}

/** loss[0] = mean over the rows with a target of logSumExp - logits[target]; count[0] = how many there are */
export function crossEntropyFinish(
  logits: usize, targets: usize, loss: usize, logSumExp: usize, count: usize, rows: i32, columns: i32, part: i32, parts: i32,
): void {
  if (part != 0) return;
  let total: f64 = 0;
  let counted = 0;
  for (let r = 0; r < rows; r++) {
    const target = load<i32>(targets + (usize(r) << 2));
    if (target < 0) continue;
    total += f64(load<f32>(logSumExp + (usize(r) << 2))) - f64(load<f32>(logits + (usize(r * columns + target) << 2)));
    counted++;
  }
  store<f32>(loss, counted == 0 ? <f32>0 : f32(total / f64(counted)));
  store<f32>(count, f32(counted));
}

/** dLogits = (exp(logits - logSumExp) - onehot(target)) * dLoss[0] / count[0]; 0 in ignored rows */
export function crossEntropyGradient(
  logits: usize, targets: usize, logSumExp: usize, count: usize, dLoss: usize, dLogits: usize,
  rows: i32, columns: i32, part: i32, parts: i32,
): void {
  const counted = load<f32>(count);
  const factor: f32 = counted == 0 ? 0 : load<f32>(dLoss) / counted;
  const factors = f32x4.splat(factor);
  const end = firstUnit(rows, part + 1, parts);
  for (let r = firstUnit(rows, part, parts); r < end; r++) {
    const start = usize(r * columns) << 2;
    const target = load<i32>(targets + (usize(r) << 2));
    if (target < 0) {
      zeroRun(dLogits + start, columns);
      continue;
    }
    const shift = v128.load32_splat(logSumExp + (usize(r) << 2));
    let c = 0;
    for (const full = columns & ~3; c < full; c += 4) {
      const at = start + (usize(c) << 2);
      v128.store(dLogits + at, f32x4.mul(expNegative(f32x4.sub(v128.load(logits + at), shift)), factors));
    }
    if (c < columns) {
      const at = start + (usize(c) << 2);
      const rest = columns - c;
      storePartial(dLogits + at, f32x4.mul(expNegative(f32x4.sub(loadPartial(logits + at, rest), shift)), factors), rest);
    }
    const hit = dLogits + start + (usize(target) << 2);
    store<f32>(hit, load<f32>(hit) - factor);
  }
}
