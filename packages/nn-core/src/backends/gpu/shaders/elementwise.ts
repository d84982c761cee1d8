// Computes arithmetic on each element: one number in, one number out, the same place. Every buffer is (size) unless its comment says otherwise.
import { powerOf } from './helpers.js';
import type { Float, Invocation, Vector } from './language.js';

/** y = value */
export function fill(this: Invocation, value: Float): Float {
  return value;
}

/** y = x */
export function copy(this: Invocation, x: Vector): Float {
  return x[this.thread.x];
}

/** y = a + b */
export function add(this: Invocation, a: Vector, b: Vector): Float {
  return a[this.thread.x] + b[this.thread.x];
}

/** y = a - b */
export function subtract(this: Invocation, a: Vector, b: Vector): Float {
  return a[this.thread.x] - b[this.thread.x];
}

/** y = a * b */
export function multiply(this: Invocation, a: Vector, b: Vector): Float {
  return a[this.thread.x] * b[this.thread.x];
}

/** y = a / b */
export function divide(this: Invocation, a: Vector, b: Vector): Float {
  return a[this.thread.x] / b[this.thread.x];
}

/** y = x * factor + offset */
export function scale(this: Invocation, x: Vector, factor: Float, offset: Float): Float {
  return x[this.thread.x] * factor + offset;
}

/** y = x * factor (1) */
export function scaleBy(this: Invocation, x: Vector, factor: Vector): Float {
  return x[this.thread.x] * factor[0];
}

/** y = a^b */
export function power(this: Invocation, a: Vector, b: Vector, missing: Float): Float {
  return powerOf(a[this.thread.x], b[this.thread.x], missing);
}

/** y = |x| */
export function abs(this: Invocation, x: Vector): Float {
  return Math.abs(x[this.thread.x]);
}

/** dx = dy * sign(x), 0 where x is 0 */
export function absGradient(this: Invocation, x: Vector, dy: Vector): Float {
  if (x[this.thread.x] > 0) return dy[this.thread.x];
  if (x[this.thread.x] < 0) return 0 - dy[this.thread.x];
  return 0;
}

/** y = min(max(x, minimum), maximum) */
export function clip(this: Invocation, x: Vector, minimum: Float, maximum: Float): Float {
  return Math.min(Math.max(x[this.thread.x], minimum), maximum);
}

/** dx = dy where minimum <= x <= maximum, else 0 */
export function clipGradient(this: Invocation, x: Vector, dy: Vector, minimum: Float, maximum: Float): Float {
  if (x[this.thread.x] < minimum) return 0;
  if (x[this.thread.x] > maximum) return 0;
  return dy[this.thread.x];
}

/** y = e^x */
export function exp(this: Invocation, x: Vector): Float {
  return Math.exp(x[this.thread.x]);
}

/** y = ln x */
export function log(this: Invocation, x: Vector): Float {
  return Math.log(x[this.thread.x]);
}

/** y = square root of x */
export function sqrt(this: Invocation, x: Vector): Float {
  return Math.sqrt(x[this.thread.x]);
}
