// The set of allowed tokens, one bit each.
import { requireInteger } from '../checks.js';

/** A set of token ids from 0 to size - 1. */
export class TokenMask {
  /** The number of ids, allowed or not. */
  readonly size: number;
  /** Bit `id & 31` of word `id >> 5` stands for the id. */
  readonly words: Uint32Array;
  #count = 0;

  /** @throws RangeError unless the size is an integer from 0 */
  constructor(size: number) {
    requireInteger('size', size, 0, 'it is the number of tokens of the vocabulary');
    this.size = size;
    this.words = new Uint32Array((size + 31) >> 5);
  }

  /** How many ids are in the set. */
  get count(): number {
    return this.#count;
  }

  /** Whether the id is in the set; ids outside of 0 to size - 1 never are. */
  has(id: number): boolean {
    return id >= 0 && id < this.size && ((this.words[id >> 5] >> (id & 31)) & 1) === 1;
  }

  add(id: number): void {
    if (this.has(id)) return;
    this.words[id >> 5] |= 1 << (id & 31);
    this.#count++;
  }

  /** The ids in the set, in ascending order. */
  ids(): number[] {
    const ids: number[] = [];
    for (let id = 0; id < this.size; id++) if (this.has(id)) ids.push(id);
    return ids;
  }
}
