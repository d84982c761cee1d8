// The hash of a row of bytes: a polynomial modulo 2^32, so that the hash of two rows joined follows from the hashes of both.
// It decides where to look, never whether two rows are equal: the bytes are always compared.

/** The base of the polynomial: odd, with bits in all places. */
const BASE = 0x01000193;

/** The hash of a row with one byte more. The hash of no bytes is 0. */
export function appendByte(hash: number, byte: number): number {
  return (Math.imul(hash, BASE) + byte) | 0;
}

/** The powers of the base, from 0 to `length`: the hash of `a` and `b` joined is `hash(a) * powers[length of b] + hash(b)`. */
export function hashPowers(length: number): Int32Array {
  const powers = new Int32Array(length + 1).fill(1);
  for (let i = 1; i <= length; i++) powers[i] = Math.imul(powers[i - 1], BASE);
  return powers;
}

/** The same hash with all bits depending on all others; a polynomial's low bits depend on the low bits of its bytes alone. */
export function mixHash(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return mixed ^ (mixed >>> 15);
}
