// Rounds to half precision (IEEE 754: 1 sign bit, 5 of exponent with bias 15, 10 of fraction), to the nearest, in a tie to the even one.
import { INFINITE_32, roundNumbers, type RoundedNumbers } from './round-numbers.js';

/** The bits of infinity, and of NaN with the highest bit of the fraction. */
const INFINITE = 0x7c00;
const NOT_A_NUMBER = 0x7e00;
/** As bits of float32: 65520, from which on the nearest half would be infinite; and 2^-14, the smallest normal half. */
const OVERFLOW_32 = 0x477ff000;
const NORMAL_32 = 0x38800000;
/** What the exponents' biases differ by, 127 - 15, at the place of float32's exponent. */
const BIAS_32 = 112 << 23;

/**
 * The bits of the nearest halves. Infinity stays infinite, and NaN is NaN.
 * @returns undefined for `bits` when a finite number is beyond the largest half, 65504, with its position
 */
export const toFloat16 = (numbers: Float32Array): RoundedNumbers => roundNumbers(numbers, OVERFLOW_32, roundSize);

/** @param size the number's bits without its sign */
function roundSize(size: number, number: number): number {
  if (size >= INFINITE_32) return size === INFINITE_32 ? INFINITE : NOT_A_NUMBER;
  if (size < NORMAL_32) return roundToEven(Math.abs(number) * 2 ** 24); // a subnormal half is a multiple of 2^-24
  // Just below a half of what the 13 lost bits can hold, and one more where the last bit that stays is odd; a carry goes into the exponent.
  return (size - BIAS_32 + 0xfff + ((size >>> 13) & 1)) >>> 13;
}

function roundToEven(number: number): number {
  const below = Math.floor(number);
  const rest = number - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
