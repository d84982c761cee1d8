// Computes sums and maxima of one row of numbers, for the kernels that work row by row.
//
// Rounding errors of long sums: at most CHUNK elements are added in float32, in four or more lanes; chunks are added in
// double precision. The order of additions depends on the length of the row alone.
import { laneMask, loadPartial, maximumOfLanes, sumOfLanes64 } from './lanes';

/** Elements that are added in float32 before the sum moves to double precision. */
export const CHUNK: i32 = 1024;

/** Sum of x[0 .. count). */
export function rowSum(x: usize, count: i32): f64 {
  let total: f64 = 0;
  let i = 0;
  const full = count & ~3;
  while (i < full) {
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    const stop = min(i + CHUNK, full);
    for (const pairs = i + ((stop - i) & ~7); i < pairs; i += 8) {
      const at = x + (usize(i) << 2);
      sum0 = f32x4.add(sum0, v128.load(at));
      sum1 = f32x4.add(sum1, v128.load(at, 16));
    }
    if (i < stop) {
      sum0 = f32x4.add(sum0, v128.load(x + (usize(i) << 2)));
      i += 4;
    }
    total += sumOfLanes64(f32x4.add(sum0, sum1));
  }
  if (i < count) total += sumOfLanes64(loadPartial(x + (usize(i) << 2), count - i));
  return total;
}

/** Whether any number of x[0 .. count) is NaN. */
export function hasNaN(x: usize, count: i32): bool {
  let found = i32x4.splat(0);
  for (const end = x + (usize(count & ~3) << 2); x < end; x += 16) {
    const numbers = v128.load(x);
    found = v128.or(found, f32x4.ne(numbers, numbers));
  }
  const rest = count & 3;
  if (rest) {
    const numbers = loadPartial(x, rest);
    found = v128.or(found, f32x4.ne(numbers, numbers));
  }
  return v128.any_true(found);
}

/** Maximum of x[0 .. count), count >= 1. NaN is passed over: -inf when all are NaN or -inf. */
export function rowMaximum(x: usize, count: i32): f32 {
  return maximumOf(x, count, false);
}

/** The same, but NaN when there is one. */
export function rowMaximumOrNaN(x: usize, count: i32): f32 {
  return maximumOf(x, count, true);
}

/** Inlined, so that the choice is made by the compiler. */
// @ts-ignore: decorator
@inline
function maximumOf(x: usize, count: i32, findNaN: bool): f32 {
  // pmax takes its second argument only when it is greater: NaN in x is passed over.
  let best0 = f32x4.splat(f32.NEGATIVE_INFINITY);
  let best1 = best0;
  let found = i32x4.splat(0);
  let i = 0;
  for (const pairs = count & ~7; i < pairs; i += 8) {
    const at = x + (usize(i) << 2);
    const first = v128.load(at);
    const second = v128.load(at, 16);
    best0 = f32x4.pmax(best0, first);
    best1 = f32x4.pmax(best1, second);
    if (findNaN) found = v128.or(found, v128.or(f32x4.ne(first, first), f32x4.ne(second, second)));
  }
  const full = count & ~3;
  if (i < full) {
    const next = v128.load(x + (usize(i) << 2));
    best0 = f32x4.pmax(best0, next);
    if (findNaN) found = v128.or(found, f32x4.ne(next, next));
    i += 4;
  }
  if (i < count) {
    const end = v128.bitselect(loadPartial(x + (usize(i) << 2), count - i), best1, laneMask(count - i));
    best1 = f32x4.pmax(best1, end);
    if (findNaN) found = v128.or(found, f32x4.ne(end, end));
  }
  if (findNaN && v128.any_true(found)) return f32.NaN;
  return maximumOfLanes(f32x4.pmax(best0, best1));
}
