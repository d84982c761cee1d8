// Counts every pair of neighbours seen in training, and notes the places where it was formed. A pair is identified by its index
// in these arrays; a hash table finds it from its two ids.

import { hashPair } from '../merge-table.js';

const NONE = -1;

export class PairTable {
  size = 0;
  left = new Int32Array(1024);
  right = new Int32Array(1024);
  /** The current count of each pair over all words. */
  count = new Float64Array(1024);
  /** The first and last occurrence of each pair, as links into the two arrays below. */
  #first = new Int32Array(1024);
  #last = new Int32Array(1024);
  readonly #places: Int32Array;
  readonly #following: Int32Array;
  #occurrences = 0;
  /** Hash -> pair, or NONE. Its length is a power of two, at least twice `size`. */
  #slots = new Int32Array(4096).fill(NONE);

  /** @param maxOccurrences  the most calls of `add` */
  constructor(maxOccurrences: number) {
    this.#places = new Int32Array(maxOccurrences);
    this.#following = new Int32Array(maxOccurrences);
  }

  /** The pair of two ids; created if new. */
  find(left: number, right: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashPair(left, right) & mask;
    for (let pair = this.#slots[slot]; pair !== NONE; pair = this.#slots[slot]) {
      if (this.left[pair] === left && this.right[pair] === right) return pair;
      slot = (slot + 1) & mask;
    }
    if (this.size === this.left.length || 2 * this.size >= this.#slots.length) {
      this.#grow();
      return this.find(left, right);
    }
    const pair = this.size++;
    this.#slots[slot] = pair;
    this.left[pair] = left;
    this.right[pair] = right;
    this.#first[pair] = NONE;
    return pair;
  }

  /** Adds an occurrence of a pair, at a place of the sequence, in a word that occurs `weight` times. */
  add(pair: number, weight: number, place: number): void {
    const occurrence = this.#occurrences++;
    this.#places[occurrence] = place;
    this.#following[occurrence] = NONE;
    if (this.#first[pair] === NONE) this.#first[pair] = occurrence;
    else this.#following[this.#last[pair]] = occurrence;
    this.#last[pair] = occurrence;
    this.count[pair] += weight;
  }

  subtract(pair: number, weight: number): void {
    this.count[pair] -= weight;
  }

  /** The places where a pair was formed, in the order they were added. */
  places(pair: number): Int32Array {
    let length = 0;
    for (let at = this.#first[pair]; at !== NONE; at = this.#following[at]) length++;
    const places = new Int32Array(length);
    let end = 0;
    for (let at = this.#first[pair]; at !== NONE; at = this.#following[at]) places[end++] = this.#places[at];
    return places;
  }

  #grow(): void {
    const longer = <T extends Int32Array | Float64Array>(array: T, empty: T): T => {
      empty.set(array);
      return empty;
    };
    const capacity = 2 * this.left.length;
    this.left = longer(this.left, new Int32Array(capacity));
    this.right = longer(this.right, new Int32Array(capacity));
    this.count = longer(this.count, new Float64Array(capacity));
    this.#first = longer(this.#first, new Int32Array(capacity));
    this.#last = longer(this.#last, new Int32Array(capacity));
    const mask = 4 * capacity - 1;
    this.#slots = new Int32Array(mask + 1).fill(NONE);
    for (let pair = 0; pair < this.size; pair++) {
      let slot = hashPair(this.left[pair], this.right[pair]) & mask;
      while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask;
      this.#slots[slot] = pair;
    }
  }
}
