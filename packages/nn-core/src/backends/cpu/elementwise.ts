// One number in, one number out, the same place: the elementwise kernels and their gradients.
//
// Every array is (size) unless its comment says otherwise. An output may be the same array as an input, because
// element i is written only after everything that depends on it was read. Dropout has its own file.
import type { FloatArray } from './arrays.js';

/** y (size) = value */
export function fill(y: FloatArray, size: number, value: number): void {
  for (let i = 0; i < size; i++) y[i] = value;
}

/** y (size) = x (size) */
export function copy(x: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = x[i];
}

/** y (size) = a (size) + b (size) */
export function add(a: FloatArray, b: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = a[i] + b[i];
}

/** y (size) = a (size) - b (size) */
export function subtract(a: FloatArray, b: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = a[i] - b[i];
}

/** y (size) = a (size) * b (size) */
export function multiply(a: FloatArray, b: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = a[i] * b[i];
}

/** y (size) = a (size) / b (size) */
export function divide(a: FloatArray, b: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = a[i] / b[i];
}

/** y (size) += x (size) */
export function accumulate(x: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] += x[i];
}

/** y (size) = x (size) * factor + offset */
export function scale(x: FloatArray, y: FloatArray, size: number, factor: number, offset: number): void {
  for (let i = 0; i < size; i++) y[i] = x[i] * factor + offset;
}

/** y (size) = x (size) * factor (1) */
export function scaleBy(x: FloatArray, factor: FloatArray, y: FloatArray, size: number): void {
  const by = factor[0];
  for (let i = 0; i < size; i++) y[i] = x[i] * by;
}

/** y (size) = e^x (size) */
export function exp(x: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = Math.exp(x[i]);
}

/** y (size) = ln x (size) */
export function log(x: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = Math.log(x[i]);
}

/** y (size) = square root of x (size) */
export function sqrt(x: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = Math.sqrt(x[i]);
}

/** y (size) = tanh x (size) */
export function tanh(x: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = Math.tanh(x[i]);
}

/** y (size) = 1 / (1 + e^-x (size)) */
export function sigmoid(x: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = 1 / (1 + Math.exp(-x[i]));
}

/** y (size) = max(0, x (size)) */
export function relu(x: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = Math.max(0, x[i]);
}

const SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

/** The Gaussian error linear unit of one number, with tanh in place of erf (Hendrycks and Gimpel 2016). */
export function geluOf(x: number): number {
  return 0.5 * x * (1 + Math.tanh(SQRT_2_OVER_PI * (x + GELU_CUBIC * x * x * x)));
}

/** Its derivative, by the product rule and tanh' = 1 - tanh^2. */
function geluDerivativeOf(x: number): number {
  const t = Math.tanh(SQRT_2_OVER_PI * (x + GELU_CUBIC * x * x * x));
  return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * SQRT_2_OVER_PI * (1 + 3 * GELU_CUBIC * x * x);
}

/** y (size) = gelu(x (size)) */
export function gelu(x: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = geluOf(x[i]);
}

/** dx (size) = dy (size) * (1 - y (size)^2) */
export function tanhGradient(y: FloatArray, dy: FloatArray, dx: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) dx[i] = dy[i] * (1 - y[i] * y[i]);
}

/** dx (size) = dy (size) * y (size) * (1 - y) */
export function sigmoidGradient(y: FloatArray, dy: FloatArray, dx: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) dx[i] = dy[i] * y[i] * (1 - y[i]);
}

/** dx (size) = dy (size) where x (size) > 0, else 0 */
export function reluGradient(x: FloatArray, dy: FloatArray, dx: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) dx[i] = x[i] > 0 ? dy[i] : 0;
}

/** dx (size) = dy (size) * gelu'(x (size)) */
export function geluGradient(x: FloatArray, dy: FloatArray, dx: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) dx[i] = dy[i] * geluDerivativeOf(x[i]);
}
