// Rounding to bfloat16 (1 sign bit, 8 of exponent, 7 of fraction: the upper half of a float32), to the nearest, in a tie to the even one.

/** As bits of float32: infinity, and the number from which on the nearest bfloat16 would be infinite. */
const INFINITE_32 = 0x7f800000;
const OVERFLOW_32 = 0x7f7f8000;
/** NaN with the highest bit of the fraction. */
const NOT_A_NUMBER = 0x7fc0;

/**
 * The bits of the nearest numbers. Infinity stays infinite, and NaN is NaN.
 * @returns undefined for `bits` when a finite number is beyond the largest one, about 3.39e38, with its position
 */
export function toBfloat16(numbers: Float32Array): { bits: Uint16Array } | { bits: undefined; at: number } {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const bits = new Uint16Array(numbers.length);
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    const size = word & 0x7fffffff;
    if (size >= OVERFLOW_32 && size < INFINITE_32) return { bits: undefined, at };
    // Just below a half of what the 16 lost bits can hold, and one more where the last bit that stays is odd; a carry goes into the exponent.
    const rounded = size > INFINITE_32 ? NOT_A_NUMBER : (size + 0x7fff + ((size >>> 16) & 1)) >>> 16;
    bits[at] = ((word >>> 16) & 0x8000) | rounded;
  }
  return { bits };
}
