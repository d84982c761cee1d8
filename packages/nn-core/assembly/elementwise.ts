// Kernels that compute each element from the elements at the same place. y may be one of the inputs.
//
// A formula is a class with one method on four lanes; `unary` and `binary` walk over the share of an array with it. The
// classes are never made: the compiler resolves the method and inlines it.
import { multiplyAdd } from './simd';
import { loadPartial, storePartial } from './lanes';
import { firstElement } from './share';
import { expVector, geluSlopeVector, geluVector, logVector, sigmoidVector, tanhVector } from './math';

/** y = F(x) */
// @ts-ignore: decorator
@inline
function unary<F>(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  const formula = changetype<F>(0);
  for (const full = i + ((end - i) & ~3); i < full; i += 4) {
    const offset = usize(i) << 2;
    v128.store(y + offset, formula.apply(v128.load(x + offset)));
  }
  if (i < end) {
    const offset = usize(i) << 2;
    storePartial(y + offset, formula.apply(loadPartial(x + offset, end - i)), end - i);
  }
}

/** y = F(a, b) */
// @ts-ignore: decorator
@inline
function binary<F>(a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  const formula = changetype<F>(0);
  for (const full = i + ((end - i) & ~3); i < full; i += 4) {
    const offset = usize(i) << 2;
    v128.store(y + offset, formula.apply(v128.load(a + offset), v128.load(b + offset)));
  }
  if (i < end) {
    const offset = usize(i) << 2;
    storePartial(y + offset, formula.apply(loadPartial(a + offset, end - i), loadPartial(b + offset, end - i)), end - i);
  }
}

@unmanaged class Add { @inline apply(a: v128, b: v128): v128 { return f32x4.add(a, b); } }
@unmanaged class Subtract { @inline apply(a: v128, b: v128): v128 { return f32x4.sub(a, b); } }
@unmanaged class Multiply { @inline apply(a: v128, b: v128): v128 { return f32x4.mul(a, b); } }
@unmanaged class Divide { @inline apply(a: v128, b: v128): v128 { return f32x4.div(a, b); } }
@unmanaged class Exp { @inline apply(x: v128): v128 { return expVector(x); } }
@unmanaged class Log { @inline apply(x: v128): v128 { return logVector(x); } }
@unmanaged class Sqrt { @inline apply(x: v128): v128 { return f32x4.sqrt(x); } }
@unmanaged class Tanh { @inline apply(x: v128): v128 { return tanhVector(x); } }
@unmanaged class Sigmoid { @inline apply(x: v128): v128 { return sigmoidVector(x); } }
@unmanaged class Relu { @inline apply(x: v128): v128 { return f32x4.max(x, f32x4.splat(0)); } }
@unmanaged class Gelu { @inline apply(x: v128): v128 { return geluVector(x); } }
@unmanaged class TanhGradient {
  @inline apply(y: v128, dy: v128): v128 { return f32x4.mul(dy, f32x4.sub(f32x4.splat(1), f32x4.mul(y, y))); }
}
@unmanaged class SigmoidGradient {
  @inline apply(y: v128, dy: v128): v128 { return f32x4.mul(f32x4.mul(dy, y), f32x4.sub(f32x4.splat(1), y)); }
}
@unmanaged class ReluGradient {
  @inline apply(x: v128, dy: v128): v128 { return v128.and(dy, f32x4.gt(x, f32x4.splat(0))); }
}
@unmanaged class GeluGradient {
  @inline apply(x: v128, dy: v128): v128 { return f32x4.mul(dy, geluSlopeVector(x)); }
}

export function add(a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<Add>(a, b, y, size, part, parts);
}
export function subtract(a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<Subtract>(a, b, y, size, part, parts);
}
export function multiply(a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<Multiply>(a, b, y, size, part, parts);
}
export function divide(a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<Divide>(a, b, y, size, part, parts);
}
export function accumulate(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<Add>(y, x, y, size, part, parts);
}
export function exp(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  unary<Exp>(x, y, size, part, parts);
}
export function log(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  unary<Log>(x, y, size, part, parts);
}
export function sqrt(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  unary<Sqrt>(x, y, size, part, parts);
}
export function tanh(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  unary<Tanh>(x, y, size, part, parts);
}
export function sigmoid(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  unary<Sigmoid>(x, y, size, part, parts);
}
export function relu(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  unary<Relu>(x, y, size, part, parts);
}
export function gelu(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  unary<Gelu>(x, y, size, part, parts);
}
export function tanhGradient(y: usize, dy: usize, dx: usize, size: i32, part: i32, parts: i32): void {
  binary<TanhGradient>(y, dy, dx, size, part, parts);
}
export function sigmoidGradient(y: usize, dy: usize, dx: usize, size: i32, part: i32, parts: i32): void {
  binary<SigmoidGradient>(y, dy, dx, size, part, parts);
}
export function reluGradient(x: usize, dy: usize, dx: usize, size: i32, part: i32, parts: i32): void {
  binary<ReluGradient>(x, dy, dx, size, part, parts);
}
export function geluGradient(x: usize, dy: usize, dx: usize, size: i32, part: i32, parts: i32): void {
  binary<GeluGradient>(x, dy, dx, size, part, parts);
}

/** y = value */
export function fill(y: usize, size: i32, value: f32, part: i32, parts: i32): void {
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  const vector = f32x4.splat(value);
  for (const full = i + ((end - i) & ~3); i < full; i += 4) v128.store(y + (usize(i) << 2), vector);
  if (i < end) storePartial(y + (usize(i) << 2), vector, end - i);
}

/** y = x, of any 32-bit type */
export function copy(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  const start = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  memory.copy(y + (usize(start) << 2), x + (usize(start) << 2), usize(end - start) << 2);
}

// @ts-ignore: decorator
@inline
function affine(x: usize, y: usize, size: i32, factor: f32, offset: f32, part: i32, parts: i32): void {
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  const factors = f32x4.splat(factor);
  const offsets = f32x4.splat(offset);
  for (const full = i + ((end - i) & ~3); i < full; i += 4) {
    const at = usize(i) << 2;
    v128.store(y + at, multiplyAdd(v128.load(x + at), factors, offsets));
  }
  if (i < end) {
    const at = usize(i) << 2;
    storePartial(y + at, multiplyAdd(loadPartial(x + at, end - i), factors, offsets), end - i);
  }
}

/** y = x * factor + offset */
export function scale(x: usize, y: usize, size: i32, factor: f32, offset: f32, part: i32, parts: i32): void {
  affine(x, y, size, factor, offset, part, parts);
}

/** y = x * factor[0]; adding -0 changes no product. */
export function scaleBy(x: usize, factor: usize, y: usize, size: i32, part: i32, parts: i32): void {
  affine(x, y, size, load<f32>(factor), -0.0, part, parts);
}
