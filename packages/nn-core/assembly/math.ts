// Computes exponentials, logarithms and what is made of them, in four lanes of float32.
//
// Polynomials are minimax fits (the greatest relative error is as small as it can be) with float32 coefficients; the
// stated errors are the greatest found over millions of arguments, with and without relaxed FMA, and a test holds them.
// `ulp` is the spacing of float32 numbers at the result. NaN gives NaN everywhere.
import { multiplyAdd } from './simd';

/** Adding 1.5 * 2^23 rounds to an integer, which then stands in the low bits of the sum. */
const ROUND: f32 = 12582912.0;
const ROUND_BITS: i32 = 0x4b400000;
const LOG2_E: f32 = 1.44269504;
/** ln 2 in two parts; the first has few bits, so that its product with an exponent is exact. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;
/** Up to here e^x and e^-x are normal numbers. */
const EXP_LIMIT: f32 = 87.33;

/** e^r - 1 for |r| <= ln(2) / 2, relative error 2^-26 before rounding: r + r^2 Q(r). */
// @ts-ignore: decorator
@inline
function expm1Reduced(r: v128): v128 {
  let q = multiplyAdd(f32x4.splat(0.0013882518978789449), r, f32x4.splat(0.008366547524929047));
  q = multiplyAdd(q, r, f32x4.splat(0.04166720062494278));
  q = multiplyAdd(q, r, f32x4.splat(0.1666654348373413));
  q = multiplyAdd(q, r, f32x4.splat(0.4999999701976776));
  return multiplyAdd(f32x4.mul(r, r), q, r);
}

/** x * log2(e) rounded to an integer, plus ROUND: the integer stands in the low bits. */
// @ts-ignore: decorator
@inline
function roundedExponent(x: v128): v128 {
  return multiplyAdd(x, f32x4.splat(LOG2_E), f32x4.splat(ROUND));
}

/** x - n ln(2) for the integer in `rounded`. */
// @ts-ignore: decorator
@inline
function reduced(x: v128, rounded: v128): v128 {
  const exponent = f32x4.sub(rounded, f32x4.splat(ROUND));
  return multiplyAdd(exponent, f32x4.splat(-LN2_LOW), multiplyAdd(exponent, f32x4.splat(-LN2_HIGH), x));
}

/** 2^n for integers n in [-126, 127]. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** e^x. At most 1.25 ulp where the result is a normal number; gradual underflow below, 0 at -inf, inf above 88.72. */
// @ts-ignore: decorator
@inline
export function expVector(x: v128): v128 {
  // Limits that keep the exponent in range and still give 0 and inf. The order of arguments lets NaN through.
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-105)), f32x4.splat(89));
  const rounded = roundedExponent(bounded);
  const value = f32x4.add(expm1Reduced(reduced(bounded, rounded)), f32x4.splat(1));
  // 2^n in two factors: n reaches from -151 to 128, beyond what one float32 can hold.
  const n = i32x4.sub(rounded, i32x4.splat(ROUND_BITS));
  const half = i32x4.shr_s(n, 1);
  return f32x4.mul(f32x4.mul(value, powerOfTwo(half)), powerOfTwo(i32x4.sub(n, half)));
}

/** e^x for |x| <= 87.33 alone, with the bits of `expVector`: two instructions put the exponent in its place. NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function expBounded(x: v128): v128 {
  const rounded = roundedExponent(x);
  const value = f32x4.add(expm1Reduced(reduced(x, rounded)), f32x4.splat(1));
  // The low 9 bits of ROUND are 0: the shift leaves n alone.
  return i32x4.add(value, i32x4.shl(rounded, 23));
}

/** e^x for x <= 88, -inf included: as `expVector`, but 0 below -87.33, where that has denormal numbers. For softmax. */
// @ts-ignore: decorator
@inline
export function expNegative(x: v128): v128 {
  return v128.andnot(expBounded(x), f32x4.lt(x, f32x4.splat(-EXP_LIMIT)));
}

