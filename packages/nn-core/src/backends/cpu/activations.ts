// Activations and their gradients: one number in, one number out, the same place. Every array is (size).
import type { FloatArray } from './arrays.js';

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
