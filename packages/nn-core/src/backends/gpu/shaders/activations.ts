// Computes activations and their gradients. Every buffer is (size).
import { geluErfOf, geluErfSlope, geluOf, geluSlope, siluOf, siluSlope, tanhOf } from './helpers.js';
import type { Float, Invocation, Vector } from './language.js';

/** y = tanh x */
export function tanh(this: Invocation, x: Vector): Float {
  return tanhOf(x[this.thread.x]);
}

/** y = 1 / (1 + e^-x) */
export function sigmoid(this: Invocation, x: Vector): Float {
  return 1 / (1 + Math.exp(0 - x[this.thread.x]));
}

/** y = max(0, x) */
export function relu(this: Invocation, x: Vector): Float {
  return Math.max(x[this.thread.x], 0);
}

/** y = gelu(x) */
export function gelu(this: Invocation, x: Vector): Float {
  return geluOf(x[this.thread.x]);
}

/** dx = dy * (1 - y^2) */
export function tanhGradient(this: Invocation, y: Vector, dy: Vector): Float {
  return dy[this.thread.x] * (1 - y[this.thread.x] * y[this.thread.x]);
}

/** dx = dy * y * (1 - y) */
export function sigmoidGradient(this: Invocation, y: Vector, dy: Vector): Float {
  return dy[this.thread.x] * y[this.thread.x] * (1 - y[this.thread.x]);
}

/** dx = dy where x > 0, else 0 */
export function reluGradient(this: Invocation, x: Vector, dy: Vector): Float {
  if (x[this.thread.x] > 0) return dy[this.thread.x];
  return 0;
}

/** dx = dy * gelu'(x) */
export function geluGradient(this: Invocation, x: Vector, dy: Vector): Float {
  return dy[this.thread.x] * geluSlope(x[this.thread.x]);
}

/** y = geluErf(x) */
export function geluErf(this: Invocation, x: Vector): Float {
  return geluErfOf(x[this.thread.x]);
}

/** dx = dy * geluErf'(x) */
export function geluErfGradient(this: Invocation, x: Vector, dy: Vector): Float {
  return dy[this.thread.x] * geluErfSlope(x[this.thread.x]);
}

/** y = silu(x) */
export function silu(this: Invocation, x: Vector): Float {
  return siluOf(x[this.thread.x]);
}

/** dx = dy * silu'(x) */
export function siluGradient(this: Invocation, x: Vector, dy: Vector): Float {
  return dy[this.thread.x] * siluSlope(x[this.thread.x]);
}

/** y = silu(gate) * value */
export function swiglu(this: Invocation, gate: Vector, value: Vector): Float {
  return siluOf(gate[this.thread.x]) * value[this.thread.x];
}

/** dGate = dy * value * silu'(gate) */
export function swigluGateGradient(this: Invocation, gate: Vector, value: Vector, dy: Vector): Float {
  return dy[this.thread.x] * value[this.thread.x] * siluSlope(gate[this.thread.x]);
}
