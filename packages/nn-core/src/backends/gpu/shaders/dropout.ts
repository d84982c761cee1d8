// Drops elements (inverted dropout) with the numbers of Philox4x32-10 (Salmon et al. 2011), bit for bit those of the other backends.
//
// WGSL has 32-bit integers, GLSL through gpu.js has none to rely on: so a 32-bit word is two halves of 16 bits, each in a
// float, and every product is small enough (below 2^24) to be exact.
import { quotient, rest } from './helpers.js';
import type { Float, Halves, Int, Invocation, Vector } from './language.js';

/** The high 16 bits of a product of two 16-bit numbers. */
function productHigh(a: Float, b: Float): Float {
  const b1 = Math.floor(b * 0.00390625); // the upper byte of b
  const upper = a * b1;
  const upperHigh = Math.floor(upper * 0.00390625);
  const lower = a * (b - b1 * 256) + (upper - upperHigh * 256) * 256;
  return upperHigh + Math.floor(lower * 0.0000152587890625);
}

/** The low 16 bits of a product of two 16-bit numbers. */
function productLow(a: Float, b: Float): Float {
  const b1 = Math.floor(b * 0.00390625);
  const upper = a * b1;
  const lower = a * (b - b1 * 256) + (upper - Math.floor(upper * 0.00390625) * 256) * 256;
  return lower - Math.floor(lower * 0.0000152587890625) * 65536;
}

/** x mod 65536 */
function low16(x: Float): Float {
  return x - Math.floor(x * 0.0000152587890625) * 65536;
}

/** floor(x / 65536) */
function over16(x: Float): Float {
  return Math.floor(x * 0.0000152587890625);
}

/** a exclusive-or b, for 16-bit numbers */
function either(a: Int, b: Int): Float {
  return a ^ b;
}

/**
 * y (size) = x (size) * keptScale where word (i mod 4) >>> 8 of Philox for i is at least `threshold`, else 0; counter =
 * (floor(i / 4), stream, state[2], 0), key = (state[0], state[1]); state (3) is two key words and the step; threshold =
 * probability * 2^24, rounded up; keptScale = 1 / (1 - probability).
 */
export function dropout(this: Invocation, x: Vector, state: Halves, streamHigh: Int, streamLow: Int, threshold: Float, keptScale: Float): Float {
  const block = quotient(this.thread.x, 4);
  let h0 = Math.floor(block * 0.0000152587890625); // counter word 0, high and low half, and so on
  let l0 = block - h0 * 65536;
  let h1 = streamHigh;
  let l1 = streamLow;
  let h2 = state[2][1];
  let l2 = state[2][0];
  let h3 = 0;
  let l3 = 0;
  let keyHigh0 = state[0][1];
  let keyLow0 = state[0][0];
  let keyHigh1 = state[1][1];
  let keyLow1 = state[1][0];
  if (h2 < 0) h2 += 65536;
  if (keyHigh0 < 0) keyHigh0 += 65536;
  if (keyHigh1 < 0) keyHigh1 += 65536;
  for (let round = 0; round < 10; round++) {
    // a = 0xd2511f53 * word 0 and b = 0xcd9e8d57 * word 2, four times 16 bits each, the lowest in a0 and b0
    const aMiddle = productHigh(8019, l0) + productLow(8019, h0) + productLow(53841, l0);
    const aUpper = productHigh(8019, h0) + productHigh(53841, l0) + productLow(53841, h0) + over16(aMiddle);
    const bMiddle = productHigh(36183, l2) + productLow(36183, h2) + productLow(52638, l2);
    const bUpper = productHigh(36183, h2) + productHigh(52638, l2) + productLow(52638, h2) + over16(bMiddle);
    const a0 = productLow(8019, l0);
    const a1 = low16(aMiddle);
    const a2 = low16(aUpper);
    const a3 = productHigh(53841, h0) + over16(aUpper);
    const b0 = productLow(36183, l2);
    const b1 = low16(bMiddle);
    const b2 = low16(bUpper);
    const b3 = productHigh(52638, h2) + over16(bUpper);
    h0 = either(either(b3, h1), keyHigh0);
    l0 = either(either(b2, l1), keyLow0);
    h1 = b1;
    l1 = b0;
    h2 = either(either(a3, h3), keyHigh1);
    l2 = either(either(a2, l3), keyLow1);
    h3 = a1;
    l3 = a0;
    // the key moves on by 0x9e3779b9 and 0xbb67ae85
    keyHigh0 = low16(keyHigh0 + 40503 + over16(keyLow0 + 31161));
    keyLow0 = low16(keyLow0 + 31161);
    keyHigh1 = low16(keyHigh1 + 47975 + over16(keyLow1 + 44677));
    keyLow1 = low16(keyLow1 + 44677);
  }
  const which = rest(this.thread.x, block, 4);
  let high = h0;
  let low = l0;
  if (which === 1) {
    high = h1;
    low = l1;
  }
  if (which === 2) {
    high = h2;
    low = l2;
  }
  if (which === 3) {
    high = h3;
    low = l3;
  }
  if (high * 256 + Math.floor(low * 0.00390625) >= threshold) return x[this.thread.x] * keptScale;
  return 0;
}
