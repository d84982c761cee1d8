// Finds the token that has given bytes, and the bytes of each token: a hash table of integers over one array of bytes. This file knows
// nothing about merging.

import { HashFilter } from './hash-filter.js';
import { NO_ID } from '../merge-rules.js';
import { appendByte, hashPowers, mixHash } from './token-hash.js';

export class TokenTable {
  /** The number of ids, including ids without a token. */
  readonly size: number;
  /** The bytes of all tokens, id after id. */
  readonly bytes: Uint8Array;
  /** The same memory as `bytes`, for comparing four at a time. */
  readonly #view: DataView;
  /** Where the bytes of each id start; `size` + 1 entries. An id without bytes is a hole: it has no token. */
  readonly starts: Int32Array;
  /** The length of the longest token, in bytes. */
  readonly longest: number;
  /** Powers of the hash base, from 0 to `longest`; used to join hashes. */
  readonly powers: Int32Array;
  /** Two numbers per id, since they are read together: the hash of its bytes and their number. */
  readonly #sizes: Int32Array;
  /** A slot is 0 if free; else its low bits are an id plus one, its high bits those of the mixed hash. */
  readonly #slots: Int32Array;
  /** The mixed hashes of all tokens. */
  readonly #filter = new HashFilter();
  readonly #hidden: ReadonlySet<number>;
  /** Mask of a slot's number, and of the id plus one inside a slot. The id fits, because there are at least twice as many slots as ids. */
  readonly #mask: number;

  /**
   * @param bytes   kept, not copied
   * @param starts  kept, not copied
   * @param hidden  ids that a lookup by bytes never returns: special tokens
   * @throws {RangeError} when two ids have the same bytes
   */
  constructor(bytes: Uint8Array, starts: Int32Array, hidden: ReadonlySet<number> = new Set()) {
    this.size = starts.length - 1;
    this.bytes = bytes;
    this.#view = viewOf(bytes);
    this.#hidden = hidden;
    this.starts = starts;
    this.#sizes = new Int32Array(2 * this.size);
    let capacity = 16;
    while (capacity < 2 * this.size) capacity *= 2;
    this.#slots = new Int32Array(capacity);
    const mask = (this.#mask = capacity - 1);
    let longest = 0;
    const some = hidden.size > 0;
    for (let id = 0; id < this.size; id++) {
      const start = starts[id];
      const end = starts[id + 1];
      if (end === start) continue;
      let hash = 0;
      for (let i = start; i < end; i++) hash = appendByte(hash, bytes[i]);
      this.#sizes[2 * id] = hash;
      this.#sizes[2 * id + 1] = end - start;
      if (some && hidden.has(id)) continue;
      if (end - start > longest) longest = end - start;
      const other = this.find(this.#view, start, end, hash);
      if (other !== NO_ID) throw new RangeError(`The tokens ${other} and ${id} have the same bytes; expected every token once.`);
      const mixed = mixHash(hash);
      let slot = mixed & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = (mixed & ~mask) | (id + 1);
      this.#filter.add(mixed);
    }
    this.longest = longest;
    this.powers = hashPowers(longest);
  }

  /** Whether a lookup by bytes never returns this id. */
  isHidden(id: number): boolean {
    return this.#hidden.has(id);
  }

  /** The number of bytes of an id. */
  lengthOf(id: number): number {
    return this.#sizes[2 * id + 1];
  }

  /** The id of these bytes, or NO_ID; `hash` is their hash. */
  findBytes(bytes: Uint8Array, hash: number): number {
    return this.find(viewOf(bytes), 0, bytes.length, hash);
  }

  /** The id of the bytes from `start` to `end`, or NO_ID; `hash` is their hash. */
  find(view: DataView, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    const mixed = mixHash(hash);
    if (!this.#filter.mayHold(mixed)) return NO_ID;
    let slot = mixed & mask;
    for (let entry = slots[slot]; entry !== 0; entry = slots[slot]) {
      if (((entry ^ mixed) & ~mask) === 0 && this.#equals((entry & mask) - 1, view, start, end)) return (entry & mask) - 1;
      slot = (slot + 1) & mask;
    }
    return NO_ID;
  }

  /** The id of the joined bytes of two tokens, or NO_ID. */
  findJoined(left: number, right: number): number {
    const rightLength = this.lengthOf(right);
    const length = this.lengthOf(left) + rightLength;
    if (length > this.longest) return NO_ID;
    const slots = this.#slots;
    const mask = this.#mask;
    const mixed = mixHash((Math.imul(this.#sizes[2 * left], this.powers[rightLength]) + this.#sizes[2 * right]) | 0);
    if (!this.#filter.mayHold(mixed)) return NO_ID;
    let slot = mixed & mask;
    for (let entry = slots[slot]; entry !== 0; entry = slots[slot]) {
      if (((entry ^ mixed) & ~mask) === 0) {
        const id = (entry & mask) - 1;
        const start = this.starts[id];
        if (
          this.lengthOf(id) === length &&
          equalBytes(this.#view, start, this.#view, this.starts[left], length - rightLength) &&
          equalBytes(this.#view, start + length - rightLength, this.#view, this.starts[right], rightLength)
        ) {
          return id;
        }
      }
      slot = (slot + 1) & mask;
    }
    return NO_ID;
  }

  #equals(id: number, view: DataView, start: number, end: number): boolean {
    return this.lengthOf(id) === end - start && equalBytes(this.#view, this.starts[id], view, start, end - start);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether `length` bytes are equal, from `aStart` in `a` and `bStart` in `b`. */
function equalBytes(a: DataView, aStart: number, b: DataView, bStart: number, length: number): boolean {
  let i = 0;
  for (; i + 4 <= length; i += 4) if (a.getInt32(aStart + i) !== b.getInt32(bStart + i)) return false;
  for (; i < length; i++) if (a.getUint8(aStart + i) !== b.getUint8(bStart + i)) return false;
  return true;
}
