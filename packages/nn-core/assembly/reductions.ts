// Computes sums and maxima over the middle axis of x (outer, length, inner), and the sum of squares.
//
// With inner = 1 a share is a range of rows. Otherwise it is a range of blocks of columns: a block is COLUMNS wide, so that
// it is read in order while its sums stay in the first-level cache.
import { commonScratchAddress, commonScratchBytes } from './scratch';
import { blocksOf, firstUnit } from './share';
import { exceeds, loadPartial, storePartial } from './lanes';
import { fillRun, zeroRun } from './bytes';
import { rowMaximumOrNaN, rowSum } from './rows';

/** Width of a block of columns: 4 KiB of sums. */
const COLUMNS: i32 = 1024;
/** A narrower matrix is cut into finer blocks, so that every share gets some; a multiple of a cache line. */
const FINE_COLUMNS: i32 = 64;

/** The block width depends on the shape alone, never on the number of parts. */
// @ts-ignore: decorator
@inline
function blockWidth(inner: i32): i32 {
  return inner >= 4 * COLUMNS ? COLUMNS : FINE_COLUMNS;
}

/**
 * The share of a reduction over the middle axis, rows with inner = 1 and blocks of columns otherwise: the maximum and its position,
 * or without an `index` (0) the sum. Inlined, so that the choice is made by the compiler.
 */
// @ts-ignore: decorator
@inline
function reduceMiddle(x: usize, y: usize, index: usize, outer: i32, length: i32, inner: i32, part: i32, parts: i32): void {
  if (inner == 1) {
    const end = firstUnit(outer, part + 1, parts);
    for (let o = firstUnit(outer, part, parts); o < end; o++) {
      const target = usize(o) << 2;
      const row = x + (usize(o * length) << 2);
      if (index) maximumOfRow(row, y + target, index + target, length);
      else store<f32>(y + target, f32(rowSum(row, length)));
    }
    return;
  }
  const width = blockWidth(inner);
  const blocks = blocksOf(inner, width);
  const end = firstUnit(outer * blocks, part + 1, parts);
  for (let unit = firstUnit(outer * blocks, part, parts); unit < end; unit++) {
    const o = unit / blocks;
    const column = (unit - o * blocks) * width;
    const target = usize(o * inner + column) << 2;
    const first = x + (usize(o * length * inner + column) << 2);
    const columns = min(width, inner - column);
    if (index) maximumOfColumns(first, y + target, index + target, length, inner, columns);
    else sumOfColumns(first, y + target, length, inner, columns);
  }
}

/** y = sum over the middle axis */
export function sum(x: usize, y: usize, outer: i32, length: i32, inner: i32, part: i32, parts: i32): void {
  reduceMiddle(x, y, 0, outer, length, inner, part, parts);
}

/** y[c] = sum over r of x[r * stride + c], four rows at a time, so that y is read and written once for four of them. */
function sumOfColumns(x: usize, y: usize, rows: i32, stride: i32, columns: i32): void {
  const step = usize(stride) << 2;
  const full = columns & ~3;
  const rest = columns - full;
  const end = usize(full) << 2;
  zeroRun(y, columns);
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    const x0 = x + usize(r) * step;
    const x1 = x0 + step;
    const x2 = x1 + step;
    const x3 = x2 + step;
    for (let at: usize = 0; at < end; at += 16) {
      const front = f32x4.add(v128.load(x0 + at), v128.load(x1 + at));
      const back = f32x4.add(v128.load(x2 + at), v128.load(x3 + at));
      v128.store(y + at, f32x4.add(v128.load(y + at), f32x4.add(front, back)));
    }
    if (rest) {
      const front = f32x4.add(loadPartial(x0 + end, rest), loadPartial(x1 + end, rest));
      const back = f32x4.add(loadPartial(x2 + end, rest), loadPartial(x3 + end, rest));
      storePartial(y + end, f32x4.add(loadPartial(y + end, rest), f32x4.add(front, back)), rest);
    }
  }
  for (; r < rows; r++) {
    const row = x + usize(r) * step;
    for (let at: usize = 0; at < end; at += 16) v128.store(y + at, f32x4.add(v128.load(y + at), v128.load(row + at)));
    if (rest) storePartial(y + end, f32x4.add(loadPartial(y + end, rest), loadPartial(row + end, rest)), rest);
  }
}

/** The maximum over the middle axis, NaN where there is one, and the lowest position that holds it. */
export function maxAlongAxis(x: usize, y: usize, index: usize, outer: i32, length: i32, inner: i32, part: i32, parts: i32): void {
  reduceMiddle(x, y, index, outer, length, inner, part, parts);
}
// Here `max` is the compiler's own.
export { maxAlongAxis as max };

/** The maximum first, then its first place: both walks are short steps. */
function maximumOfRow(x: usize, y: usize, index: usize, length: i32): void {
  const best = rowMaximumOrNaN(x, length);
  const wanted = f32x4.splat(best);
  const full = length & ~3;
  let i = 0;
  if (isNaN(best)) {
    while (!isNaN(load<f32>(x + (usize(i) << 2)))) i++;
  } else {
    while (i < full && !v128.any_true(f32x4.eq(v128.load(x + (usize(i) << 2)), wanted))) i += 4;
    while (load<f32>(x + (usize(i) << 2)) != best) i++;
  }
  store<f32>(y, best);
  store<i32>(index, i);
}

