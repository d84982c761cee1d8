// Compares and chooses, element by element. Every array is (size); truth is 1 and 0, as floating-point numbers.
import type { FloatArray } from '../arrays.js';

/** y = 1 where a = b, else 0 */
export function equal(a: FloatArray, b: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = a[i] === b[i] ? 1 : 0;
}

/** y = 1 where a > b, else 0 */
export function greater(a: FloatArray, b: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = a[i] > b[i] ? 1 : 0;
}

/** y = 1 where a >= b, else 0 */
export function greaterOrEqual(a: FloatArray, b: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = a[i] >= b[i] ? 1 : 0;
}

/** y = a where the condition is not 0, else b */
export function where(condition: FloatArray, a: FloatArray, b: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = condition[i] !== 0 ? a[i] : b[i];
}

/** y = the greater of a and b; NaN where one of them is NaN */
export function maximum(a: FloatArray, b: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = Math.max(a[i], b[i]);
}

/** y = the smaller of a and b; NaN where one of them is NaN */
export function minimum(a: FloatArray, b: FloatArray, y: FloatArray, size: number): void {
  for (let i = 0; i < size; i++) y[i] = Math.min(a[i], b[i]);
}
