// Finds the rank of a pair of ids in a list of merges, with a hash table. It is read for every pair of every word, so it uses typed
// arrays with open addressing: a Map would have to build a key for each lookup.

import { type MergeRules, NO_RANK } from './merge-rules.js';

/** One merge: the tokens `left` and `right`, side by side, become the token `result`. Its rank is its place in the list. */
export interface Merge {
  left: number;
  right: number;
  result: number;
}

/** A free slot; ids are not negative. */
const FREE = -1;

export class MergeTable implements MergeRules {
  /** Rank -> the id of the merged token. */
  readonly #results: Int32Array;
  /** Slots of three: left, right, rank. */
  readonly #slots: Int32Array;
  readonly #mask: number;

  /** @param merges  sorted by rank; undefined marks a rank that no pair has */
  constructor(merges: readonly (Merge | undefined)[]) {
    this.#results = Int32Array.from(merges, (merge) => merge?.result ?? FREE);
    let capacity = 16;
    while (capacity < merges.length * 2) capacity *= 2;
    this.#mask = capacity - 1;
    this.#slots = new Int32Array(capacity * 3).fill(FREE);
    merges.forEach((merge, rank) => {
      if (merge) this.#slots.set([merge.left, merge.right, rank], this.#find(merge.left, merge.right));
    });
  }

  rank(left: number, right: number): number {
    const slot = this.#find(left, right);
    return this.#slots[slot] === FREE ? NO_RANK : this.#slots[slot + 2];
  }

  result(rank: number): number {
    return this.#results[rank];
  }

  /** The slot of the pair, or the free slot where it would be inserted. */
  #find(left: number, right: number): number {
    const slots = this.#slots;
    let index = hashPair(left, right) & this.#mask;
    for (;;) {
      const slot = index * 3;
      if (slots[slot] === FREE || (slots[slot] === left && slots[slot + 1] === right)) return slot;
      index = (index + 1) & this.#mask;
    }
  }
}

/** A hash of two ids whose low bits depend on all bits of both. */
export function hashPair(left: number, right: number): number {
  const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
