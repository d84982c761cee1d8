// Computes activations and their gradients: one number in, one number out, the same place. Every array is (size).
import type { FloatArray } from '../arrays.js';

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

/** The density of the normal distribution with mean 0 and deviation 1. */
const normalDensity = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/** From here on the continued fraction needs fewer terms than the series. */
const TAIL = 3;
/** Enough of both for the last bit of a double: the fraction at TAIL, the series up to it. */
const TERMS = 60;

/** The probability that a normal number is x or less: Marsaglia's series near 0 (2004), Laplace's continued fraction beyond. */
function normalProbability(x: number): number {
  const t = Math.abs(x);
  if (Number.isNaN(x) || t === Infinity) return x > 0 ? 1 : x < 0 ? 0 : NaN;
  if (t > TAIL) {
    let fraction = t;
    for (let i = TERMS; i >= 1; i--) fraction = t + i / fraction;
    const outside = normalDensity(t) / fraction;
    return x > 0 ? 1 - outside : outside;
  }
  // x + x^3/3 + x^5/(3 * 5) + x^7/(3 * 5 * 7) + ...
  let term = x;
  let series = x;
  for (let i = 1; i < TERMS; i++) {
    term *= (x * x) / (2 * i + 1);
    series += term;
  }
  return 0.5 + normalDensity(x) * series;
}

/** The Gaussian error linear unit of one number: x times the probability that a normal number is x or less. */
export const geluErfOf = (x: number): number => x * normalProbability(x);

/** y (size) = x (size) * P(X <= x) for a normal X */
export function geluErf(x: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = geluErfOf(x[i]);
}

/** dx (size) = dy (size) * (P(X <= x) + x * density(x)) */
export function geluErfGradient(x: FloatArray, dy: FloatArray, dx: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) dx[i] = dy[i] * (normalProbability(x[i]) + x[i] * normalDensity(x[i]));
}

const sigmoidOf = (x: number): number => 1 / (1 + Math.exp(-x));

/** The sigmoid linear unit of one number, also called swish. */
export const siluOf = (x: number): number => x * sigmoidOf(x);

/** Its derivative, by the product rule and sigmoid' = sigmoid * (1 - sigmoid). */
function siluDerivativeOf(x: number): number {
  const s = sigmoidOf(x);
  return s * (1 + x * (1 - s));
}

/** y (size) = x (size) / (1 + e^-x) */
export function silu(x: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = siluOf(x[i]);
}

/** dx (size) = dy (size) * silu'(x (size)) */
export function siluGradient(x: FloatArray, dy: FloatArray, dx: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) dx[i] = dy[i] * siluDerivativeOf(x[i]);
}

/** y (size) = silu(gate (size)) * value (size) */
export function swiglu(gate: FloatArray, value: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = siluOf(gate[i]) * value[i];
}

/** dGate (size) = dy (size) * value (size) * silu'(gate (size)); dValue (size) = dy * silu(gate) */
export function swigluGradient(gate: FloatArray, value: FloatArray, dy: FloatArray, dGate: FloatArray, dValue: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) {
    dGate[i] = dy[i] * value[i] * siluDerivativeOf(gate[i]);
    dValue[i] = dy[i] * siluOf(gate[i]);
  }
}
