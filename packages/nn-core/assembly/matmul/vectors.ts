// Computes dot products and weighted sums of rows that are used where they lie, without packing.
//
// Four rows at a time: enough independent work to hide the latency of the additions, and four streams for the processor's
// prefetching.
import { loadPartial, storePartial, sumOfLanes } from '../lanes';
import { multiplyAdd } from '../simd';

/** y (count) += factors (4) x b (4, count), the factors `step` and the rows of b `stride` bytes apart. */
export function addFourRows(factors: usize, step: usize, b: usize, stride: usize, y: usize, count: i32): void {
  const f0 = v128.load32_splat(factors);
  const f1 = v128.load32_splat(factors + step);
  const f2 = v128.load32_splat(factors + 2 * step);
  const f3 = v128.load32_splat(factors + 3 * step);
  let b1 = b + stride;
  let b2 = b1 + stride;
  let b3 = b2 + stride;
  const rest = count & 3;
  for (const end = b + (usize(count - rest) << 2); b < end; b += 16) {
    let sum = multiplyAdd(f0, v128.load(b), v128.load(y));
    sum = multiplyAdd(f1, v128.load(b1), sum);
    sum = multiplyAdd(f2, v128.load(b2), sum);
    v128.store(y, multiplyAdd(f3, v128.load(b3), sum));
    b1 += 16;
    b2 += 16;
    b3 += 16;
    y += 16;
  }
  if (rest == 0) return;
  let sum = multiplyAdd(f0, loadPartial(b, rest), loadPartial(y, rest));
  sum = multiplyAdd(f1, loadPartial(b1, rest), sum);
  sum = multiplyAdd(f2, loadPartial(b2, rest), sum);
  storePartial(y, multiplyAdd(f3, loadPartial(b3, rest), sum), rest);
}

/**
 * The same for two rows of y, `yStride` bytes apart, whose factors are `row` bytes apart: each number of b is loaded once for both. Eight factors, four
 * vectors of b and two sums are all that V8's 15 registers hold.
 */
export function addFourRowsToTwo(factors: usize, row: usize, step: usize, b: usize, stride: usize, y: usize, yStride: usize, count: i32): void {
  const f0 = v128.load32_splat(factors);
  const f1 = v128.load32_splat(factors + step);
  const f2 = v128.load32_splat(factors + 2 * step);
  const f3 = v128.load32_splat(factors + 3 * step);
  const g0 = v128.load32_splat(factors + row);
  const g1 = v128.load32_splat(factors + row + step);
  const g2 = v128.load32_splat(factors + row + 2 * step);
  const g3 = v128.load32_splat(factors + row + 3 * step);
  let b1 = b + stride;
  let b2 = b1 + stride;
  let b3 = b2 + stride;
  let other = y + yStride;
  const rest = count & 3;
  for (const end = b + (usize(count - rest) << 2); b < end; b += 16) {
    const v0 = v128.load(b);
    const v1 = v128.load(b1);
    const v2 = v128.load(b2);
    const v3 = v128.load(b3);
    v128.store(y, multiplyAdd(f3, v3, multiplyAdd(f2, v2, multiplyAdd(f1, v1, multiplyAdd(f0, v0, v128.load(y))))));
    v128.store(other, multiplyAdd(g3, v3, multiplyAdd(g2, v2, multiplyAdd(g1, v1, multiplyAdd(g0, v0, v128.load(other))))));
    b1 += 16;
    b2 += 16;
    b3 += 16;
    y += 16;
    other += 16;
  }
  if (rest == 0) return;
  const v0 = loadPartial(b, rest);
  const v1 = loadPartial(b1, rest);
  const v2 = loadPartial(b2, rest);
  const v3 = loadPartial(b3, rest);
  storePartial(y, multiplyAdd(f3, v3, multiplyAdd(f2, v2, multiplyAdd(f1, v1, multiplyAdd(f0, v0, loadPartial(y, rest))))), rest);
  storePartial(other, multiplyAdd(g3, v3, multiplyAdd(g2, v2, multiplyAdd(g1, v1, multiplyAdd(g0, v0, loadPartial(other, rest))))), rest);
}

/** y (count) += factor (1) x b (count). */
export function addRow(factor: usize, b: usize, y: usize, count: i32): void {
  const f = v128.load32_splat(factor);
  const rest = count & 3;
  for (const end = b + (usize(count - rest) << 2); b < end; b += 16) {
    v128.store(y, multiplyAdd(f, v128.load(b), v128.load(y)));
    y += 16;
  }
  if (rest) storePartial(y, multiplyAdd(f, loadPartial(b, rest), loadPartial(y, rest)), rest);
}

