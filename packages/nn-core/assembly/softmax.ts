// Computes softmax and log-softmax of rows, and their gradients. A share is a range of rows.
//
// The maximum of a row is subtracted first, so that nothing overflows (a row of -inf alone gives NaN, as everywhere).
import { expNegative, logScalar } from './math';
import { multiplyAdd } from './simd';
import { laneMask, loadPartial, storePartial, sumOfLanes64 } from './lanes';
import { CHUNK, rowMaximum, rowSum } from './rows';
import { firstUnit } from './share';

/** y = exp(x - maximum), and returns the sum of y; with y = 0 only the sum is made. */
// @ts-ignore: decorator
@inline
export function exponentials(x: usize, y: usize, columns: i32, maximum: f32): f64 {
  const shift = f32x4.splat(maximum);
  const full = columns & ~3;
  let total: f64 = 0;
  let c = 0;
  while (c < full) {
    let sum = f32x4.splat(0);
    for (const stop = min(c + CHUNK, full); c < stop; c += 4) {
      const at = usize(c) << 2;
      const value = expNegative(f32x4.sub(v128.load(x + at), shift));
      if (y) v128.store(y + at, value);
      sum = f32x4.add(sum, value);
    }
    total += sumOfLanes64(sum);
  }
  if (c < columns) {
    const at = usize(c) << 2;
    const rest = columns - c;
    const value = expNegative(f32x4.sub(loadPartial(x + at, rest), shift));
    if (y) storePartial(y + at, value, rest);
    total += sumOfLanes64(v128.and(value, laneMask(rest)));
  }
  return total;
}

export function softmax(x: usize, y: usize, rows: i32, columns: i32, part: i32, parts: i32): void {
  if (columns == 0) return;
  const end = firstUnit(rows, part + 1, parts);
  for (let r = firstUnit(rows, part, parts); r < end; r++) {
    const start = usize(r * columns) << 2;
    const total = exponentials(x + start, y + start, columns, rowMaximum(x + start, columns));
    const factor = f32x4.splat(f32(1 / total));
    let c = 0;
    for (const full = columns & ~3; c < full; c += 4) {
      const at = y + start + (usize(c) << 2);
      v128.store(at, f32x4.mul(v128.load(at), factor));
    }
    if (c < columns) {
      const at = y + start + (usize(c) << 2);
      storePartial(at, f32x4.mul(loadPartial(at, columns - c), factor), columns - c);
    }
  }
}

/** y = x - (maximum + log(sum of exp(x - maximum))) */
export function logSoftmax(x: usize, y: usize, rows: i32, columns: i32, part: i32, parts: i32): void {
  if (columns == 0) return;
  const end = firstUnit(rows, part + 1, parts);
  for (let r = firstUnit(rows, part, parts); r < end; r++) {
    const start = usize(r * columns) << 2;
    const largest = rowMaximum(x + start, columns);
    const maximum = f32x4.splat(largest);
    const logTotal = f32x4.splat(logScalar(f32(exponentials(x + start, 0, columns, largest))));
    // Subtracted one after the other: their sum would lose digits where the maximum is large.
    let c = 0;
    for (const full = columns & ~3; c < full; c += 4) {
      const at = start + (usize(c) << 2);
      v128.store(y + at, f32x4.sub(f32x4.sub(v128.load(x + at), maximum), logTotal));
    }
    if (c < columns) {
      const at = start + (usize(c) << 2);
      storePartial(y + at, f32x4.sub(f32x4.sub(loadPartial(x + at, columns - c), maximum), logTotal), columns - c);
    }
  }
}

/** Sum of a * b over a row. */
// @ts-ignore: decorator
@inline
function rowDot(a: usize, b: usize, columns: i32): f64 {
  const full = columns & ~3;
  let total: f64 = 0;
  let c = 0;
  while (c < full) {
    let sum = f32x4.splat(0);
    for (const stop = min(c + CHUNK, full); c < stop; c += 4) {
      const at = usize(c) << 2;
      sum = multiplyAdd(v128.load(a + at), v128.load(b + at), sum);
    }
    total += sumOfLanes64(sum);
  }
  if (c < columns) {
    const at = usize(c) << 2;
    total += sumOfLanes64(f32x4.mul(loadPartial(a + at, columns - c), loadPartial(b + at, columns - c)));
  }
  return total;
}

/** dx = y * (dy - sum(dy * y)) */
export function softmaxGradient(y: usize, dy: usize, dx: usize, rows: i32, columns: i32, part: i32, parts: i32): void {
  const end = firstUnit(rows, part + 1, parts);
  for (let r = firstUnit(rows, part, parts); r < end; r++) {
    const start = usize(r * columns) << 2;
    const mean = f32x4.splat(f32(rowDot(y + start, dy + start, columns)));
    let c = 0;
    for (const full = columns & ~3; c < full; c += 4) {
      const at = start + (usize(c) << 2);
      v128.store(dx + at, f32x4.mul(v128.load(y + at), f32x4.sub(v128.load(dy + at), mean)));
    }
    if (c < columns) {
      const at = start + (usize(c) << 2);
      const rest = columns - c;
      storePartial(dx + at, f32x4.mul(loadPartial(y + at, rest), f32x4.sub(loadPartial(dy + at, rest), mean)), rest);
    }
  }
}

/** dx = dy - exp(y) * sum(dy) */
export function logSoftmaxGradient(y: usize, dy: usize, dx: usize, rows: i32, columns: i32, part: i32, parts: i32): void {
  const end = firstUnit(rows, part + 1, parts);
  for (let r = firstUnit(rows, part, parts); r < end; r++) {
    const start = usize(r * columns) << 2;
    const negative = f32x4.splat(f32(-rowSum(dy + start, columns)));
    let c = 0;
    for (const full = columns & ~3; c < full; c += 4) {
      const at = start + (usize(c) << 2);
      v128.store(dx + at, multiplyAdd(expNegative(v128.load(y + at)), negative, v128.load(dy + at)));
    }
    if (c < columns) {
      const at = start + (usize(c) << 2);
      const rest = columns - c;
      storePartial(dx + at, multiplyAdd(expNegative(loadPartial(y + at, rest)), negative, loadPartial(dy + at, rest)), rest);
    }
  }
}
