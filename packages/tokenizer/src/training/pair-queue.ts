// Which pair to merge next. A heap that is lazy: counts that have fallen since an entry was made are noticed only when it comes up.

import { type PairTable } from './pair-table.js';

export class PairQueue {
  readonly #table: PairTable;
  readonly #minFrequency: number;
  /** Pairs as a binary heap, the best first, and the count of each when it was offered. */
  readonly #pairs: number[] = [];
  readonly #counts: number[] = [];

  /** Pairs below `minFrequency` never come up. */
  constructor(table: PairTable, minFrequency: number) {
    this.#table = table;
    this.#minFrequency = minFrequency;
  }

  /** Puts a pair in with its count of now, which may fall from here on but not rise. */
  offer(pair: number): void {
    const count = this.#table.count[pair];
    if (count >= this.#minFrequency) this.#push(pair, count);
  }

  /** Takes the pair that comes next out for good, or gives undefined when none is left. */
  take(): number | undefined {
    while (this.#pairs.length > 0) {
      const pair = this.#pairs[0];
      const offered = this.#counts[0];
      this.#pop();
      const count = this.#table.count[pair];
      if (count === offered) return pair;
      this.offer(pair);
    }
    return undefined;
  }

  #comesBefore(pairA: number, countA: number, pairB: number, countB: number): boolean {
    if (countA !== countB) return countA > countB;
    const { left, right } = this.#table;
    return left[pairA] !== left[pairB] ? left[pairA] < left[pairB] : right[pairA] < right[pairB];
  }

  #push(pair: number, count: number): void {
    const pairs = this.#pairs;
    const counts = this.#counts;
    let i = pairs.length;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#comesBefore(pair, count, pairs[parent], counts[parent])) break;
      pairs[i] = pairs[parent];
      counts[i] = counts[parent];
      i = parent;
    }
    pairs[i] = pair;
    counts[i] = count;
  }

  #pop(): void {
    const pairs = this.#pairs;
    const counts = this.#counts;
    const pair = pairs.pop() as number;
    const count = counts.pop() as number;
    const size = pairs.length;
    if (size === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#comesBefore(pairs[child + 1], counts[child + 1], pairs[child], counts[child])) child++;
      if (!this.#comesBefore(pairs[child], counts[child], pair, count)) break;
      pairs[i] = pairs[child];
      counts[i] = counts[child];
      i = child;
    }
    pairs[i] = pair;
    counts[i] = count;
  }
}
