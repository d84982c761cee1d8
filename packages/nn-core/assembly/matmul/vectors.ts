// Dot products and weighted sums of rows that are used where they lie, without packing.
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
