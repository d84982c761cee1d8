// Splits int32 numbers into pairs of 32-bit floats, which hold all of them exactly, and joins them again: the low 16 bits, then the high ones with the sign.

export function splitHalves(numbers: ArrayLike<number>): Float32Array {
  const floats = new Float32Array(numbers.length * 2);
  for (let i = 0; i < numbers.length; i++) {
    floats[2 * i] = numbers[i] & 0xffff;
    floats[2 * i + 1] = numbers[i] >> 16;
  }
  return floats;
}

export function joinHalves(floats: Float32Array): Int32Array {
  return Int32Array.from({ length: floats.length / 2 }, (_, i) => floats[2 * i] | (floats[2 * i + 1] << 16));
}