/** Natural logarithm. At most 1 ulp; -inf at 0, NaN below, inf at inf; right for denormal numbers too. */
// @ts-ignore: decorator
@inline
export function logVector(x: v128): v128 {
  // Denormal numbers are brought into the normal range first.
  const tiny = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const normal = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, tiny);
  // x = m * 2^n with m in [sqrt(1/2), sqrt(2)): the exponent field of x / sqrt(1/2) counts n.
  const shifted = i32x4.sub(normal, i32x4.splat(0x3f3504f3));
  const n = i32x4.shr_s(shifted, 23);
  const mantissa = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const exponent = f32x4.sub(f32x4.convert_i32x4_s(n), v128.and(tiny, f32x4.splat(23)));
  const f = f32x4.sub(mantissa, f32x4.splat(1));
  // ln(1 + f) = f - f^2 / 2 + f^3 P(f)
  let p = multiplyAdd(f32x4.splat(-0.07634475827217102), f, f32x4.splat(0.12762346863746643));
  p = multiplyAdd(p, f, f32x4.splat(-0.13160546123981476));
  p = multiplyAdd(p, f, f32x4.splat(0.14201679825782776));
  p = multiplyAdd(p, f, f32x4.splat(-0.1662331521511078));
  p = multiplyAdd(p, f, f32x4.splat(0.20001228153705597));
  p = multiplyAdd(p, f, f32x4.splat(-0.250008225440979));
  p = multiplyAdd(p, f, f32x4.splat(0.3333333134651184));
  const square = f32x4.mul(f, f);
  let tail = f32x4.mul(f32x4.mul(p, f), square);
  tail = multiplyAdd(exponent, f32x4.splat(LN2_LOW), tail);
  tail = multiplyAdd(square, f32x4.splat(-0.5), tail);
  const result = multiplyAdd(exponent, f32x4.splat(LN2_HIGH), f32x4.add(f, tail));
  // 0, negative numbers, inf and NaN have no mantissa to speak of.
  const zero = f32x4.eq(x, f32x4.splat(0));
  const special = v128.or(zero, v128.not(v128.and(f32x4.gt(x, f32x4.splat(0)), f32x4.lt(x, f32x4.splat(f32.POSITIVE_INFINITY)))));
  // sqrt(x) is NaN below zero and inf at inf, which is what is wanted here.
  const specialValue = v128.bitselect(f32x4.splat(f32.NEGATIVE_INFINITY), f32x4.sqrt(x), zero);
  return v128.bitselect(specialValue, result, special);
}

/** Natural logarithm of one number, with the bits of `logVector`. A call of its own: once per row is rare. */
export function logScalar(x: f32): f32 {
  return f32x4.extract_lane(logVector(f32x4.splat(x)), 0);
}

/** e^x of one number, with the bits of `expVector`. */
// @ts-ignore: decorator
@inline
export function expScalar(x: f32): f32 {
  return f32x4.extract_lane(expVector(f32x4.splat(x)), 0);
}

/**
 * tanh(x) = -e / (e + 2) with e = exp(-2|x|) - 1, which loses no digits near 0. At most 3 ulp; +-1 at +-inf, and the sign of
 * zero and denormal numbers come through.
 */
// @ts-ignore: decorator
@inline
export function tanhVector(x: v128): v128 {
  const sign = v128.and(x, i32x4.splat(0x80000000));
  // From 10 on the result is 1 in float32. NaN goes through.
  const bounded = f32x4.pmin(f32x4.abs(x), f32x4.splat(10));
  const doubled = f32x4.mul(bounded, f32x4.splat(-2));
  const rounded = roundedExponent(doubled);
  const scale = powerOfTwo(i32x4.sub(rounded, i32x4.splat(ROUND_BITS)));
  // 2^n e^r - 1 = 2^n (e^r - 1) + (2^n - 1)
  const e = multiplyAdd(scale, expm1Reduced(reduced(doubled, rounded)), f32x4.sub(scale, f32x4.splat(1)));
  const magnitude = f32x4.div(f32x4.neg(e), f32x4.add(e, f32x4.splat(2)));
  return v128.or(v128.andnot(magnitude, i32x4.splat(0x80000000)), sign);
}

/** 1 / (1 + e^-x). At most 3 ulp for x > -87.33; below that, and at -inf, 1.2e-38. */
// @ts-ignore: decorator
@inline
export function sigmoidVector(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-EXP_LIMIT)), f32x4.splat(EXP_LIMIT));
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), expBounded(f32x4.neg(bounded))));
}

