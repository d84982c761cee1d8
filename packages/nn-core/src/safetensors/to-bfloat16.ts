// Rounds to bfloat16 (1 sign bit, 8 of exponent, 7 of fraction: the upper half of a float32), to the nearest, in a tie to the even one.
import { INFINITE_32, roundNumbers, type RoundedNumbers } from './round-numbers.js';

/** The number from which on the nearest bfloat16 would be infinite, as bits of float32. */
const OVERFLOW_32 = 0x7f7f8000;
/** NaN with the highest bit of the fraction. */
const NOT_A_NUMBER = 0x7fc0;

/**
 * The bits of the nearest numbers. Infinity stays infinite, and NaN is NaN.
 * @returns undefined for `bits` when a finite number is beyond the largest one, about 3.39e38, with its position
 */
export const toBfloat16 = (numbers: Float32Array): RoundedNumbers => roundNumbers(numbers, OVERFLOW_32, roundSize);

/** @param size the number's bits without its sign */
function roundSize(size: number): number {
  if (size > INFINITE_32) return NOT_A_NUMBER;
  // Just below a half of what the 16 lost bits can hold, and one more where the last bit that stays is odd; a carry goes into the exponent.
  return (size + 0x7fff + ((size >>> 16) & 1)) >>> 16;
}
