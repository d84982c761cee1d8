// Philox4x32-10, a counter-based random generator: a keyed bijection from a 128-bit counter to 128 random bits.
//
// There is no state here, and no distribution: equal counter and key give equal words, on every machine and in any
// order, so thousands of threads can draw without talking to each other. `random.ts` builds a generator on it.
//
// Words are signed 32-bit integers in between, which engines compute with fastest; the bits are the same.
//
// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.

/** Multipliers of the round function and the increments of the key (golden ratio and sqrt(3) - 1), from the paper. */
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const KEY_STEP_0 = 0x9e3779b9;
const KEY_STEP_1 = 0xbb67ae85;
const ROUNDS = 10;

/**
 * The high 32 bits of the 64-bit product of two unsigned 32-bit words, put together from products of 16-bit halves.
 * No sum here exceeds 32 bits: (2^16 - 1)^2 + 2 (2^16 - 1) = 2^32 - 1.
 */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/**
 * Four random words.
 *
 * @param counter 4 words; what exceeds 32 bits is cut off
 * @param key 2 words, likewise
 * @param out where to put the words: length 4 or more; a new array when absent
 * @returns `out`, its first four elements in [0, 2^32)
 */
export function philox4x32(counter: ArrayLike<number>, key: ArrayLike<number>, out: Uint32Array = new Uint32Array(4)): Uint32Array {
  let c0 = counter[0] | 0;
  let c1 = counter[1] | 0;
  let c2 = counter[2] | 0;
  let c3 = counter[3] | 0;
  let k0 = key[0] | 0;
  let k1 = key[1] | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + KEY_STEP_0) | 0;
    k1 = (k1 + KEY_STEP_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
  return out;
}
