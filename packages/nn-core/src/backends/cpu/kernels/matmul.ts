// Multiplies matrices, with transposes, bias and activation: three nested loops and a dot product in double precision. No
// blocking: the fast one is in the wasm backend, and its tests compare it with this.
import type { FloatArray } from '../arrays.js';
import { geluErfOf, geluOf, siluOf } from './activations.js';

/** By the contract's number. */
export const ACTIVATIONS: readonly ((x: number) => number)[] = [(x) => x, (x) => Math.max(0, x), geluOf, geluErfOf, siluOf];

/**
 * y (batch, rows, columns) = act(op(a) (rows, inner) x op(b) (inner, columns) + bias (columns)), matrix by matrix.
 *
 * @param a (batch, rows, inner), or (batch, inner, rows) with transposeA = 1
 * @param b (batch, inner, columns), or (batch, columns, inner) with transposeB = 1
 * @param bias (columns), added to every row; null for none
 * @param preActivation (batch, rows, columns): the value before the activation is written here; null for no need
 * @param activation 0 none, 1 relu, 2 gelu, 3 geluErf, 4 silu
 */
export function matmul(
  a: FloatArray, b: FloatArray, bias: FloatArray | null, y: FloatArray, preActivation: FloatArray | null,
  batch: number, rows: number, columns: number, inner: number, transposeA: number, transposeB: number, activation: number,
): void {
  const act = ACTIVATIONS[activation];
  const [aRowStride, aInnerStride] = transposeA ? [1, rows] : [inner, 1];
  const [bInnerStride, bColumnStride] = transposeB ? [1, inner] : [columns, 1];
  for (let m = 0; m < batch; m++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        let total = bias ? bias[column] : 0;
        let atA = m * rows * inner + row * aRowStride;
        let atB = m * inner * columns + column * bColumnStride;
        for (let i = 0; i < inner; i++) {
          total += a[atA] * b[atB];
          atA += aInnerStride;
          atB += bInnerStride;
        }
        const at = (m * rows + row) * columns + column;
        if (preActivation) preActivation[at] = total;
        y[at] = act(total);
      }
}
