// Computes the cross-entropy of each row of logits against its target, and its gradient: a negative target is ignored, one that
// is too large gives NaN, a share is a range of rows. Also that of yes-or-no questions, element by element.
import { expNegative, logScalar, logVector } from './math';
import { binary } from './map';
import { loadPartial, storePartial } from './lanes';
import { fillRun, zeroRun } from './bytes';
import { exponentials } from './softmax';
import { rowMaximum, rowSum } from './rows';
import { firstUnit } from './share';

/** losses = log(sum) + maximum - logits[target]; maximum and sum of each row */
export function crossEntropy(
  logits: usize, targets: usize, losses: usize, maximum: usize, sum: usize, rows: i32, columns: i32, part: i32, parts: i32,
): void {
  const end = firstUnit(rows, part + 1, parts);
  for (let r = firstUnit(rows, part, parts); r < end; r++) {
    const at = usize(r) << 2;
    const row = logits + (usize(r * columns) << 2);
    const highest = rowMaximum(row, columns);
    const total = f32(exponentials(row, 0, columns, highest));
    store<f32>(maximum + at, highest);
    store<f32>(sum + at, total);
    const target = load<i32>(targets + at);
    let loss: f32 = 0;
    if (target >= 0) loss = target < columns ? highest - load<f32>(row + (usize(target) << 2)) + logScalar(total) : f32.NaN;
    store<f32>(losses + at, loss);
  }
}

/** dLogits = (exp(logits - maximum) / sum - onehot(target)) * dLosses[row * stride] * weight[0]; 0 in ignored rows */
export function crossEntropyGradient(
  logits: usize, targets: usize, maximum: usize, sum: usize, dLosses: usize, weight: usize, dLogits: usize,
  rows: i32, columns: i32, stride: i32, part: i32, parts: i32,
): void {
  const by: f32 = weight ? load<f32>(weight) : 1;
  const end = firstUnit(rows, part + 1, parts);
  for (let r = firstUnit(rows, part, parts); r < end; r++) {
    const start = usize(r * columns) << 2;
    const target = load<i32>(targets + (usize(r) << 2));
    if (target < 0) {
      zeroRun(dLogits + start, columns);
      continue;
    }
    if (target >= columns) {
      fillRun(dLogits + start, reinterpret<i32>(f32.NaN), columns);
      continue;
    }
    const dLoss = load<f32>(dLosses + (usize(r * stride) << 2)) * by;
    const factors = f32x4.splat(dLoss / load<f32>(sum + (usize(r) << 2)));
    const shift = v128.load32_splat(maximum + (usize(r) << 2));
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
    store<f32>(hit, load<f32>(hit) - dLoss);
  }
}

/** How many of the targets are not negative. */
function counted(targets: usize, size: i32): f32 {
  let count = 0;
  for (let i = 0; i < size; i++) count += i32(load<i32>(targets + (usize(i) << 2)) >= 0);
  return f32(count);
}

/** count[0] = how many of the targets are not negative: few instructions, so one share does them all */
export function countTargets(targets: usize, count: usize, size: i32, part: i32, parts: i32): void {
  if (part == 0) store<f32>(count, counted(targets, size));
}

/** weight[0] = 1 / total[0], by default the number of targets that count; mean[0] = weight * the sum of losses. One share does it all. */
export function meanOverTargets(losses: usize, targets: usize, total: usize, mean: usize, weight: usize, size: i32, part: i32, parts: i32): void {
  if (part != 0) return;
  const divisor = total ? load<f32>(total) : counted(targets, size);
  store<f32>(weight, divisor == 0 ? 0 : 1 / divisor);
  store<f32>(mean, divisor == 0 ? 0 : f32(rowSum(losses, size) / f64(divisor)));
}

/**
 * log(1 + e) for e in [0, 1], to the last digits of small e too: what rounding 1 + e takes away, the quotient gives back
 * (Goldberg 1991, theorem 4).
 */
// @ts-ignore: decorator
@inline
function log1pVector(e: v128): v128 {
  const u = f32x4.add(f32x4.splat(1), e);
  const taken = f32x4.sub(u, f32x4.splat(1));
  const exact = f32x4.div(f32x4.mul(logVector(u), e), taken);
  return v128.bitselect(e, exact, f32x4.eq(taken, f32x4.splat(0)));
}

@unmanaged class BinaryCrossEntropy {
  @inline apply(x: v128, target: v128): v128 {
    const tail = log1pVector(expNegative(f32x4.neg(f32x4.abs(x))));
    return f32x4.add(f32x4.sub(f32x4.max(x, f32x4.splat(0)), f32x4.mul(x, target)), tail);
  }
}

/** y = max(x, 0) - x * target + log(1 + exp(-|x|)), element by element */
export function binaryCrossEntropy(x: usize, target: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<BinaryCrossEntropy>(x, target, y, size, part, parts);
}
