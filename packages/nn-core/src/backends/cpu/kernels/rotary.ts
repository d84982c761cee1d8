// Turns pairs of columns by an angle that grows with the position (rotary position embedding, Su et al. 2021).
import type { FloatArray } from '../arrays.js';

/**
 * y (batch, time, columns) = x, with the first `dimension` columns of each of the first `heads` heads turned. table (tableRows,
 * dimension): of each position the cosines of dimension / 2 angles, then their sines; see `../kernels-attention.ts`.
 */
export function rotary(
  x: FloatArray, table: FloatArray, positions: Int32Array | null, y: FloatArray,
  batch: number, time: number, columns: number, heads: number, headSize: number, dimension: number, tableRows: number,
  interleaved: number, start: number, backwards: number,
): void {
  const half = dimension / 2;
  for (let row = 0; row < batch * time; row++) {
    const position = positions ? positions[row] : start + (row % time);
    const inside = position >= 0 && position < tableRows;
    for (let c = 0; c < columns; c++) y[row * columns + c] = x[row * columns + c];
    for (let h = 0; h < heads; h++)
      for (let i = 0; i < half; i++) {
        const first = row * columns + h * headSize + (interleaved ? 2 * i : i);
        const second = first + (interleaved ? 1 : half);
        const cosine = inside ? table[position * dimension + i] : NaN;
        const sine = inside ? table[position * dimension + half + i] * (backwards ? -1 : 1) : NaN;
        y[first] = x[first] * cosine - x[second] * sine;
        y[second] = x[second] * cosine + x[first] * sine;
      }
  }
}
