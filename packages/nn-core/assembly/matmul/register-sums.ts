// Computes weighted sums of rows that stay in registers until they are complete. b is read in strips of a few columns, which is the faster way as
// long as it comes from a cache. The additions follow each other as in `vectors.ts`: the bits are the same.
import { multiplyAdd } from '../simd';

/** Columns of a strip. */
export const STRIP: i32 = 16;

/**
 * y (2, 16) = factors (2, count) x b (count, 16), or added to y with `adds`. Four rows of b at a time, one from each of the first four stretches of
 * `quarter` rows, then the rows that are left, one by one. The rows of the factors are `row` bytes apart, those of b `stride`, those of y `yStride`.
 * Eight sums, four vectors of b and two factors are what V8's 15 registers hold.
 */
export function sumStripOfTwo(factors: usize, row: usize, b: usize, stride: usize, quarter: i32, count: i32, y: usize, yStride: usize, adds: bool): void {
  const zero = f32x4.splat(0);
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  let s3 = zero;
  let t0 = zero;
  let t1 = zero;
  let t2 = zero;
  let t3 = zero;
  const step = usize(quarter) << 2;
  const jump = usize(quarter) * stride;
  for (const end = factors + step; factors < end; factors += 4) {
    let from = b;
    for (let at = factors, last = factors + 4 * step; at < last; at += step) {
      const f = v128.load32_splat(at);
      const g = v128.load32_splat(at + row);
      const v0 = v128.load(from);
      const v1 = v128.load(from, 16);
      const v2 = v128.load(from, 32);
      const v3 = v128.load(from, 48);
      s0 = multiplyAdd(f, v0, s0);
      s1 = multiplyAdd(f, v1, s1);
      s2 = multiplyAdd(f, v2, s2);
      s3 = multiplyAdd(f, v3, s3);
      t0 = multiplyAdd(g, v0, t0);
      t1 = multiplyAdd(g, v1, t1);
      t2 = multiplyAdd(g, v2, t2);
      t3 = multiplyAdd(g, v3, t3);
      from += jump;
    }
    b += stride;
  }
  factors += 3 * step;
  b += 3 * jump;
  for (const end = factors + (usize(count - 4 * quarter) << 2); factors < end; factors += 4) {
    const f = v128.load32_splat(factors);
    const g = v128.load32_splat(factors + row);
    const v0 = v128.load(b);
    const v1 = v128.load(b, 16);
    const v2 = v128.load(b, 32);
    const v3 = v128.load(b, 48);
    s0 = multiplyAdd(f, v0, s0);
    s1 = multiplyAdd(f, v1, s1);
    s2 = multiplyAdd(f, v2, s2);
    s3 = multiplyAdd(f, v3, s3);
    t0 = multiplyAdd(g, v0, t0);
    t1 = multiplyAdd(g, v1, t1);
    t2 = multiplyAdd(g, v2, t2);
    t3 = multiplyAdd(g, v3, t3);
    b += stride;
  }
  storeStrip(y, s0, s1, s2, s3, adds);
  storeStrip(y + yStride, t0, t1, t2, t3, adds);
}

// @ts-ignore: decorator
@inline
function storeStrip(y: usize, s0: v128, s1: v128, s2: v128, s3: v128, adds: bool): void {
  if (adds) {
    s0 = f32x4.add(v128.load(y), s0);
    s1 = f32x4.add(v128.load(y, 16), s1);
    s2 = f32x4.add(v128.load(y, 32), s2);
    s3 = f32x4.add(v128.load(y, 48), s3);
  }
  v128.store(y, s0);
  v128.store(y, s1, 16);
  v128.store(y, s2, 32);
  v128.store(y, s3, 48);
}