/** 2 sqrt(2 / pi) and that times 0.044715: gelu(x) = x * sigmoid(GELU_LINEAR * x + GELU_CUBIC * x^3). */
const GELU_LINEAR: f32 = 1.5957691216057308;
const GELU_CUBIC: f32 = 0.07135481627260026;
/** Beyond this, gelu(x) is 0 or x and gelu'(x) 0 or 1 to the last bit of 1; within it, e^(..) is a normal number. */
const GELU_LIMIT: f32 = 10;

/**
 * x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3))), written as x * sigmoid(...) so that nothing cancels for negative x.
 * Relative error at most 3e-7 for x > -1, 1.2e-6 for x > -3, 1e-5 for x > -8; absolute error below -3 at most 1e-8.
 * -1.2e-37 from -10 down; inf at inf, and NaN at -inf, as everywhere (-inf times 0).
 */
// @ts-ignore: decorator
@inline
export function geluVector(x: v128): v128 {
  const low = f32x4.pmax(x, f32x4.splat(-GELU_LIMIT));
  const bounded = f32x4.pmin(low, f32x4.splat(GELU_LIMIT));
  const slope = multiplyAdd(f32x4.mul(bounded, bounded), f32x4.splat(-GELU_CUBIC), f32x4.splat(-GELU_LINEAR));
  return nanAtMinusInfinity(f32x4.div(low, f32x4.add(f32x4.splat(1), expBounded(f32x4.mul(bounded, slope)))), x);
}

/** y, but NaN where x is -inf: bounds on x hide that its formula has -inf * 0 there. */
// @ts-ignore: decorator
@inline
export function nanAtMinusInfinity(y: v128, x: v128): v128 {
  return v128.or(y, f32x4.eq(x, f32x4.splat(f32.NEGATIVE_INFINITY)));
}

/** y, but NaN where x is infinite: its formula has inf * 0 there. */
// @ts-ignore: decorator
@inline
export function nanAtInfinities(y: v128, x: v128): v128 {
  return v128.or(y, f32x4.eq(f32x4.abs(x), f32x4.splat(f32.POSITIVE_INFINITY)));
}

/**
 * gelu'(x) = s + x s (1 - s) (GELU_LINEAR + 3 GELU_CUBIC x^2) with s the sigmoid in `geluVector`, and 1 - s = e^(..) s,
 * which keeps its digits where s is near 1. Absolute error at most 5e-7; NaN at infinities, as everywhere (inf times 0).
 */
// @ts-ignore: decorator
@inline
export function geluSlopeVector(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-GELU_LIMIT)), f32x4.splat(GELU_LIMIT));
  const square = f32x4.mul(bounded, bounded);
  const slope = multiplyAdd(square, f32x4.splat(-GELU_CUBIC), f32x4.splat(-GELU_LINEAR));
  const e = expBounded(f32x4.mul(bounded, slope));
  const s = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), e));
  const derivative = multiplyAdd(square, f32x4.splat(3 * GELU_CUBIC), f32x4.splat(GELU_LINEAR));
  const weight = f32x4.mul(f32x4.mul(bounded, derivative), f32x4.mul(e, s));
  return nanAtInfinities(multiplyAdd(weight, s, s), x);
}

/** x / (1 + e^-x). Relative error at most 4e-7 for x > -87.33; -1e-36 below that, inf at inf, NaN at -inf. */
// @ts-ignore: decorator
@inline
export function siluVector(x: v128): v128 {
  const low = f32x4.pmax(x, f32x4.splat(-EXP_LIMIT));
  const bounded = f32x4.pmin(low, f32x4.splat(EXP_LIMIT));
  return nanAtMinusInfinity(f32x4.div(low, f32x4.add(f32x4.splat(1), expBounded(f32x4.neg(bounded)))), x);
}

/** silu'(x) = s + x s (1 - s) with s = 1 / (1 + e^-x) and 1 - s = e^-x s. Absolute error at most 3e-7; NaN at infinities. */
// @ts-ignore: decorator
@inline
export function siluSlopeVector(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-EXP_LIMIT)), f32x4.splat(EXP_LIMIT));
  const e = expBounded(f32x4.neg(bounded));
  const s = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), e));
  return nanAtInfinities(multiplyAdd(f32x4.mul(bounded, f32x4.mul(e, s)), s, s), x);
}
