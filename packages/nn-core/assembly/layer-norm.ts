// Normalizes rows (layer normalisation, Ba et al. 2016), and computes the gradients. Rows are short enough for the first-level
// cache, so a row is read from memory once however often it is walked. A share is a range of rows; for the gradients of weight
// and bias, which are sums over rows, it is a range of columns.
import { multiplyAdd } from './simd';
import { laneMask, loadPartial, storePartial, sumOfLanes64 } from './lanes';
import { zeroRun } from './bytes';
import { CHUNK, rowSum } from './rows';
import { firstElement, firstUnit } from './share';

/** Sum of (x - mean)^2 over a row. */
// @ts-ignore: decorator
@inline
function squaredDeviations(x: usize, columns: i32, mean: v128): f64 {
  const full = columns & ~3;
  let total: f64 = 0;
  let c = 0;
  while (c < full) {
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    const stop = min(c + CHUNK, full);
    for (const pairs = c + ((stop - c) & ~7); c < pairs; c += 8) {
      const at = x + (usize(c) << 2);
      const a = f32x4.sub(v128.load(at), mean);
      const b = f32x4.sub(v128.load(at, 16), mean);
      sum0 = multiplyAdd(a, a, sum0);
      sum1 = multiplyAdd(b, b, sum1);
    }
    if (c < stop) {
      const a = f32x4.sub(v128.load(x + (usize(c) << 2)), mean);
      sum0 = multiplyAdd(a, a, sum0);
      c += 4;
    }
    total += sumOfLanes64(f32x4.add(sum0, sum1));
  }
  if (c < columns) {
    const a = v128.and(f32x4.sub(loadPartial(x + (usize(c) << 2), columns - c), mean), laneMask(columns - c));
    total += sumOfLanes64(f32x4.mul(a, a));
  }
  return total;
}

/** y = (x - mean) * inverseDeviation * weight + bias */
export function layerNorm(
  x: usize, weight: usize, bias: usize, y: usize, mean: usize, inverseDeviation: usize,
  rows: i32, columns: i32, epsilon: f32, part: i32, parts: i32,
): void {
  if (columns == 0) return;
  const end = firstUnit(rows, part + 1, parts);
  for (let r = firstUnit(rows, part, parts); r < end; r++) {
    const source = x + (usize(r * columns) << 2);
    const target = y + (usize(r * columns) << 2);
    const rowMean = f32(rowSum(source, columns) / f64(columns));
    const means = f32x4.splat(rowMean);
    const variance = squaredDeviations(source, columns, means) / f64(columns);
    const inverse = f32(1 / Math.sqrt(variance + f64(epsilon)));
    const inverses = f32x4.splat(inverse);
    store<f32>(mean + (usize(r) << 2), rowMean);
    store<f32>(inverseDeviation + (usize(r) << 2), inverse);
    let c = 0;
    for (const full = columns & ~3; c < full; c += 4) {
      const at = usize(c) << 2;
      const normal = f32x4.mul(f32x4.sub(v128.load(source + at), means), inverses);
      v128.store(target + at, multiplyAdd(normal, v128.load(weight + at), v128.load(bias + at)));
    }
    if (c < columns) {
      const at = usize(c) << 2;
      const rest = columns - c;
      const normal = f32x4.mul(f32x4.sub(loadPartial(source + at, rest), means), inverses);
      storePartial(target + at, multiplyAdd(normal, loadPartial(weight + at, rest), loadPartial(bias + at, rest)), rest);
    }
  }
}

/** dx = inverseDeviation * (h - mean(h) - n * mean(h * n)), with h = dy * weight and n = (x - mean) * inverseDeviation */
export function layerNormGradient(
  x: usize, weight: usize, mean: usize, inverseDeviation: usize, dy: usize, dx: usize,
  rows: i32, columns: i32, part: i32, parts: i32,
): void {
  if (columns == 0) return;
  const full = columns & ~3;
  const rest = columns - full;
  const end = firstUnit(rows, part + 1, parts);
  for (let r = firstUnit(rows, part, parts); r < end; r++) {
    const start = usize(r * columns) << 2;
    const source = x + start;
    const gradient = dy + start;
    const target = dx + start;
    const means = v128.load32_splat(mean + (usize(r) << 2));
    const inverses = v128.load32_splat(inverseDeviation + (usize(r) << 2));
    let sumH: f64 = 0;
    let sumHN: f64 = 0;
    let c = 0;
    while (c < full) {
      let chunkH = f32x4.splat(0);
      let chunkHN = chunkH;
      for (const stop = min(c + CHUNK, full); c < stop; c += 4) {
        const at = usize(c) << 2;
        const h = f32x4.mul(v128.load(gradient + at), v128.load(weight + at));
        const n = f32x4.mul(f32x4.sub(v128.load(source + at), means), inverses);
        chunkH = f32x4.add(chunkH, h);
        chunkHN = multiplyAdd(h, n, chunkHN);
      }
      sumH += sumOfLanes64(chunkH);
      sumHN += sumOfLanes64(chunkHN);
    }
    if (rest) {
      const at = usize(full) << 2;
      // The lanes beyond the end have h = 0.
      const h = f32x4.mul(loadPartial(gradient + at, rest), loadPartial(weight + at, rest));
      const n = f32x4.mul(f32x4.sub(loadPartial(source + at, rest), means), inverses);
      sumH += sumOfLanes64(h);
      sumHN += sumOfLanes64(f32x4.mul(h, n));
    }
    const meanH = f32x4.splat(f32(sumH / f64(columns)));
    const negativeHN = f32x4.splat(f32(-sumHN / f64(columns)));
    for (c = 0; c < full; c += 4) {
      const at = usize(c) << 2;
      const h = f32x4.mul(v128.load(gradient + at), v128.load(weight + at));
      const n = f32x4.mul(f32x4.sub(v128.load(source + at), means), inverses);
      v128.store(target + at, f32x4.mul(inverses, multiplyAdd(n, negativeHN, f32x4.sub(h, meanH))));
    }
    if (rest) {
      const at = usize(full) << 2;
      const h = f32x4.mul(loadPartial(gradient + at, rest), loadPartial(weight + at, rest));
      const n = f32x4.mul(f32x4.sub(loadPartial(source + at, rest), means), inverses);
      storePartial(target + at, f32x4.mul(inverses, multiplyAdd(n, negativeHN, f32x4.sub(h, meanH))), rest);
    }
  }
}

