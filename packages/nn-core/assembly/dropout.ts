// Drops elements (inverted dropout) with the counter-based generator Philox4x32-10 (Salmon et al. 2011): the mask is a function
// of the key, the step, the stream and the position alone, so forward, backward and every thread agree without storing it.
import { loadPartial, storePartial } from './lanes';
import { firstElement } from './share';

const MULTIPLIER0: u32 = 0xd2511f53;
const MULTIPLIER1: u32 = 0xcd9e8d57;
/** Added to the key words between rounds: the golden ratio and sqrt(3) - 1, times 2^32. */
const WEYL0: u32 = 0x9e3779b9;
const WEYL1: u32 = 0xbb67ae85;
const ROUNDS: i32 = 10;

// The four result words of four counters, lane by counter. Globals are private to an instance, hence to a thread.
let word0 = i32x4.splat(0);
let word1 = i32x4.splat(0);
let word2 = i32x4.splat(0);
let word3 = i32x4.splat(0);

/** Philox4x32-10 of the counters (first + lane, c1, c2, 0), lane = 0 .. 3. */
// @ts-ignore: decorator
@inline
function philox(first: u32, c1: u32, c2: u32, key0: u32, key1: u32): void {
  let a = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
  let b = i32x4.splat(c1);
  let c = i32x4.splat(c2);
  let d = i32x4.splat(0);
  let keys0 = i32x4.splat(key0);
  let keys1 = i32x4.splat(key1);
  const multiplier0 = i32x4.splat(MULTIPLIER0);
  const multiplier1 = i32x4.splat(MULTIPLIER1);
  for (let round = 0; round < ROUNDS; round++) {
    const low0 = i64x2.extmul_low_i32x4_u(a, multiplier0);
    const high0 = i64x2.extmul_high_i32x4_u(a, multiplier0);
    const low1 = i64x2.extmul_low_i32x4_u(c, multiplier1);
    const high1 = i64x2.extmul_high_i32x4_u(c, multiplier1);
    // Even words of the products are their low halves, odd words their high halves.
    a = v128.xor(v128.xor(v128.shuffle<i32>(low1, high1, 1, 3, 5, 7), b), keys0);
    c = v128.xor(v128.xor(v128.shuffle<i32>(low0, high0, 1, 3, 5, 7), d), keys1);
    b = v128.shuffle<i32>(low1, high1, 0, 2, 4, 6);
    d = v128.shuffle<i32>(low0, high0, 0, 2, 4, 6);
    keys0 = i32x4.add(keys0, i32x4.splat(WEYL0));
    keys1 = i32x4.add(keys1, i32x4.splat(WEYL1));
  }
  word0 = a;
  word1 = b;
  word2 = c;
  word3 = d;
}

/** x * factor where the uniform number of the lane's random word is at least `probability`, else 0. */
// @ts-ignore: decorator
@inline
function keep(x: v128, words: v128, probability: v128, factor: v128): v128 {
  const uniform = f32x4.mul(f32x4.convert_i32x4_u(i32x4.shr_u(words, 8)), f32x4.splat(5.9604644775390625e-8));
  return v128.and(f32x4.mul(x, factor), f32x4.ge(uniform, probability));
}

/** y = x / (1 - probability) where the uniform number of the element is >= probability, else 0 */
export function dropout(x: usize, state: usize, y: usize, size: i32, probability: f32, stream: i32, part: i32, parts: i32): void {
  const key0 = load<u32>(state);
  const key1 = load<u32>(state, 4);
  const step = load<u32>(state, 8);
  const limit = f32x4.splat(probability);
  const factor = f32x4.splat(1 / (1 - probability));
  const end = firstElement(size, part + 1, parts);
  // Shares begin at multiples of 16 elements: the four counters of one call.
  for (let i = firstElement(size, part, parts); i < end; i += 16) {
    philox(u32(i) >>> 2, stream, step, key0, key1);
    // Counter k gives the words of elements 4k .. 4k + 3: transpose.
    const low01 = v128.shuffle<i32>(word0, word1, 0, 4, 1, 5);
    const low23 = v128.shuffle<i32>(word2, word3, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(word0, word1, 2, 6, 3, 7);
    const high23 = v128.shuffle<i32>(word2, word3, 2, 6, 3, 7);
    const source = x + (usize(i) << 2);
    const target = y + (usize(i) << 2);
    const count = end - i;
    keepFour(source, target, v128.shuffle<i64>(low01, low23, 0, 2), limit, factor, count);
    keepFour(source + 16, target + 16, v128.shuffle<i64>(low01, low23, 1, 3), limit, factor, count - 4);
    keepFour(source + 32, target + 32, v128.shuffle<i64>(high01, high23, 0, 2), limit, factor, count - 8);
    keepFour(source + 48, target + 48, v128.shuffle<i64>(high01, high23, 1, 3), limit, factor, count - 12);
  }
}

/**
 * to (count, and up to 15 numbers more) = 0 or 1 / (1 - probability): what `dropout` multiplies the elements from `first` on with, which
 * is a multiple of four.
 */
export function keepFactors(to: usize, first: u32, count: i32, state: usize, probability: f32, stream: i32): void {
  const limit = f32x4.splat(probability);
  const factor = f32x4.splat(1 / (1 - probability));
  const one = f32x4.splat(1);
  for (let i = 0; i < count; i += 16) {
    philox((first + i) >>> 2, stream, load<u32>(state, 8), load<u32>(state), load<u32>(state, 4));
    const low01 = v128.shuffle<i32>(word0, word1, 0, 4, 1, 5);
    const low23 = v128.shuffle<i32>(word2, word3, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(word0, word1, 2, 6, 3, 7);
    const high23 = v128.shuffle<i32>(word2, word3, 2, 6, 3, 7);
    const at = to + (usize(i) << 2);
    v128.store(at, keep(one, v128.shuffle<i64>(low01, low23, 0, 2), limit, factor));
    v128.store(at, keep(one, v128.shuffle<i64>(low01, low23, 1, 3), limit, factor), 16);
    v128.store(at, keep(one, v128.shuffle<i64>(high01, high23, 0, 2), limit, factor), 32);
    v128.store(at, keep(one, v128.shuffle<i64>(high01, high23, 1, 3), limit, factor), 48);
  }
}

// @ts-ignore: decorator
@inline
function keepFour(x: usize, y: usize, words: v128, probability: v128, factor: v128, count: i32): void {
  if (count >= 4) v128.store(y, keep(v128.load(x), words, probability, factor));
  else if (count > 0) storePartial(y, keep(loadPartial(x, count), words, probability, factor), count);
}
