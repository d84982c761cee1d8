// Estimates the cosine of one vector with every row of a table whose numbers were rounded to 8 bits. See src/questions/rounded-rows.ts for what
// the rounding costs and why the neighbours that are found with it are exact nevertheless.
//
// Reading memory is what limits this loop, and a byte per number is a quarter of a float's. Eight bytes are widened to 16 bits while they are
// loaded, and `dot` multiplies eight pairs and adds them two by two to 32 bits. Four rows go side by side, so that each part of the query is
// loaded once for four rows and four sums end in the lanes of one vector.

/** The four 32-bit sums of one row each, from four vectors of partial sums. */
// @ts-ignore: decorators are valid on functions here
@inline
function sumEach(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(i32x4.shuffle(a, b, 0, 4, 2, 6), i32x4.shuffle(a, b, 1, 5, 3, 7)); // a02+a13 ... in turns of a and b
  const cd = i32x4.add(i32x4.shuffle(c, d, 0, 4, 2, 6), i32x4.shuffle(c, d, 1, 5, 3, 7));
  return i32x4.add(i32x4.shuffle(ab, cd, 0, 1, 4, 5), i32x4.shuffle(ab, cd, 2, 3, 6, 7));
}

/**
 * @param query address of `stride` int16 numbers
 * @param rows address of (rowCount, stride) int8 numbers
 * @param scales address of (rowCount,) float32 numbers: what one unit of a row's product with the query is worth, without the query's part
 * @param scores address of (rowCount,) float32 numbers: written
 * @param rowCount a multiple of 4
 * @param stride a multiple of 8
 * @param queryScale the query's part
 */
export function estimateCosines(query: usize, rows: usize, scales: usize, scores: usize, rowCount: i32, stride: i32, queryScale: f32): void {
  const factor = f32x4.splat(queryScale);
  for (let row = 0; row < rowCount; row += 4) {
    const row0 = rows + <usize>row * stride;
    const row1 = row0 + stride;
    const row2 = row1 + stride;
    const row3 = row2 + stride;
    let sum0 = i32x4.splat(0);
    let sum1 = i32x4.splat(0);
    let sum2 = i32x4.splat(0);
    let sum3 = i32x4.splat(0);
    for (let at: usize = 0; at < <usize>stride; at += 8) {
      const part = v128.load(query + 2 * at);
      sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(v128.load_ext<i8>(row0 + at), part));
      sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(v128.load_ext<i8>(row1 + at), part));
      sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(v128.load_ext<i8>(row2 + at), part));
      sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(v128.load_ext<i8>(row3 + at), part));
    }
    const products = f32x4.convert_i32x4_s(sumEach(sum0, sum1, sum2, sum3));
    v128.store(scores + 4 * <usize>row, f32x4.mul(products, f32x4.mul(factor, v128.load(scales + 4 * <usize>row))));
  }
}
