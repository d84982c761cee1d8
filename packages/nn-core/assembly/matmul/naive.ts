// Multiplies matrices in three loops: what `matmul` computes, without blocks, panels and vectors.
//
// The fast one differs in the order in which it visits elements, never in the order of a sum; without relaxed SIMD its
// bits are the same as these wherever it uses tiles. Called by tests only.
import { geluVector } from '../math';

/** Buffers and numbers as in `matmul`; does everything as share 0 and nothing as any other. */
export function matmulNaive(
  a: usize, // (batch, rows, inner), or (batch, inner, rows) with transposeA
  b: usize, // (batch, inner, columns), or (batch, columns, inner) with transposeB
  bias: usize, // (columns), or 0
  y: usize, // (batch, rows, columns)
  preActivation: usize, // (batch, rows, columns), or 0
  batch: i32, rows: i32, columns: i32, inner: i32, transposeA: i32, transposeB: i32, activation: i32, part: i32, parts: i32,
): void {
  if (part != 0) return;
  for (let m = 0; m < batch; m++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let total: f32 = 0;
        for (let k = 0; k < inner; k++) {
          const atA = transposeA ? (m * inner + k) * rows + i : (m * rows + i) * inner + k;
          const atB = transposeB ? (m * columns + j) * inner + k : (m * inner + k) * columns + j;
          total += load<f32>(a + (usize(atA) << 2)) * load<f32>(b + (usize(atB) << 2));
        }
        if (bias) total += load<f32>(bias + (usize(j) << 2));
        const at = usize((m * rows + i) * columns + j) << 2;
        if (preActivation) store<f32>(preActivation + at, total);
        if (activation == 1) total = max<f32>(total, 0);
        if (activation == 2) total = f32x4.extract_lane(geluVector(f32x4.splat(total)), 0);
        store<f32>(y + at, total);
      }
    }
  }
}
