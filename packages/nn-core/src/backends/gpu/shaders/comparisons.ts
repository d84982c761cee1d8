// Compares and chooses, element by element. Every buffer is (size); truth is 1 and 0.
import type { Float, Invocation, Vector } from './language.js';

/** y = 1 where a = b, else 0 */
export function equal(this: Invocation, a: Vector, b: Vector): Float {
  if (a[this.thread.x] === b[this.thread.x]) return 1;
  return 0;
}

/** y = 1 where a > b, else 0 */
export function greater(this: Invocation, a: Vector, b: Vector): Float {
  if (a[this.thread.x] > b[this.thread.x]) return 1;
  return 0;
}

/** y = 1 where a >= b, else 0 */
export function greaterOrEqual(this: Invocation, a: Vector, b: Vector): Float {
  if (a[this.thread.x] >= b[this.thread.x]) return 1;
  return 0;
}

/** y = a where the condition is not 0, else b */
export function where(this: Invocation, condition: Vector, a: Vector, b: Vector): Float {
  if (condition[this.thread.x] === 0) return b[this.thread.x];
  return a[this.thread.x];
}

/** y = the greater of a and b */
export function maximum(this: Invocation, a: Vector, b: Vector): Float {
  return Math.max(a[this.thread.x], b[this.thread.x]);
}

/** y = the smaller of a and b */
export function minimum(this: Invocation, a: Vector, b: Vector): Float {
  return Math.min(a[this.thread.x], b[this.thread.x]);
}
