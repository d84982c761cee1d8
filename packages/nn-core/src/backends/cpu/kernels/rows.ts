// Computes what treats each row of a matrix (rows, columns) by itself: softmax, its logarithm, layer normalisation. Intermediate
// results are doubles; only what lands in an array is rounded to its type.
import type { FloatArray } from '../arrays.js';

/** The maximum of x[begin, end), and the sum of e^(x - maximum): what every softmax needs, and nothing in it overflows. */
export function softmaxParts(x: FloatArray, begin: number, end: number): { highest: number; total: number } {
  let highest = -Infinity;
  for (let i = begin; i < end; i++) if (x[i] > highest) highest = x[i];
  let total = 0;
  for (let i = begin; i < end; i++) total += Math.exp(x[i] - highest);
  return { highest, total };
}

/** The sum of a[i] * b[i] over [begin, end). */
function dot(a: FloatArray, b: FloatArray, begin: number, end: number): number {
  let total = 0;
  for (let i = begin; i < end; i++) total += a[i] * b[i];
  return total;
}

/** y (rows, columns) = e^x / sum over the row of e^x, x (rows, columns) */
export function softmax(x: FloatArray, y: FloatArray, rows: number, columns: number): void {
  for (let row = 0; row < rows; row++) {
    const begin = row * columns;
    const end = begin + columns;
    const { highest, total } = softmaxParts(x, begin, end);
    for (let i = begin; i < end; i++) y[i] = Math.exp(x[i] - highest) / total;
  }
}

/** dx (rows, columns) = y * (dy - sum over the row of dy * y); y, dy (rows, columns) */
export function softmaxGradient(y: FloatArray, dy: FloatArray, dx: FloatArray, rows: number, columns: number): void {
  for (let row = 0; row < rows; row++) {
    const begin = row * columns;
    const end = begin + columns;
    const total = dot(dy, y, begin, end);
    for (let i = begin; i < end; i++) dx[i] = y[i] * (dy[i] - total);
  }
}

/** y (rows, columns) = x - ln(sum over the row of e^x), x (rows, columns) */
export function logSoftmax(x: FloatArray, y: FloatArray, rows: number, columns: number): void {
  for (let row = 0; row < rows; row++) {
    const begin = row * columns;
    const end = begin + columns;
    const { highest, total } = softmaxParts(x, begin, end);
    const logTotal = Math.log(total);
    for (let i = begin; i < end; i++) y[i] = x[i] - highest - logTotal;
  }
}

/** dx (rows, columns) = dy - e^y * sum over the row of dy; y, dy (rows, columns) */
export function logSoftmaxGradient(y: FloatArray, dy: FloatArray, dx: FloatArray, rows: number, columns: number): void {
  for (let row = 0; row < rows; row++) {
    const begin = row * columns;
    const end = begin + columns;
    let total = 0;
    for (let i = begin; i < end; i++) total += dy[i];
    for (let i = begin; i < end; i++) dx[i] = dy[i] - Math.exp(y[i]) * total;
  }
}

/**
 * Layer normalisation (Ba, Kiros and Hinton 2016): y = (x - mean) * inverseDeviation * weight + bias, row by row,
 * with the variance that divides by `columns`.
 *
 * @param x (rows, columns)
 * @param weight (columns)
 * @param bias (columns)
 * @param y (rows, columns)
 * @param mean (rows)
 * @param inverseDeviation (rows): 1 / sqrt(variance + epsilon)
 */
export function layerNorm(
  x: FloatArray, weight: FloatArray, bias: FloatArray, y: FloatArray, mean: FloatArray, inverseDeviation: FloatArray,
  rows: number, columns: number, epsilon: number,
): void {
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    let average = 0;
    for (let c = 0; c < columns; c++) average += x[at + c];
    average /= columns;
    let squares = 0;
    for (let c = 0; c < columns; c++) squares += (x[at + c] - average) ** 2;
    const inverse = 1 / Math.sqrt(squares / columns + epsilon);
    for (let c = 0; c < columns; c++) y[at + c] = (x[at + c] - average) * inverse * weight[c] + bias[c];
    mean[row] = average;
    inverseDeviation[row] = inverse;
  }
}

/**
 * dx (rows, columns) = inverseDeviation * (h - mean(h) - n * mean(h * n)), where h = dy * weight and
 * n = (x - mean) * inverseDeviation; x, dy (rows, columns), weight (columns), mean, inverseDeviation (rows)
 */
export function layerNormGradient(
  x: FloatArray, weight: FloatArray, mean: FloatArray, inverseDeviation: FloatArray, dy: FloatArray, dx: FloatArray,
  rows: number, columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    const inverse = inverseDeviation[row];
    const normalised = (c: number): number => (x[at + c] - mean[row]) * inverse;
    let meanH = 0;
    let meanHN = 0;
    for (let c = 0; c < columns; c++) {
      const h = dy[at + c] * weight[c];
      meanH += h;
      meanHN += h * normalised(c);
    }
    meanH /= columns;
    meanHN /= columns;
    for (let c = 0; c < columns; c++) dx[at + c] = inverse * (dy[at + c] * weight[c] - meanH - normalised(c) * meanHN);
  }
}

/**
 * dWeight (columns) = sum over rows of dy * (x - mean) * inverseDeviation; dBias (columns) = sum over rows of dy;
 * x, dy (rows, columns), mean, inverseDeviation (rows)
 */
export function layerNormParameterGradient(
  x: FloatArray, mean: FloatArray, inverseDeviation: FloatArray, dy: FloatArray, dWeight: FloatArray, dBias: FloatArray,
  rows: number, columns: number,
): void {
  for (let c = 0; c < columns; c++) {
    let weightTotal = 0;
    let biasTotal = 0;
    for (let row = 0; row < rows; row++) {
      const at = row * columns + c;
      weightTotal += dy[at] * (x[at] - mean[row]) * inverseDeviation[row];
      biasTotal += dy[at];
    }
    dWeight[c] = weightTotal;
    dBias[c] = biasTotal;
  }
}