/**
 * The dot product of a and b (count), in eight partial sums: vectors in turn go to one of two accumulators, and what is left
 * of a vector at the end to the first.
 */
export function dot(a: usize, b: usize, count: i32): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  const end = a + (usize(count & ~7) << 2);
  for (; a < end; a += 32) {
    even = multiplyAdd(v128.load(a), v128.load(b), even);
    odd = multiplyAdd(v128.load(a, 16), v128.load(b, 16), odd);
    b += 32;
  }
  if (count & 4) {
    even = multiplyAdd(v128.load(a), v128.load(b), even);
    a += 16;
    b += 16;
  }
  const rest = count & 3;
  if (rest) even = multiplyAdd(loadPartial(a, rest), loadPartial(b, rest), even);
  return sumOfLanes(f32x4.add(even, odd));
}

/** y (4), `step` bytes apart, = dot products of a with four rows of b, `stride` bytes apart, with the sums in the same order as in `dot`. */
export function dotFour(a: usize, b: usize, stride: usize, count: i32, y: usize, step: usize): void {
  let b1 = b + stride;
  let b2 = b1 + stride;
  let b3 = b2 + stride;
  let even0 = f32x4.splat(0);
  let even1 = even0;
  let even2 = even0;
  let even3 = even0;
  let odd0 = even0;
  let odd1 = even0;
  let odd2 = even0;
  let odd3 = even0;
  for (const end = a + (usize(count & ~7) << 2); a < end; a += 32) {
    const first = v128.load(a);
    const second = v128.load(a, 16);
    even0 = multiplyAdd(first, v128.load(b), even0);
    odd0 = multiplyAdd(second, v128.load(b, 16), odd0);
    even1 = multiplyAdd(first, v128.load(b1), even1);
    odd1 = multiplyAdd(second, v128.load(b1, 16), odd1);
    even2 = multiplyAdd(first, v128.load(b2), even2);
    odd2 = multiplyAdd(second, v128.load(b2, 16), odd2);
    even3 = multiplyAdd(first, v128.load(b3), even3);
    odd3 = multiplyAdd(second, v128.load(b3, 16), odd3);
    b += 32;
    b1 += 32;
    b2 += 32;
    b3 += 32;
  }
  if (count & 4) {
    const first = v128.load(a);
    even0 = multiplyAdd(first, v128.load(b), even0);
    even1 = multiplyAdd(first, v128.load(b1), even1);
    even2 = multiplyAdd(first, v128.load(b2), even2);
    even3 = multiplyAdd(first, v128.load(b3), even3);
    a += 16;
    b += 16;
    b1 += 16;
    b2 += 16;
    b3 += 16;
  }
  const rest = count & 3;
  if (rest) {
    const first = loadPartial(a, rest);
    even0 = multiplyAdd(first, loadPartial(b, rest), even0);
    even1 = multiplyAdd(first, loadPartial(b1, rest), even1);
    even2 = multiplyAdd(first, loadPartial(b2, rest), even2);
    even3 = multiplyAdd(first, loadPartial(b3, rest), even3);
  }
  store<f32>(y, sumOfLanes(f32x4.add(even0, odd0)));
  store<f32>(y + step, sumOfLanes(f32x4.add(even1, odd1)));
  store<f32>(y + 2 * step, sumOfLanes(f32x4.add(even2, odd2)));
  store<f32>(y + 3 * step, sumOfLanes(f32x4.add(even3, odd3)));
}

/**
 * The same for two rows of a, `row` bytes apart: y (2, 4), its rows `yStride` bytes apart. First all odd vectors, then all even ones: eight sums and six
 * vectors are what V8's 15 registers hold, and before version 12 it loads all that a loop reads at the loop's start.
 */
