// Normalizes rows by their root mean square (Zhang and Sennrich 2019), and computes the gradients. A share is a range of rows;
// for the gradient of the weight, which is a sum over rows, it is a range of columns.
import { multiplyAdd } from './simd';
import { loadPartial, storePartial, sumOfLanes64 } from './lanes';
import { zeroRun } from './bytes';
import { CHUNK } from './rows';
import { firstElement, firstUnit } from './share';

/** Sum over a row of F.left(a, b) * c; lanes beyond its end are zeros. */
// @ts-ignore: decorator
@inline
function sumOfProducts<F>(a: usize, b: usize, c: usize, columns: i32): f64 {
  const formula = changetype<F>(0);
  const full = columns & ~3;
  let total: f64 = 0;
  let i = 0;
  while (i < full) {
    let sum = f32x4.splat(0);
    for (const stop = min(i + CHUNK, full); i < stop; i += 4) {
      const at = usize(i) << 2;
      sum = multiplyAdd(formula.left(v128.load(a + at), v128.load(b + at)), v128.load(c + at), sum);
    }
    total += sumOfLanes64(sum);
  }
  if (i < columns) {
    const at = usize(i) << 2;
    const rest = columns - i;
    total += sumOfLanes64(f32x4.mul(formula.left(loadPartial(a + at, rest), loadPartial(b + at, rest)), loadPartial(c + at, rest)));
  }
  return total;
}

@unmanaged class First { @inline left(a: v128, b: v128): v128 { return a; } }
@unmanaged class Product { @inline left(a: v128, b: v128): v128 { return f32x4.mul(a, b); } }

/** y = x * inverseRms * weight */
export function rmsNorm(x: usize, weight: usize, y: usize, inverseRms: usize, rows: i32, columns: i32, epsilon: f32, part: i32, parts: i32): void {
  if (columns == 0) return;
  const end = firstUnit(rows, part + 1, parts);
  for (let r = firstUnit(rows, part, parts); r < end; r++) {
    const source = x + (usize(r * columns) << 2);
    const target = y + (usize(r * columns) << 2);
    const inverse = f32(1 / Math.sqrt(sumOfProducts<First>(source, source, source, columns) / f64(columns) + f64(epsilon)));
    const inverses = f32x4.splat(inverse);
    store<f32>(inverseRms + (usize(r) << 2), inverse);
    let c = 0;
    for (const full = columns & ~3; c < full; c += 4) {
      const at = usize(c) << 2;
      v128.store(target + at, f32x4.mul(f32x4.mul(v128.load(source + at), inverses), v128.load(weight + at)));
    }
    if (c < columns) {
      const at = usize(c) << 2;
      const rest = columns - c;
      storePartial(target + at, f32x4.mul(f32x4.mul(loadPartial(source + at, rest), inverses), loadPartial(weight + at, rest)), rest);
    }
  }
}

/** dx = inverseRms * (h - n * mean(h * n)), with h = dy * weight and n = x * inverseRms */
export function rmsNormGradient(
  x: usize, weight: usize, inverseRms: usize, dy: usize, dx: usize, rows: i32, columns: i32, part: i32, parts: i32,
): void {
  if (columns == 0) return;
  const end = firstUnit(rows, part + 1, parts);
  for (let r = firstUnit(rows, part, parts); r < end; r++) {
    const start = usize(r * columns) << 2;
    const inverse = load<f32>(inverseRms + (usize(r) << 2));
    const inverses = f32x4.splat(inverse);
    // n * mean(h * n) = x * (inverseRms^2 * mean(h * x))
    const factor = -f64(inverse) * f64(inverse) * sumOfProducts<Product>(dy + start, weight, x + start, columns) / f64(columns);
    const factors = f32x4.splat(f32(factor));
    let c = 0;
    for (const full = columns & ~3; c < full; c += 4) {
      const at = usize(c) << 2;
      const h = f32x4.mul(v128.load(dy + start + at), v128.load(weight + at));
      v128.store(dx + start + at, f32x4.mul(inverses, multiplyAdd(v128.load(x + start + at), factors, h)));
    }
    if (c < columns) {
      const at = usize(c) << 2;
      const rest = columns - c;
      const h = f32x4.mul(loadPartial(dy + start + at, rest), loadPartial(weight + at, rest));
      storePartial(dx + start + at, f32x4.mul(inverses, multiplyAdd(loadPartial(x + start + at, rest), factors, h)), rest);
    }
  }
}

/** dWeight = sum over rows of dy * x * inverseRms */
export function rmsNormParameterGradient(x: usize, inverseRms: usize, dy: usize, dWeight: usize, rows: i32, columns: i32, part: i32, parts: i32): void {
  const first = firstElement(columns, part, parts);
  const count = firstElement(columns, part + 1, parts) - first;
  if (count == 0) return;
  const target = dWeight + (usize(first) << 2);
  zeroRun(target, count);
  for (let r = 0; r < rows; r++) {
    const start = (usize(r) * usize(columns) + usize(first)) << 2;
    const inverses = v128.load32_splat(inverseRms + (usize(r) << 2));
    let c = 0;
    for (const full = count & ~3; c < full; c += 4) {
      const at = usize(c) << 2;
      const n = f32x4.mul(v128.load(x + start + at), inverses);
      v128.store(target + at, multiplyAdd(v128.load(dy + start + at), n, v128.load(target + at)));
    }
    if (c < count) {
      const at = usize(c) << 2;
      const rest = count - c;
      const n = f32x4.mul(loadPartial(x + start + at, rest), inverses);
      storePartial(target + at, multiplyAdd(loadPartial(dy + start + at, rest), n, loadPartial(target + at, rest)), rest);
    }
  }
}
