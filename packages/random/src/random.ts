// A seeded random generator whose whole state is three whole numbers: seed, stream and position. Equal seeds give equal
// numbers, and a restored state continues exactly where it was saved.
//
// It numbers the words of Philox4x32-10 (`philox.ts`) from 0 on and hands them out in order. Not for secrets.
// Words and uniform numbers are the same on every machine; `normal` also depends on the engine's Math.log and Math.cos,
// which JavaScript engines may round differently in the last place.
import { philox4x32 } from './philox.js';

/** Everything a generator is, as plain JSON. */
export interface RandomState {
  /** Safe integer >= 0. */
  readonly seed: number;
  /** Safe integer >= 0; streams of one seed are independent of each other. */
  readonly stream: number;
  /** The number of 32-bit words drawn so far. */
  readonly position: number;
}

const TWO_TO_32 = 2 ** 32;
const TWO_TO_53 = 2 ** 53;
/** Set in the last counter word where a fork's seed is derived; drawn words never have it, since streams are below 2^53. */
const FORK_DOMAIN = 0x80000000;

export class Random {
  readonly #seed: number;
  readonly #stream: number;
  readonly #key: Uint32Array;
  readonly #counter: Uint32Array;
  readonly #words = new Uint32Array(4);
  /** The number of the next block of four words. */
  #nextBlock: number;
  /** Which word of the current block comes next; 4 when all were drawn. */
  #at = 4;

  /**
   * @param seed a safe integer >= 0, alone or with a stream (the same; default 0)
   * @param position the number of words to take as drawn already; default 0
   * @throws {RangeError} when one of them is something else
   */
  constructor(seed: number | { readonly seed: number; readonly stream?: number }, position = 0) {
    const { seed: number, stream = 0 } = typeof seed === 'object' && seed !== null ? seed : { seed };
    this.#seed = checkWhole(number, 'seed');
    this.#stream = checkWhole(stream, 'stream');
    this.#key = Uint32Array.of(low(number), high(number));
    this.#counter = Uint32Array.of(0, 0, low(stream), high(stream));
    this.#nextBlock = Math.floor(checkWhole(position, 'position') / 4);
    if (position % 4 !== 0) {
      this.#nextWord();
      this.#at = position % 4;
    }
  }

  /** Continues where `state` was taken. @throws {TypeError | RangeError} when it is no such state */
  static fromState(state: RandomState): Random {
    if (typeof state !== 'object' || state === null) {
      throw new TypeError(`Random: the state is ${state === null ? 'null' : typeof state}; expected the object { seed, stream, position }.`);
    }
    // Each part must be there: a default would silently continue somewhere else.
    return new Random({ seed: checkWhole(state.seed, 'seed'), stream: checkWhole(state.stream, 'stream') }, checkWhole(state.position, 'position'));
  }

  get state(): RandomState {
    return { seed: this.#seed, stream: this.#stream, position: this.#nextBlock * 4 - 4 + this.#at };
  }

  /**
   * A generator that is independent of this one and of its other forks. It follows from seed and streams alone: how many
   * numbers were drawn makes no difference. Forks can be forked again.
   *
   * @param stream a safe integer >= 0, the fork's number
   */
  fork(stream: number): Random {
    checkWhole(stream, 'stream');
    const counter = [low(stream), high(stream), low(this.#stream), high(this.#stream) | FORK_DOMAIN];
    const words = philox4x32(counter, this.#key);
    return new Random(join53(words[0], words[1]) * TWO_TO_53);
  }

  /** Uniform in [0, 1): a multiple of 2^-53, from 53 bits, that is two words. */
  uniform(): number {
    const first = this.#nextWord();
    return join53(first, this.#nextWord());
  }

  /** Normally distributed, mean 0, deviation 1 (Box and Muller 1958, the cosine half, in double precision); four words. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /**
   * Uniform among 0 .. limit - 1, without bias: words beyond the last multiple of `limit` are drawn again.
   *
   * @param limit a safe integer >= 1
   */
  integer(limit: number): number {
    if (!Number.isSafeInteger(limit) || limit < 1) {
      throw new RangeError(`Random.integer: limit is ${String(limit)}; expected a whole number from 1 to ${Number.MAX_SAFE_INTEGER}.`);
    }
    const range = limit <= TWO_TO_32 ? TWO_TO_32 : TWO_TO_53;
    const accepted = range - (range % limit);
    for (;;) {
      const value = range === TWO_TO_32 ? this.#nextWord() : this.uniform() * TWO_TO_53;
      if (value < accepted) return value % limit;
    }
  }

  /**
   * The numbers 0 .. n - 1 in random order, all orders equally likely (Durstenfeld 1964).
   *
   * @param n a whole number from 0 to 2^32 - 1
   */
  permutation(n: number): Uint32Array {
    if (!Number.isSafeInteger(n) || n < 0 || n >= TWO_TO_32) {
      throw new RangeError(`Random.permutation: n is ${String(n)}; expected a whole number from 0 to ${TWO_TO_32 - 1}.`);
    }
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let last = n - 1; last > 0; last--) {
      const chosen = this.integer(last + 1);
      [order[last], order[chosen]] = [order[chosen], order[last]];
    }
    return order;
  }

  /** Fills the array with mean + deviation * normal(), from element 0 on. */
  fillNormal(array: Float32Array | Float64Array | number[], mean = 0, deviation = 1): void {
    for (let i = 0; i < array.length; i++) array[i] = mean + deviation * this.normal();
  }

  #nextWord(): number {
    if (this.#at === 4) {
      this.#counter[0] = low(this.#nextBlock);
      this.#counter[1] = high(this.#nextBlock);
      philox4x32(this.#counter, this.#key, this.#words);
      this.#nextBlock++;
      this.#at = 0;
    }
    return this.#words[this.#at++];
  }
}

/** The lower 32 bits of a safe integer >= 0. */
function low(value: number): number {
  return value % TWO_TO_32;
}

/** The bits above those, at most 21. */
function high(value: number): number {
  return Math.floor(value / TWO_TO_32);
}

/** 27 bits of one word and 26 of another as a fraction in [0, 1), exactly. */
function join53(first: number, second: number): number {
  return ((first >>> 5) * 2 ** 26 + (second >>> 6)) / TWO_TO_53;
}

/** A new random seed, different at every call. Print it to make such a run repeatable. */
export function freshSeed(): number {
  return Math.floor(Math.random() * TWO_TO_53);
}

function checkWhole(value: number, name: string): number {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`Random: ${name} is ${String(value)}; expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`);
  }
  return value;
}
