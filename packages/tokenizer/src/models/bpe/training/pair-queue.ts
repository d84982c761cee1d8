// Finds the pair to merge next, with a lazy heap. If a count has fallen since the pair was offered, that is noticed only when the pair comes
// to the top.

import type { PairTable } from './pair-table.js';

export class PairQueue {
  readonly #table: PairTable;
  readonly #minFrequency: number;
  /** Pairs as a binary heap, the best first, and each pair's count when it was offered. */
  readonly #pairs: number[] = [];
  readonly #counts: number[] = [];

  /** Pairs with counts below `minFrequency` are never returned. */
  constructor(table: PairTable, minFrequency: number) {
    this.#table = table;
    this.#minFrequency = minFrequency;
  }

  /** Adds a pair with its current count, which may fall later but must not rise. */
  offer(pair: number): void {
    const count = this.#table.count[pair];
    if (count >= this.#minFrequency) this.#push(pair, count);
  }

  /** Removes and returns the next pair, or undefined if none is left. */
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
