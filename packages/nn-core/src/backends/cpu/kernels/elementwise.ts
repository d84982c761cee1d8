// Computes arithmetic on each element: one number in, one number out, the same place. Activations have a file of their own, and so has dropout.
//
// Every array is (size) unless its comment says otherwise. An output may be the same array as an input, because
// element i is written only after everything that depends on it was read.
import type { FloatArray } from '../arrays.js';

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

/** y (size) = a (size) ^ b (size), as C and PyTorch have it: 1 where a is 1, whatever b is, and where a is -1 and b infinite */
export function power(a: FloatArray, b: FloatArray, y: FloatArray, size: number): void {
  const isOne = (base: number, exponent: number): boolean => base === 1 || (base === -1 && Math.abs(exponent) === Infinity);
  for (let i = 0; i < size; i++) y[i] = isOne(a[i], b[i]) ? 1 : a[i] ** b[i];
}

/** y (size) = |x (size)| */
export function abs(x: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = Math.abs(x[i]);
}

/** dx (size) = dy (size) * sign(x (size)), 0 where x is 0 or NaN */
export function absGradient(x: FloatArray, dy: FloatArray, dx: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) dx[i] = x[i] > 0 ? dy[i] : x[i] < 0 ? -dy[i] : 0;
}

/** y (size) = min(max(x (size), minimum), maximum) */
export function clip(x: FloatArray, y: FloatArray, size: number, minimum: number, maximum: number): void {
  for (let i = 0; i < size; i++) y[i] = Math.min(Math.max(x[i], minimum), maximum);
}

/** dx (size) = dy (size) where minimum <= x (size) <= maximum, else 0 */
export function clipGradient(x: FloatArray, dy: FloatArray, dx: FloatArray, size: number, minimum: number, maximum: number): void {
  for (let i = 0; i < size; i++) dx[i] = x[i] >= minimum && x[i] <= maximum ? dy[i] : 0;
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
