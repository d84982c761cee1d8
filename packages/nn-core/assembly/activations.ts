// Computes activations and their gradients, four elements at a time.
import { geluErfSlopeVector, geluErfVector } from './gelu-erf';
import { loadPartial, storePartial } from './lanes';
import { geluSlopeVector, geluVector, sigmoidVector, siluSlopeVector, siluVector, tanhVector } from './math';
import { binary, unary } from './map';
import { firstElement } from './share';

@unmanaged class Tanh { @inline apply(x: v128): v128 { return tanhVector(x); } }
@unmanaged class Sigmoid { @inline apply(x: v128): v128 { return sigmoidVector(x); } }
@unmanaged class Relu { @inline apply(x: v128): v128 { return f32x4.max(x, f32x4.splat(0)); } }
@unmanaged class Gelu { @inline apply(x: v128): v128 { return geluVector(x); } }
@unmanaged class GeluErf { @inline apply(x: v128): v128 { return geluErfVector(x); } }
@unmanaged class Silu { @inline apply(x: v128): v128 { return siluVector(x); } }
@unmanaged class SwiGlu { @inline apply(gate: v128, value: v128): v128 { return f32x4.mul(siluVector(gate), value); } }
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
@unmanaged class GeluErfGradient {
  @inline apply(x: v128, dy: v128): v128 { return f32x4.mul(dy, geluErfSlopeVector(x)); }
}
@unmanaged class SiluGradient {
  @inline apply(x: v128, dy: v128): v128 { return f32x4.mul(dy, siluSlopeVector(x)); }
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
export function geluErf(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  unary<GeluErf>(x, y, size, part, parts);
}
export function geluErfGradient(x: usize, dy: usize, dx: usize, size: i32, part: i32, parts: i32): void {
  binary<GeluErfGradient>(x, dy, dx, size, part, parts);
}
export function silu(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  unary<Silu>(x, y, size, part, parts);
}
export function siluGradient(x: usize, dy: usize, dx: usize, size: i32, part: i32, parts: i32): void {
  binary<SiluGradient>(x, dy, dx, size, part, parts);
}
export function swiglu(gate: usize, value: usize, y: usize, size: i32, part: i32, parts: i32): void {
  binary<SwiGlu>(gate, value, y, size, part, parts);
}

/** dGate = dy * value * silu'(gate), dValue = dy * silu(gate) */
export function swigluGradient(gate: usize, value: usize, dy: usize, dGate: usize, dValue: usize, size: i32, part: i32, parts: i32): void {
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  for (const full = i + ((end - i) & ~3); i < full; i += 4) {
    const at = usize(i) << 2;
    const x = v128.load(gate + at);
    const gradient = v128.load(dy + at);
    v128.store(dGate + at, f32x4.mul(f32x4.mul(gradient, v128.load(value + at)), siluSlopeVector(x)));
    v128.store(dValue + at, f32x4.mul(gradient, siluVector(x)));
  }
  if (i < end) {
    const at = usize(i) << 2;
    const count = end - i;
    const x = loadPartial(gate + at, count);
    const gradient = loadPartial(dy + at, count);
    storePartial(dGate + at, f32x4.mul(f32x4.mul(gradient, loadPartial(value + at, count)), siluSlopeVector(x)), count);
    storePartial(dValue + at, f32x4.mul(gradient, siluVector(x)), count);
  }
}