export function dotFourWithTwo(a: usize, row: usize, b: usize, stride: usize, count: i32, y: usize, yStride: usize, step: usize): void {
  const zero = f32x4.splat(0);
  let b1 = b + stride;
  let b2 = b1 + stride;
  let b3 = b2 + stride;
  const bytes = usize(count & ~7) << 2;
  const end = a + bytes;
  let odd00 = zero;
  let odd01 = zero;
  let odd02 = zero;
  let odd03 = zero;
  let odd10 = zero;
  let odd11 = zero;
  let odd12 = zero;
  let odd13 = zero;
  for (; a < end; a += 32) {
    const f = v128.load(a, 16);
    const g = v128.load(a + row, 16);
    const v0 = v128.load(b, 16);
    const v1 = v128.load(b1, 16);
    const v2 = v128.load(b2, 16);
    const v3 = v128.load(b3, 16);
    odd00 = multiplyAdd(f, v0, odd00);
    odd01 = multiplyAdd(f, v1, odd01);
    odd02 = multiplyAdd(f, v2, odd02);
    odd03 = multiplyAdd(f, v3, odd03);
    odd10 = multiplyAdd(g, v0, odd10);
    odd11 = multiplyAdd(g, v1, odd11);
    odd12 = multiplyAdd(g, v2, odd12);
    odd13 = multiplyAdd(g, v3, odd13);
    b += 32;
    b1 += 32;
    b2 += 32;
    b3 += 32;
  }
  a -= bytes;
  b -= bytes;
  b1 -= bytes;
  b2 -= bytes;
  b3 -= bytes;
  let even00 = zero;
  let even01 = zero;
  let even02 = zero;
  let even03 = zero;
  let even10 = zero;
  let even11 = zero;
  let even12 = zero;
  let even13 = zero;
  for (; a < end; a += 32) {
    const f = v128.load(a);
    const g = v128.load(a + row);
    const v0 = v128.load(b);
    const v1 = v128.load(b1);
    const v2 = v128.load(b2);
    const v3 = v128.load(b3);
    even00 = multiplyAdd(f, v0, even00);
    even01 = multiplyAdd(f, v1, even01);
    even02 = multiplyAdd(f, v2, even02);
    even03 = multiplyAdd(f, v3, even03);
    even10 = multiplyAdd(g, v0, even10);
    even11 = multiplyAdd(g, v1, even11);
    even12 = multiplyAdd(g, v2, even12);
    even13 = multiplyAdd(g, v3, even13);
    b += 32;
    b1 += 32;
    b2 += 32;
    b3 += 32;
  }
  if (count & 4) {
    const f = v128.load(a);
    const g = v128.load(a + row);
    const v0 = v128.load(b);
    const v1 = v128.load(b1);
    const v2 = v128.load(b2);
    const v3 = v128.load(b3);
    even00 = multiplyAdd(f, v0, even00);
    even01 = multiplyAdd(f, v1, even01);
    even02 = multiplyAdd(f, v2, even02);
    even03 = multiplyAdd(f, v3, even03);
    even10 = multiplyAdd(g, v0, even10);
    even11 = multiplyAdd(g, v1, even11);
    even12 = multiplyAdd(g, v2, even12);
    even13 = multiplyAdd(g, v3, even13);
    a += 16;
    b += 16;
    b1 += 16;
    b2 += 16;
    b3 += 16;
  }
  const rest = count & 3;
  if (rest) {
    const f = loadPartial(a, rest);
    const g = loadPartial(a + row, rest);
    const v0 = loadPartial(b, rest);
    const v1 = loadPartial(b1, rest);
    const v2 = loadPartial(b2, rest);
    const v3 = loadPartial(b3, rest);
    even00 = multiplyAdd(f, v0, even00);
    even01 = multiplyAdd(f, v1, even01);
    even02 = multiplyAdd(f, v2, even02);
    even03 = multiplyAdd(f, v3, even03);
    even10 = multiplyAdd(g, v0, even10);
    even11 = multiplyAdd(g, v1, even11);
    even12 = multiplyAdd(g, v2, even12);
    even13 = multiplyAdd(g, v3, even13);
  }
  store<f32>(y, sumOfLanes(f32x4.add(even00, odd00)));
  store<f32>(y + step, sumOfLanes(f32x4.add(even01, odd01)));
  store<f32>(y + 2 * step, sumOfLanes(f32x4.add(even02, odd02)));
  store<f32>(y + 3 * step, sumOfLanes(f32x4.add(even03, odd03)));
  store<f32>(y + yStride, sumOfLanes(f32x4.add(even10, odd10)));
  store<f32>(y + yStride + step, sumOfLanes(f32x4.add(even11, odd11)));
  store<f32>(y + yStride + 2 * step, sumOfLanes(f32x4.add(even12, odd12)));
  store<f32>(y + yStride + 3 * step, sumOfLanes(f32x4.add(even13, odd13)));
}
