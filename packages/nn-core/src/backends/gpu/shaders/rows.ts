// Computes on each row of a matrix (rows, columns): softmax, its logarithm, normalisations. What each row needs once (a sum, a
// mean) is computed by shaders of its own with one invocation a row; then one invocation a number uses it.
import type { Float, Int, Invocation, Matrix, Vector } from './language.js';

/** (rows) = sum of e^(x - highest); x (rows, columns), highest (rows) */
export function rowSumExp(this: Invocation, x: Matrix, highest: Vector, columns: Int): Float {
  let total = 0;
  for (let c = 0; c < columns; c++) total += Math.exp(x[this.thread.x][c] - highest[this.thread.x]);
  return total;
}

/** y (rows, parts) = maximum of x (rows, columns) over columns part, part + parts, part + 2 parts ...; parts <= columns */
export function partMaximum(this: Invocation, x: Matrix, columns: Int, parts: Int): Float {
  let highest = x[this.thread.y][this.thread.x];
  for (let l = 1; this.thread.x + l * parts < columns; l++) highest = Math.max(highest, x[this.thread.y][this.thread.x + l * parts]);
  return highest;
}

/** y (rows, parts) = sum of e^(x - highest) over the same columns; x (rows, columns), highest (rows) */
export function partSumExp(this: Invocation, x: Matrix, highest: Vector, columns: Int, parts: Int): Float {
  let total = 0;
  for (let l = 0; this.thread.x + l * parts < columns; l++) total += Math.exp(x[this.thread.y][this.thread.x + l * parts] - highest[this.thread.y]);
  return total;
}

/** y (rows, columns) = e^(x - maximum) / sum; x (rows, columns), maxima, sums (rows) */
export function softmax(this: Invocation, x: Matrix, maxima: Vector, sums: Vector): Float {
  return Math.exp(x[this.thread.y][this.thread.x] - maxima[this.thread.y]) / sums[this.thread.y];
}

/** y (rows, columns) = x - maximum - log(sum); x (rows, columns), maxima, sums (rows) */
export function logSoftmax(this: Invocation, x: Matrix, maxima: Vector, sums: Vector): Float {
  return x[this.thread.y][this.thread.x] - maxima[this.thread.y] - Math.log(sums[this.thread.y]);
}

/** dx (rows, columns) = y * (dy - total); y, dy (rows, columns), total (rows) = sum of dy * y */
export function softmaxGradient(this: Invocation, y: Matrix, dy: Matrix, total: Vector): Float {
  return y[this.thread.y][this.thread.x] * (dy[this.thread.y][this.thread.x] - total[this.thread.y]);
}

/** dx (rows, columns) = dy - e^y * total; y, dy (rows, columns), total (rows) = sum of dy */
export function logSoftmaxGradient(this: Invocation, y: Matrix, dy: Matrix, total: Vector): Float {
  return dy[this.thread.y][this.thread.x] - Math.exp(y[this.thread.y][this.thread.x]) * total[this.thread.y];
}

/** mean (rows) of x (rows, columns) */
export function rowMean(this: Invocation, x: Matrix, columns: Int): Float {
  let total = 0;
  for (let c = 0; c < columns; c++) total += x[this.thread.x][c];
  return total / columns;
}

/** inverseDeviation (rows) = 1 / sqrt(mean of (x - mean)^2 + epsilon); x (rows, columns), mean (rows) */
export function inverseDeviation(this: Invocation, x: Matrix, mean: Vector, columns: Int, epsilon: Float): Float {
  let total = 0;
  for (let c = 0; c < columns; c++) {
    const distance = x[this.thread.x][c] - mean[this.thread.x];
    total += distance * distance;
  }
  return 1 / Math.sqrt(total / columns + epsilon);
}

/** y (rows, columns) = (x - mean) * inverse * weight + bias; x (rows, columns), weight, bias (columns), mean, inverse (rows) */
export function layerNorm(this: Invocation, x: Matrix, weight: Vector, bias: Vector, mean: Vector, inverse: Vector): Float {
  return (x[this.thread.y][this.thread.x] - mean[this.thread.y]) * inverse[this.thread.y] * weight[this.thread.x] + bias[this.thread.x];
}