/** dWeight = sum over rows of dy * n, dBias = sum over rows of dy; four rows at a time where there are four. */
export function layerNormParameterGradient(
  x: usize, mean: usize, inverseDeviation: usize, dy: usize, dWeight: usize, dBias: usize,
  rows: i32, columns: i32, part: i32, parts: i32,
): void {
  const first = firstElement(columns, part, parts);
  const count = firstElement(columns, part + 1, parts) - first;
  if (count == 0) return;
  const start = usize(first) << 2;
  zeroRun(dWeight + start, count);
  zeroRun(dBias + start, count);
  const step = usize(columns) << 2;
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    const at = usize(r) * step + start;
    addFourRows(x + at, dy + at, step, mean + (usize(r) << 2), inverseDeviation + (usize(r) << 2), dWeight + start, dBias + start, count);
  }
  for (; r < rows; r++) {
    const at = usize(r) * step + start;
    addRow(x + at, dy + at, mean + (usize(r) << 2), inverseDeviation + (usize(r) << 2), dWeight + start, dBias + start, count);
  }
}

// @ts-ignore: decorator
@inline
function addFourRows(x: usize, dy: usize, step: usize, mean: usize, inverseDeviation: usize, dWeight: usize, dBias: usize, count: i32): void {
  const mean0 = v128.load32_splat(mean);
  const mean1 = v128.load32_splat(mean, 4);
  const mean2 = v128.load32_splat(mean, 8);
  const mean3 = v128.load32_splat(mean, 12);
  const inverse0 = v128.load32_splat(inverseDeviation);
  const inverse1 = v128.load32_splat(inverseDeviation, 4);
  const inverse2 = v128.load32_splat(inverseDeviation, 8);
  const inverse3 = v128.load32_splat(inverseDeviation, 12);
  let c = 0;
  for (const full = count & ~3; c < full; c += 4) {
    const at = usize(c) << 2;
    const dy0 = v128.load(dy + at);
    const dy1 = v128.load(dy + step + at);
    const dy2 = v128.load(dy + 2 * step + at);
    const dy3 = v128.load(dy + 3 * step + at);
    let weightSum = f32x4.mul(dy0, f32x4.mul(f32x4.sub(v128.load(x + at), mean0), inverse0));
    weightSum = multiplyAdd(dy1, f32x4.mul(f32x4.sub(v128.load(x + step + at), mean1), inverse1), weightSum);
    weightSum = multiplyAdd(dy2, f32x4.mul(f32x4.sub(v128.load(x + 2 * step + at), mean2), inverse2), weightSum);
    weightSum = multiplyAdd(dy3, f32x4.mul(f32x4.sub(v128.load(x + 3 * step + at), mean3), inverse3), weightSum);
    v128.store(dWeight + at, f32x4.add(v128.load(dWeight + at), weightSum));
    v128.store(dBias + at, f32x4.add(v128.load(dBias + at), f32x4.add(f32x4.add(dy0, dy1), f32x4.add(dy2, dy3))));
  }
  if (c < count) {
    const at = usize(c) << 2;
    for (let k: usize = 0; k < 4; k++) {
      addRow(x + k * step + at, dy + k * step + at, mean + (k << 2), inverseDeviation + (k << 2), dWeight + at, dBias + at, count - c);
    }
  }
}

function addRow(x: usize, dy: usize, mean: usize, inverseDeviation: usize, dWeight: usize, dBias: usize, count: i32): void {
  const means = v128.load32_splat(mean);
  const inverses = v128.load32_splat(inverseDeviation);
  let c = 0;
  for (const full = count & ~3; c < full; c += 4) {
    const at = usize(c) << 2;
    const gradient = v128.load(dy + at);
    const n = f32x4.mul(f32x4.sub(v128.load(x + at), means), inverses);
    v128.store(dWeight + at, multiplyAdd(gradient, n, v128.load(dWeight + at)));
    v128.store(dBias + at, f32x4.add(v128.load(dBias + at), gradient));
  }
  if (c < count) {
    const at = usize(c) << 2;
    const rest = count - c;
    const gradient = loadPartial(dy + at, rest);
    const n = f32x4.mul(f32x4.sub(loadPartial(x + at, rest), means), inverses);
    storePartial(dWeight + at, multiplyAdd(gradient, n, loadPartial(dWeight + at, rest)), rest);
    storePartial(dBias + at, f32x4.add(loadPartial(dBias + at, rest), gradient), rest);
  }
}
