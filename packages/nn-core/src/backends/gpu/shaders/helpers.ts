// Functions that shaders call: whole-number division, and the activations. Each takes and returns single numbers.
import type { Float, Int } from './language.js';

/** guess, or the whole number next to it, so that guess * n <= i < (guess + 1) * n */
function nearer(i: Int, guess: Int, n: Int): Int {
  if (i - guess * n < 0) return guess - 1;
  if (i - guess * n >= n) return guess + 1;
  return guess;
}

/** floor(i / n) for i >= 0 and n >= 1, exact for results below 2^23: the float quotient is mended twice. */
export function quotient(i: Int, n: Int): Int {
  return nearer(i, nearer(i, Math.floor(i / n), n), n);
}

/** i - q * n in integers: with q = quotient(i, n) the rest of the division */
export function rest(i: Int, q: Int, n: Int): Int {
  return i - q * n;
}

/** i * n + j * m in integers */
export function place(i: Int, n: Int, j: Int, m: Int): Int {
  return i * n + j * m;
}

/** The whole number in two halves of an int32 buffer, exact up to 2^24: ids, targets and positions. */
export function whole(low: Float, high: Float): Float {
  return low + high * 65536;
}

/** tanh x. Beyond 10 it is 1 in 32 bits, but drivers that compute it from e^x overflow. */
export function tanhOf(x: Float): Float {
  return Math.tanh(Math.max(Math.min(x, 10), 0 - 10));
}

/** x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) (Hendrycks and Gimpel 2016) */
export function geluOf(x: Float): Float {
  return 0.5 * x * (1 + tanhOf(0.7978845608028654 * (x + 0.044715 * x * x * x)));
}

/** The derivative of `geluOf`, given t = tanh(...) at x. */
function geluSlopeFrom(x: Float, t: Float): Float {
  return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * 0.7978845608028654 * (1 + 0.134145 * x * x);
}

/** The derivative of `geluOf`. */
export function geluSlope(x: Float): Float {
  return geluSlopeFrom(x, tanhOf(0.7978845608028654 * (x + 0.044715 * x * x * x)));
}

/** P(X > t) for t >= 0 and a normal X: e^(-t^2 / 2) times a polynomial of u = 1 / (1 + 0.23 t); see assembly/gelu-erf.ts. */
function normalTail(t: Float, u: Float): Float {
  return (
    Math.exp(-0.5 * t * t) *
    ((((((((-0.07836835831403732 * u + 0.2899099886417389) * u - 0.2770302891731262) * u + 0.3001425564289093) * u - 0.03193778917193413) * u +
      0.11906243860721588) * u + 0.08588892966508865) * u + 0.09235896915197372) * u - 0.000026485333364689723)
  );
}

/** P(X <= x) for a normal X. */
function normalProbability(x: Float): Float {
  if (x < 0) return normalTail(0 - x, 1 / (1 - 0.23 * x));
  return 1 - normalTail(x, 1 / (1 + 0.23 * x));
}

/** x P(X <= x) for a normal X (Hendrycks and Gimpel 2016) */
export function geluErfOf(x: Float): Float {
  return x * normalProbability(x);
}

/** The derivative of `geluErfOf`. */
export function geluErfSlope(x: Float): Float {
  return normalProbability(x) + 0.3989422804014327 * x * Math.exp(-0.5 * x * x);
}

/** x / (1 + e^-x). Beyond 88 the factor is 0 or 1 in 32 bits, but e^-x overflows. */
export function siluOf(x: Float): Float {
  return x / (1 + Math.exp(Math.max(0 - x, -88)));
}

/** The derivative of `siluOf`, given s = 1 / (1 + e^-x). */
function siluSlopeFrom(x: Float, s: Float): Float {
  return s * (1 + x * (1 - s));
}

/** The derivative of `siluOf`. */
export function siluSlope(x: Float): Float {
  return siluSlopeFrom(x, 1 / (1 + Math.exp(Math.max(Math.min(0 - x, 88), -88))));
}

/** activation: 0 none, 1 relu, 2 gelu, 3 geluErf, 4 silu */
export function activated(x: Float, activation: Int): Float {
  if (activation === 1) return Math.max(x, 0);
  if (activation === 2) return geluOf(x);
  if (activation === 3) return geluErfOf(x);
  if (activation === 4) return siluOf(x);
  return x;
}

/** a^b. Shader languages know it for positive a alone; a negative one has powers that are whole: others are `missing` (NaN). */
export function powerOf(a: Float, b: Float, missing: Float): Float {
  if (b === 0) return 1;
  if (a > 0) return Math.pow(a, b);
  if (a === 0) {
    if (b > 0) return 0;
    return 1 / a;
  }
  if (b !== Math.floor(b)) return missing;
  if (b === 2 * Math.floor(b * 0.5)) return Math.pow(0 - a, b);
  return 0 - Math.pow(0 - a, b);
}

/** A sum of products after bias and activation. */
export function finished(total: Float, bias: Float, hasBias: Int, activation: Int): Float {
  if (hasBias > 0) return activated(total + bias, activation);
  return activated(total, activation);
}
