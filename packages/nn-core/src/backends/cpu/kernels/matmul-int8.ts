// Multiplies with int8 weights as the formula says: three nested loops, sums in double precision, and a is not rounded. The wasm
// backend rounds it to 16 bits, and its tests compare it with this.
import type { FloatArray } from '../arrays.js';
import { ACTIVATIONS } from './matmul.js';

/**
 * y (rows, columns) = act(a (rows, inner) x w (inner, columns) + bias (columns)), w[k, j] = scales[j] * byte (j, k) of `packed`.
 *
 * @param packed (ceil(columns / 4), ceil(inner / 16), 4, 16) signed bytes, four to an element, the lowest first
 * @param scales (columns)
 * @param bias (columns), added to every row; null for none
 * @param activation 0 none, 1 relu, 2 gelu
 */
export function matmulInt8(
  a: FloatArray, packed: Int32Array, scales: FloatArray, bias: FloatArray | null, y: FloatArray,
  rows: number, columns: number, inner: number, activation: number,
): void {
  const act = ACTIVATIONS[activation];
  const groups = Math.ceil(inner / 16);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let total = 0;
      for (let k = 0; k < inner; k++) {
        const at = (((column >> 2) * groups + (k >> 4)) * 4 + (column & 3)) * 16 + (k & 15);
        const byte = (packed[at >> 2] << (24 - 8 * (at & 3))) >> 24;
        total += a[row * inner + k] * byte;
      }
      y[row * columns + column] = act(total * scales[column] + (bias ? bias[column] : 0));
    }
}
