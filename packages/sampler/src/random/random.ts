// A seeded random generator: xoshiro128** (Blackman and Vigna 2018, "Scrambled linear pseudorandom number generators"), 128 bits of state,
// period 2^128 - 1, seeded through SplitMix64 as its authors advise. It uses only 32-bit integer arithmetic, so that it gives the same
// numbers on every platform. Not for cryptography.
import { splitmix64 } from './splitmix64.js';

/** A source of random numbers: `next()` returns numbers from 0 (included) to 1 (excluded). `{ next: Math.random }` is one, too. */
export interface RandomSource {
  next(): number;
}

/** Four integers from 0 to 2^32 - 1, not all 0; JSON-safe. */
export type RandomState = readonly [number, number, number, number];

/** A seeded random generator whose state can be saved and restored. */
export interface Random extends RandomSource {
  /** A uniform number from 0 (included) to 1 (excluded) with 53 random bits, made of two nextUint32(): the first gives the low bits. */
  next(): number;
  /** A uniform integer from 0 to 2^32 - 1: one step of the generator. */
  nextUint32(): number;
  /** A copy of the current state. */
  readonly state: RandomState;
  /** Sets the state. @throws RangeError if the state is invalid */
  restore(state: RandomState): void;
}

class Xoshiro128StarStar implements Random {
  #words = new Int32Array(4);

  constructor(state: RandomState) {
    this.restore(state);
  }

  nextUint32(): number {
    const s = this.#words;
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotateLeft(s[3], 11);
    return result;
  }

  next(): number {
    const low = this.nextUint32();
    const high = this.nextUint32();
    // The upper 53 of 64 bits, as an integer, over 2^53.
    return (high * 0x200000 + (low >>> 11)) / 0x20000000000000;
  }

  get state(): RandomState {
    const [a, b, c, d] = Uint32Array.from(this.#words);
    return [a, b, c, d];
  }

  restore(state: RandomState): void {
    const isWord = (word: unknown): boolean => Number.isInteger(word) && (word as number) >= 0 && (word as number) <= 0xffffffff;
    if (!Array.isArray(state) || state.length !== 4 || !state.every(isWord) || state.every((word) => word === 0)) {
      throw new RangeError(`a random state is four integers from 0 to 4294967295, not all 0, got ${JSON.stringify(state)}`);
    }
    this.#words = Int32Array.from(state);
  }
}

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/**
 * A generator that gives the same numbers for the same seed, on every platform.
 *
 * @param seed an integer from 0 to 2^53 - 1
 * @throws RangeError if the seed is out of range
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`seed must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}, got ${String(seed)}`);
  }
  const [first, second] = splitmix64(BigInt(seed), 2);
  const low = (word: bigint): number => Number(word & 0xffffffffn);
  const high = (word: bigint): number => Number(word >> 32n);
  return new Xoshiro128StarStar([low(first), high(first), low(second), high(second)]);
}

/** An independent generator with the state of a seeded one; any other source is returned unchanged. */
export function forkRandom(random: RandomSource): RandomSource {
  return random instanceof Xoshiro128StarStar ? new Xoshiro128StarStar(random.state) : random;
}

/** A new random seed, different at every call. Print it to make such a run repeatable. */
export function freshSeed(): number {
  return Math.floor(Math.random() * (Number.MAX_SAFE_INTEGER + 1));
}