function maximumOfColumns(x: usize, y: usize, index: usize, rows: i32, stride: i32, columns: i32): void {
  const full = columns & ~3;
  const rest = columns - full;
  fillRun(y, reinterpret<i32>(f32.NEGATIVE_INFINITY), columns);
  fillRun(index, 0, columns);
  for (let r = 0; r < rows; r++) {
    const row = x + (usize(r * stride) << 2);
    const here = i32x4.splat(r);
    for (let c = 0; c < full; c += 4) {
      const at = usize(c) << 2;
      const next = v128.load(row + at);
      const value = v128.load(y + at);
      const greater = exceeds(next, value);
      v128.store(y + at, v128.bitselect(next, value, greater));
      v128.store(index + at, v128.bitselect(here, v128.load(index + at), greater));
    }
    if (rest) {
      const at = usize(full) << 2;
      const next = loadPartial(row + at, rest);
      const value = loadPartial(y + at, rest);
      const greater = exceeds(next, value);
      storePartial(y + at, v128.bitselect(next, value, greater), rest);
      storePartial(index + at, v128.bitselect(here, loadPartial(index + at, rest), greater), rest);
    }
  }
}

/** dx = dy at the position that held the maximum, else 0; a share is a range of rows of dx */
export function maxGradient(index: usize, dy: usize, dx: usize, outer: i32, length: i32, inner: i32, part: i32, parts: i32): void {
  if (inner == 1) {
    const stop = firstUnit(outer, part + 1, parts);
    for (let o = firstUnit(outer, part, parts); o < stop; o++) {
      const row = dx + (usize(o * length) << 2);
      zeroRun(row, length);
      const place = load<i32>(index + (usize(o) << 2));
      if (u32(place) < u32(length)) store<f32>(row + (usize(place) << 2), load<f32>(dy + (usize(o) << 2)));
    }
    return;
  }
  const full = inner & ~3;
  const rest = inner - full;
  const end = firstUnit(outer * length, part + 1, parts);
  for (let row = firstUnit(outer * length, part, parts); row < end; row++) {
    const o = row / length;
    const place = i32x4.splat(row - o * length);
    const source = usize(o * inner) << 2;
    const target = dx + (usize(row * inner) << 2);
    for (let c = 0; c < full; c += 4) {
      const at = usize(c) << 2;
      v128.store(target + at, v128.and(v128.load(dy + source + at), i32x4.eq(v128.load(index + source + at), place)));
    }
    if (rest) {
      const at = usize(full) << 2;
      const here = i32x4.eq(loadPartial(index + source + at, rest), place);
      storePartial(target + at, v128.and(loadPartial(dy + source + at, rest), here), rest);
    }
  }
}

/** Elements whose squares are summed together: 64 KiB. Depends on nothing, so that the sums are the same for any number of parts. */
const SQUARES: i32 = 16_384;

/** total[0] += sum of x^2 in double precision: the sums of blocks, which `addSumOfSquaresFinish` adds up; alone, everything. */
export function addSumOfSquares(x: usize, total: usize, size: i32, part: i32, parts: i32): void {
  const sums = commonSums(size, parts);
  if (sums) {
    const end = firstUnit(blocksOf(size, SQUARES), part + 1, parts);
    for (let block = firstUnit(blocksOf(size, SQUARES), part, parts); block < end; block++) store<f64>(sums + (usize(block) << 3), sumOfSquares(x, size, block));
    return;
  }
  if (part != 0) return;
  let sum: f64 = 0;
  for (let block = 0; block < blocksOf(size, SQUARES); block++) sum += sumOfSquares(x, size, block);
  store<f32>(total, f32(f64(load<f32>(total)) + sum));
}

export function addSumOfSquaresFinish(x: usize, total: usize, size: i32, part: i32, parts: i32): void {
  const sums = commonSums(size, parts);
  if (!sums || part != 0) return;
  let sum: f64 = 0;
  for (let block = 0; block < blocksOf(size, SQUARES); block++) sum += load<f64>(sums + (usize(block) << 3));
  store<f32>(total, f32(f64(load<f32>(total)) + sum));
}

/** Where all parts leave their sums; 0 where one part does it alone: one block, one part, or no room. */
function commonSums(size: i32, parts: i32): usize {
  return parts > 1 && size > SQUARES && blocksOf(size, SQUARES) <= commonScratchBytes() >> 3 ? commonScratchAddress() : 0;
}

/** The sum of the squares of one block of x. */
function sumOfSquares(x: usize, size: i32, block: i32): f64 {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  let i = block * SQUARES;
  const end = min(i + SQUARES, size);
  for (; i + 8 <= end; i += 8) {
    const at = x + (usize(i) << 2);
    const a = f64x2.promote_low_f32x4(v128.load64_zero(at));
    const b = f64x2.promote_low_f32x4(v128.load64_zero(at, 8));
    const c = f64x2.promote_low_f32x4(v128.load64_zero(at, 16));
    const d = f64x2.promote_low_f32x4(v128.load64_zero(at, 24));
    sum0 = f64x2.add(sum0, f64x2.mul(a, a));
    sum1 = f64x2.add(sum1, f64x2.mul(b, b));
    sum2 = f64x2.add(sum2, f64x2.mul(c, c));
    sum3 = f64x2.add(sum3, f64x2.mul(d, d));
  }
  const sums = f64x2.add(f64x2.add(sum0, sum1), f64x2.add(sum2, sum3));
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; i < end; i++) {
    const value = f64(load<f32>(x + (usize(i) << 2)));
    sum += value * value;
  }
  return sum;
}
