// Handles one sequence in a key-value cache: says how long it is, forks it, cuts it and lets it go.
import { checkOptions } from '@kk/nn-core';
import type { KeyValueCache } from './key-value-cache.js';

/** What the cache does for one of its sequences. */
interface Actions {
  copyTo(target: CachedSequence, length: number): void;
  remove(first: number, count: number, length: number): void;
  release(): void;
}

/** Made by `KeyValueCache.add` and `fork`. */
export class CachedSequence {
  #length = 0;
  #isApproximate = false;
  #isDisposed = false;
  readonly #actions: Actions;

  /** Use `KeyValueCache.add`. */
  constructor(
    readonly cache: KeyValueCache,
    /** Which sequence of the cache's tensors it is. */
    readonly number: number,
    actions: Actions,
  ) {
    this.#actions = actions;
  }

  /** The number of filled positions. */
  get length(): number {
    return this.#length;
  }

  /** Whether positions were evicted: then what is kept was computed with them in sight, and no forward pass gives the same. */
  get isApproximate(): boolean {
    return this.#isApproximate;
  }

  /** Takes note of positions that all layers have appended. */
  advance(count: number): void {
    this.expectUsable(this.cache);
    if (!Number.isInteger(count) || count < 0 || this.#length + count > this.cache.capacity) {
      throw new RangeError(`CachedSequence: cannot advance from ${this.#length} positions by ${count}; the cache holds ${this.cache.capacity}.`);
    }
    this.#length += count;
  }

  /**
   * Removes positions from the end, down to `length`. It costs nothing.
   * @throws RangeError when it is not that long
   */
  truncate(length: number): void {
    this.expectUsable(this.cache);
    if (!Number.isInteger(length) || length < 0 || length > this.#length) throw new RangeError(`CachedSequence: cannot shorten ${this.#length} positions to ${length}.`);
    this.#length = length;
    if (length === 0) this.#isApproximate = false;
  }

  /**
   * A second sequence that begins with the same positions: for several continuations of one text. It copies what is cached, which takes the
   * time of reading and writing length * width * 2 floats in each layer.
   * @param length only the first so many positions; default all
   * @throws RangeError when the cache has no room for another sequence, or this one is not that long
   */
  fork(length = this.#length): CachedSequence {
    this.expectUsable(this.cache);
    if (!Number.isInteger(length) || length < 0 || length > this.#length) throw new RangeError(`CachedSequence: cannot fork the first ${length} of ${this.#length} positions.`);
    const fork = this.cache.add();
    this.#actions.copyTo(fork, length);
    fork.#length = length;
    fork.#isApproximate = this.#isApproximate && length > 0;
    return fork;
  }

  /**
   * Removes positions after the first `keep`, for rotary positions alone; those behind move up, as if the text had never had them (Xiao et
   * al. 2023, "Efficient Streaming Language Models with Attention Sinks", who keep the first four). This is approximate, and
   * `isApproximate` says so from now on: what is kept was computed from the removed positions too.
   * @param count how many to remove
   * @param options.keep how many of the first positions stay, default 0
   * @throws RangeError when there are not so many; Error when the positions are not rotary; TypeError when an option is unknown
   */
  evict(count: number, options: { keep?: number } = {}): void {
    checkOptions<{ keep?: number }>('CachedSequence.evict', options, { keep: 'optional' });
    const { keep = 0 } = options;
    this.expectUsable(this.cache);
    for (const [name, value] of [['count', count], ['keep', keep]] as const) if (!Number.isInteger(value) || value < 0) throw new RangeError(`CachedSequence: ${name} is ${String(value)}; expected a whole number of 0 or more.`);
    if (keep + count > this.#length) throw new RangeError(`CachedSequence: cannot keep ${keep} and remove ${count} of ${this.#length} positions.`);
    if (count === 0) return;
    this.#actions.remove(keep, count, this.#length);
    this.#length -= count;
    this.#isApproximate = this.#length > keep || this.#isApproximate;
  }

  /** Makes room for another sequence. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#actions.release();
  }

  /** @throws TypeError when it was disposed of, or belongs to another cache */
  expectUsable(cache: KeyValueCache): void {
    if (this.#isDisposed) throw new TypeError('CachedSequence: this sequence was disposed of: add another one to the cache.');
    if (cache !== this.cache) throw new TypeError('CachedSequence: this sequence belongs to another cache.');
  }
}
