// Multiplies and adds in the way of the instructions that are compiled in: nothing else knows whether relaxed SIMD is among them.

/** a * b + c in four lanes: rounded once with relaxed SIMD where the processor has FMA, twice otherwise. */
// @ts-ignore: decorators are valid on functions here
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}
