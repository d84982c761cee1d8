// Rounds float32 numbers to 16 bits, in what both formats share. Each says where its numbers end and how one of them is rounded.

/** The bits of the nearest numbers; undefined when a finite number is beyond the largest one, with its position. */
export type RoundedNumbers = { bits: Uint16Array } | { bits: undefined; at: number };

/** Infinity, as bits of float32. */
export const INFINITE_32 = 0x7f800000;

/**
 * @param overflow as bits of float32: the number from which on the nearest one would be infinite
 * @param round the 15 bits of a number without its sign, from its bits of float32 without their sign, and from the number
 */
export function roundNumbers(numbers: Float32Array, overflow: number, round: (size: number, number: number) => number): RoundedNumbers {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const bits = new Uint16Array(numbers.length);
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    const size = word & 0x7fffffff;
    if (size >= overflow && size < INFINITE_32) return { bits: undefined, at };
    bits[at] = ((word >>> 16) & 0x8000) | round(size, numbers[at]);
  }
  return { bits };
}
