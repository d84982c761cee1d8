// Computes arithmetic on each element. y may be one of the inputs; `map.ts` says what the classes are.
import { multiplyAdd } from './simd';
import { loadPartial, storePartial } from './lanes';
import { firstElement } from './share';
import { binary, unary } from './map';
import { expVector, logVector } from './math';

@unmanaged class Add { @inline apply(a: v128, b: v128): v128 { return f32x4.add(a, b); } }
@unmanaged class Subtract { @inline apply(a: v128, b: v128): v128 { return f32x4.sub(a, b); } }
@unmanaged class Multiply { @inline apply(a: v128, b: v128): v128 { return f32x4.mul(a, b); } }
@unmanaged class Divide { @inline apply(a: v128, b: v128): v128 { return f32x4.div(a, b); } }
@unmanaged class Power {
  /** Powers have no formula in four lanes here that is right to the last digits. */
  @inline apply(a: v128, b: v128): v128 {
    let y = f32x4.splat(powerOf(f32x4.extract_lane(a, 0), f32x4.extract_lane(b, 0)));
    y = f32x4.replace_lane(y, 1, powerOf(f32x4.extract_lane(a, 1), f32x4.extract_lane(b, 1)));
    y = f32x4.replace_lane(y, 2, powerOf(f32x4.extract_lane(a, 2), f32x4.extract_lane(b, 2)));
    return f32x4.replace_lane(y, 3, powerOf(f32x4.extract_lane(a, 3), f32x4.extract_lane(b, 3)));
  }
}
@unmanaged class Abs { @inline apply(x: v128): v128 { return f32x4.abs(x); } }
@unmanaged class AbsGradient {
  @inline apply(x: v128, dy: v128): v128 {
    const signed = v128.xor(dy, v128.and(x, i32x4.splat(0x80000000)));
    const zero = f32x4.splat(0);
    return v128.and(signed, v128.or(f32x4.gt(x, zero), f32x4.lt(x, zero))); // neither: 0 and NaN
  }
}
@unmanaged class Exp { @inline apply(x: v128): v128 { return expVector(x); } }
@unmanaged class Log { @inline apply(x: v128): v128 { return logVector(x); } }
@unmanaged class Sqrt { @inline apply(x: v128): v128 { return f32x4.sqrt(x); } }

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
/** a^b, as C and PyTorch have it: 1 where a is 1, or is -1 and b infinite. Long, and called from eight places: not inlined. */
// @ts-ignore: decorator
@noinline
function powerOf(a: f32, b: f32): f32 {
  if (a == 1 || (a == -1 && Mathf.abs(b) == f32.POSITIVE_INFINITY)) return 1;
  return Mathf.pow(a, b);
}
export function power(a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<Power>(a, b, y, size, part, parts);
}
export function abs(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  unary<Abs>(x, y, size, part, parts);
}
export function absGradient(x: usize, dy: usize, dx: usize, size: i32, part: i32, parts: i32): void {
  binary<AbsGradient>(x, dy, dx, size, part, parts);
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

/** y = value */
export function fill(y: usize, size: i32, value: f32, part: i32, parts: i32): void {
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  const vector = f32x4.splat(value);
  for (const full = i + ((end - i) & ~3); i < full; i += 4) v128.store(y + (usize(i) << 2), vector);
  if (i < end) storePartial(y + (usize(i) << 2), vector, end - i);
}

/** y = min(max(x, minimum), maximum); both hand NaN on */
export function clip(x: usize, y: usize, size: i32, minimum: f32, maximum: f32, part: i32, parts: i32): void {
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  const lowest = f32x4.splat(minimum);
  const highest = f32x4.splat(maximum);
  for (const full = i + ((end - i) & ~3); i < full; i += 4) {
    const at = usize(i) << 2;
    v128.store(y + at, f32x4.min(f32x4.max(v128.load(x + at), lowest), highest));
  }
  if (i < end) {
    const at = usize(i) << 2;
    storePartial(y + at, f32x4.min(f32x4.max(loadPartial(x + at, end - i), lowest), highest), end - i);
  }
}

/** dx = dy where minimum <= x <= maximum, else 0 */
export function clipGradient(x: usize, dy: usize, dx: usize, size: i32, minimum: f32, maximum: f32, part: i32, parts: i32): void {
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  const lowest = f32x4.splat(minimum);
  const highest = f32x4.splat(maximum);
  for (const full = i + ((end - i) & ~3); i < full; i += 4) {
    const at = usize(i) << 2;
    const value = v128.load(x + at);
    v128.store(dx + at, v128.and(v128.load(dy + at), v128.and(f32x4.ge(value, lowest), f32x4.le(value, highest))));
  }
  if (i < end) {
    const at = usize(i) << 2;
    const value = loadPartial(x + at, end - i);
    storePartial(dx + at, v128.and(loadPartial(dy + at, end - i), v128.and(f32x4.ge(value, lowest), f32x4.le(value, highest))), end - i);
  }
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