/** (rows) = mean of h = dy * weight; dy (rows, columns), weight (columns) */
export function layerNormMeanH(this: Invocation, weight: Vector, dy: Matrix, columns: Int): Float {
  let total = 0;
  for (let c = 0; c < columns; c++) total += dy[this.thread.x][c] * weight[c];
  return total / columns;
}

/** (rows) = mean of h * n, where h = dy * weight and n = (x - mean) * inverse; x, dy (rows, columns), weight (columns), mean, inverse (rows) */
export function layerNormMeanHN(this: Invocation, x: Matrix, weight: Vector, mean: Vector, inverse: Vector, dy: Matrix, columns: Int): Float {
  let total = 0;
  for (let c = 0; c < columns; c++) total += dy[this.thread.x][c] * weight[c] * (x[this.thread.x][c] - mean[this.thread.x]);
  return (total / columns) * inverse[this.thread.x];
}

/** dx (rows, columns) = inverse * (h - meanH - n * meanHN); x, dy (rows, columns), weight (columns), the others (rows) */
export function layerNormGradient(
  this: Invocation, x: Matrix, weight: Vector, mean: Vector, inverse: Vector, dy: Matrix, meanH: Vector, meanHN: Vector,
): Float {
  const n = (x[this.thread.y][this.thread.x] - mean[this.thread.y]) * inverse[this.thread.y];
  const h = dy[this.thread.y][this.thread.x] * weight[this.thread.x];
  return inverse[this.thread.y] * (h - meanH[this.thread.y] - n * meanHN[this.thread.y]);
}

/** (rows, columns) = dy * n, whose sums over rows are the gradient of layer normalisation's weight; x, dy (rows, columns), mean, inverse (rows) */
export function layerNormWeightTerms(this: Invocation, x: Matrix, mean: Vector, inverse: Vector, dy: Matrix): Float {
  return dy[this.thread.y][this.thread.x] * (x[this.thread.y][this.thread.x] - mean[this.thread.y]) * inverse[this.thread.y];
}

/** inverseRms (rows) = 1 / sqrt(mean of x^2 + epsilon); x (rows, columns) */
export function inverseRms(this: Invocation, x: Matrix, columns: Int, epsilon: Float): Float {
  let total = 0;
  for (let c = 0; c < columns; c++) total += x[this.thread.x][c] * x[this.thread.x][c];
  return 1 / Math.sqrt(total / columns + epsilon);
}

/** y (rows, columns) = x * inverse * weight; x (rows, columns), weight (columns), inverse (rows) */
export function rmsNorm(this: Invocation, x: Matrix, weight: Vector, inverse: Vector): Float {
  return x[this.thread.y][this.thread.x] * inverse[this.thread.y] * weight[this.thread.x];
}

/** (rows) = mean of h * n, where h = dy * weight and n = x * inverse; x, dy (rows, columns), weight (columns), inverse (rows) */
export function rmsNormMeanHN(this: Invocation, x: Matrix, weight: Vector, inverse: Vector, dy: Matrix, columns: Int): Float {
  let total = 0;
  for (let c = 0; c < columns; c++) total += dy[this.thread.x][c] * weight[c] * x[this.thread.x][c];
  return (total / columns) * inverse[this.thread.x];
}

/** dx (rows, columns) = inverse * (h - n * meanHN); x, dy (rows, columns), weight (columns), inverse, meanHN (rows) */
export function rmsNormGradient(this: Invocation, x: Matrix, weight: Vector, inverse: Vector, dy: Matrix, meanHN: Vector): Float {
  const n = x[this.thread.y][this.thread.x] * inverse[this.thread.y];
  return inverse[this.thread.y] * (dy[this.thread.y][this.thread.x] * weight[this.thread.x] - n * meanHN[this.thread.y]);
}

/** (rows, columns) = dy * x * inverse, whose sums over rows are the gradient of the weight; x, dy (rows, columns), inverse (rows) */
export function rmsNormWeightTerms(this: Invocation, x: Matrix, inverse: Vector, dy: Matrix): Float {
  return dy[this.thread.y][this.thread.x] * x[this.thread.y][this.thread.x] * inverse[this.thread.y];
}
