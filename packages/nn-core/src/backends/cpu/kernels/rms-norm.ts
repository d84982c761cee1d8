// Normalizes rows by their root mean square (Zhang and Sennrich 2019), and computes the gradients. Sums are doubles.
import type { FloatArray } from '../arrays.js';

/**
 * y (rows, columns) = x * inverseRms * weight
 *
 * @param x (rows, columns)
 * @param weight (columns)
 * @param inverseRms (rows): 1 / sqrt(mean of x^2 + epsilon)
 */
export function rmsNorm(
  x: FloatArray, weight: FloatArray, y: FloatArray, inverseRms: FloatArray,
  rows: number, columns: number, epsilon: number,
): void {
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    let squares = 0;
    for (let c = 0; c < columns; c++) squares += x[at + c] * x[at + c];
    const inverse = 1 / Math.sqrt(squares / columns + epsilon);
    for (let c = 0; c < columns; c++) y[at + c] = x[at + c] * inverse * weight[c];
    inverseRms[row] = inverse;
  }
}

/**
 * dx (rows, columns) = inverseRms * (h - n * mean(h * n)), where h = dy * weight and n = x * inverseRms;
 * x, dy (rows, columns), weight (columns), inverseRms (rows)
 */
export function rmsNormGradient(
  x: FloatArray, weight: FloatArray, inverseRms: FloatArray, dy: FloatArray, dx: FloatArray,
  rows: number, columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    const inverse = inverseRms[row];
    let meanHN = 0;
    for (let c = 0; c < columns; c++) meanHN += dy[at + c] * weight[c] * x[at + c] * inverse;
    meanHN /= columns;
    for (let c = 0; c < columns; c++) dx[at + c] = inverse * (dy[at + c] * weight[c] - x[at + c] * inverse * meanHN);
  }
}

/** dWeight (columns) = sum over rows of dy * x * inverseRms; x, dy (rows, columns), inverseRms (rows) */
export function rmsNormParameterGradient(
  x: FloatArray, inverseRms: FloatArray, dy: FloatArray, dWeight: FloatArray,
  rows: number, columns: number,
): void {
  for (let c = 0; c < columns; c++) {
    let total = 0;
    for (let row = 0; row < rows; row++) total += dy[row * columns + c] * x[row * columns + c] * inverseRms[row];
    dWeight[c] = total;
  }
}
