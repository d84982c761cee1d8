// Computes the Gaussian error linear unit as it was defined, x P(X <= x) for a normal X (Hendrycks and Gimpel 2016), in four lanes.
//
// P(X > t) for t >= 0 is e^(-t^2 / 2) times a function that falls slowly from 1/2: a polynomial of degree 8 in
// u = 1 / (1 + 0.23 t), the form of Abramowitz and Stegun 7.1.26, fitted for the least relative error over [0, 13]
// (5e-8; 5e-7 with float32 coefficients). Beyond 13 it is 0 to the last bit of 1.
import { multiplyAdd } from './simd';
import { expBounded, nanAtInfinities, nanAtMinusInfinity } from './math';

const LIMIT: f32 = 13;
/** 1 / sqrt(2 pi): the normal density at 0. */
const DENSITY: f32 = 0.39894228040143268;

/** e^(-t^2 / 2) for t in [0, LIMIT]. */
// @ts-ignore: decorator
@inline
function bell(t: v128): v128 {
  return expBounded(f32x4.mul(f32x4.mul(t, t), f32x4.splat(-0.5)));
}

/** P(X > t) / e^(-t^2 / 2) for t in [0, LIMIT]. */
// @ts-ignore: decorator
@inline
function tailOverBell(t: v128): v128 {
  const u = f32x4.div(f32x4.splat(1), multiplyAdd(t, f32x4.splat(0.23), f32x4.splat(1)));
  let p = multiplyAdd(f32x4.splat(-0.07836835831403732), u, f32x4.splat(0.2899099886417389));
  p = multiplyAdd(p, u, f32x4.splat(-0.2770302891731262));
  p = multiplyAdd(p, u, f32x4.splat(0.3001425564289093));
  p = multiplyAdd(p, u, f32x4.splat(-0.03193778917193413));
  p = multiplyAdd(p, u, f32x4.splat(0.11906243860721588));
  p = multiplyAdd(p, u, f32x4.splat(0.08588892966508865));
  p = multiplyAdd(p, u, f32x4.splat(0.09235896915197372));
  return multiplyAdd(p, u, f32x4.splat(-2.6485333364689723e-5));
}

/** P(X <= x), given t = |x| and P(X > t). */
// @ts-ignore: decorator
@inline
function probability(x: v128, tail: v128): v128 {
  return v128.bitselect(tail, f32x4.sub(f32x4.splat(1), tail), f32x4.lt(x, f32x4.splat(0)));
}

/**
 * x P(X <= x). Relative error at most 7e-7 for x > -3, 1e-5 for x > -8; absolute error below -3 at most 1e-8.
 * 0 below -13, inf at inf, NaN at -inf.
 */
// @ts-ignore: decorator
@inline
export function geluErfVector(x: v128): v128 {
  const low = f32x4.pmax(x, f32x4.splat(-LIMIT));
  const t = f32x4.pmin(f32x4.abs(low), f32x4.splat(LIMIT));
  return nanAtMinusInfinity(f32x4.mul(low, probability(x, f32x4.mul(bell(t), tailOverBell(t)))), x);
}

/** P(X <= x) + x density(x). Absolute error at most 5e-7; NaN at -inf and inf. */
// @ts-ignore: decorator
@inline
export function geluErfSlopeVector(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-LIMIT)), f32x4.splat(LIMIT));
  const t = f32x4.abs(bounded);
  const height = bell(t);
  const slope = multiplyAdd(f32x4.mul(bounded, f32x4.splat(DENSITY)), height, probability(x, f32x4.mul(height, tailOverBell(t))));
  return nanAtInfinities(slope, x);
}
