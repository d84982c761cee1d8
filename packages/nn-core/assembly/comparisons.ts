// Compares and chooses, element by element. Truth is 1 and 0, as floating-point numbers.
import { binary, ternary } from './map';

/** 1 in the lanes of a mask, 0 in the others. */
// @ts-ignore: decorator
@inline
function ones(mask: v128): v128 {
  return v128.and(mask, f32x4.splat(1));
}

@unmanaged class Equal { @inline apply(a: v128, b: v128): v128 { return ones(f32x4.eq(a, b)); } }
@unmanaged class Greater { @inline apply(a: v128, b: v128): v128 { return ones(f32x4.gt(a, b)); } }
@unmanaged class GreaterOrEqual { @inline apply(a: v128, b: v128): v128 { return ones(f32x4.ge(a, b)); } }
@unmanaged class Maximum { @inline apply(a: v128, b: v128): v128 { return f32x4.max(a, b); } }
@unmanaged class Minimum { @inline apply(a: v128, b: v128): v128 { return f32x4.min(a, b); } }
@unmanaged class Where {
  @inline apply(condition: v128, a: v128, b: v128): v128 { return v128.bitselect(b, a, f32x4.eq(condition, f32x4.splat(0))); }
}

export function equal(a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<Equal>(a, b, y, size, part, parts);
}
export function greater(a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<Greater>(a, b, y, size, part, parts);
}
export function greaterOrEqual(a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<GreaterOrEqual>(a, b, y, size, part, parts);
}
export function maximum(a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<Maximum>(a, b, y, size, part, parts);
}
export function minimum(a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<Minimum>(a, b, y, size, part, parts);
}
export function where(condition: usize, a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  ternary<Where>(condition, a, b, y, size, part, parts);
}
