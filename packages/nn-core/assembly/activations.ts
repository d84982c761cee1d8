// Activations and their gradients.
import { geluSlopeVector, geluVector, sigmoidVector, tanhVector } from './math';
import { binary, unary } from './map';

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
