// Computes a polynomial hash of bytes modulo 2^32. The hash of two joined sequences can be computed from their two hashes. A hash only
// decides where to look; the bytes are always compared as well.

/** The base of the polynomial: odd, with its set bits spread out. */
const BASE = 0x01000193;

/** The hash after appending one byte. The hash of the empty sequence is 0. */
export function appendByte(hash: number, byte: number): number {
  return (Math.imul(hash, BASE) + byte) | 0;
}

/** The powers of the base, from 0 to `length`: the hash of `a` and `b` joined is `hash(a) * powers[length of b] + hash(b)`. */
export function hashPowers(length: number): Int32Array {
  const powers = new Int32Array(length + 1).fill(1);
  for (let i = 1; i <= length; i++) powers[i] = Math.imul(powers[i - 1], BASE);
  return powers;
}

/** Mixes a hash so that every bit depends on all others. The low bits of the polynomial depend only on the low bits of the bytes. */
export function mixHash(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return mixed ^ (mixed >>> 15);
}
