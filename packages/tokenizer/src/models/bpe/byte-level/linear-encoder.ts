// Encodes pieces of any length with byte-pair encoding in linear time, from left to right. At each place it takes the longest token that
// can follow the previous one; if none can, it goes back one token and tries a shorter one there. A place abandoned in this way is never
// tried again, because the tokens before a place are always the same: the encoding of the text before it. Source: van Antwerpen and
// Neubeck, "So many tokens, so little time" (GitHub, 2024). Unlike there, tokens are looked up by the hash of their bytes, and only lengths
// that occur for tokens with the same four first bytes are tried.

import { HashFilter } from './hash-filter.js';
import type { LastMerges } from './last-merges.js';
import { NO_ID } from '../merge-rules.js';
import { hashPair } from '../merge-table.js';
import { appendByte, mixHash } from './token-hash.js';
import type { TokenTable } from './token-table.js';

/**
 * The bytes of the prefix by which longer tokens are found: tokens of at least this many bytes are looked up only if some token starts with
 * the same prefix.
 */
const KEY_BYTES = 4;
/** Lengths are stored as bits, one per length from KEY_BYTES on; this last bit stands for all longer lengths. */
const LONG_BIT = 31;
const FIRST_LONG = KEY_BYTES + LONG_BIT;
const KEYS = 0x10000;

/** The number of cached results of `#longestAfter`; a power of two. */
const ANSWERS = 0x4000;
const UNKNOWN = -2;

export class LinearEncoder {
  readonly #table: TokenTable;
  readonly #lastMerges: LastMerges;
  /** The token of every byte and of every two bytes, or NO_ID. */
  readonly #ofOneByte = new Int32Array(0x100).fill(NO_ID);
  readonly #ofTwoBytes = new Int32Array(0x10000).fill(NO_ID);
  /** The keys of all tokens of three bytes and more. */
  readonly #filter = new HashFilter();
  /** Hash of a token's first KEY_BYTES bytes -> the lengths of the tokens that start with them, as bits. */
  readonly #lengths = new Int32Array(KEYS);
  /** Hash of a token's first FIRST_LONG bytes -> the lengths of the tokens that start with them, longest first. */
  readonly #longLengths = new Map<number, number[]>();
  /** For each token: the longest other token that is a prefix of it, NO_ID if there is none, UNKNOWN if not computed yet. */
  readonly #shorter: Int32Array;
  /** Cached results, by a hash of two tokens: both tokens, and the longest prefix token of the second that can follow the first. */
  readonly #answers = new Int32Array(3 * ANSWERS).fill(UNKNOWN);
  /** Reused buffers, one entry per place: the hash of the bytes before it, and whether a token may end there. */
  #hashes = new Int32Array(1024);
  #open = new Uint8Array(1024);

  constructor(table: TokenTable, lastMerges: LastMerges) {
    this.#table = table;
    this.#lastMerges = lastMerges;
    this.#shorter = new Int32Array(table.size).fill(UNKNOWN);
    const { bytes, starts } = table;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let id = 0; id < table.size; id++) {
      const start = starts[id];
      const length = starts[id + 1] - start;
      if (length >= KEY_BYTES && length <= table.longest) {
        const key = keyOfFour(view, start);
        this.#filter.add(key);
        this.#lengths[key & (KEYS - 1)] |= 1 << Math.min(length - KEY_BYTES, LONG_BIT);
        if (length >= FIRST_LONG) this.#addLong(id, length);
      } else if (length < KEY_BYTES && length > 0 && !table.isHidden(id)) {
        if (length === 1) this.#ofOneByte[bytes[start]] = id;
        else if (length === 2) this.#ofTwoBytes[view.getUint16(start)] = id;
        else {
          this.#filter.add(keyOfThree(view, start));
        }
      }
    }
    for (const lengths of this.#longLengths.values()) lengths.sort((a, b) => b - a);
  }

  /**
   * Writes the tokens of the bytes from `start` to `end` to `tokens`, which has room for one for each byte.
   * @param view  the same memory as `bytes`
   * @returns the number of tokens, or -1 if the merges of this vocabulary prove not to be ordered (see `LastMerges.isOrdered`)
   */
  encode(bytes: Uint8Array, view: DataView, start: number, end: number, tokens: Int32Array): number {
    const length = end - start;
    this.#prepare(bytes, start, length);
    const open = this.#open;
    const table = this.#table;
    let count = 0;
    let place = 0;
    // The token to try at `place`.
    let id = this.#longestToken(view, start, 0, length);
    while (place < length) {
      const before = count > 0 ? tokens[count - 1] : NO_ID;
      if (before !== NO_ID) id = this.#longestAfter(before, id);
      while (id !== NO_ID && open[place + table.lengthOf(id)] === 0) {
        id = this.#shorterThan(id);
        if (before !== NO_ID) id = this.#longestAfter(before, id);
      }
      if (!this.#lastMerges.isOrdered) return -1;
      if (id !== NO_ID) {
        tokens[count++] = id;
        place += table.lengthOf(id);
        id = this.#longestToken(view, start + place, place, length - place);
      } else {
        if (count === 0) return -1;
        open[place] = 0;
        id = tokens[--count];
        place -= table.lengthOf(id);
        id = this.#shorterThan(id);
      }
    }
    return count;
  }

  #prepare(bytes: Uint8Array, start: number, length: number): void {
    if (this.#open.length <= length) {
      const capacity = Math.max(length + 1, 2 * this.#open.length);
      this.#hashes = new Int32Array(capacity);
      this.#open = new Uint8Array(capacity);
    }
    const hashes = this.#hashes;
    let hash = 0;
    for (let i = 0; i < length; i++) {
      hash = appendByte(hash, bytes[start + i]);
      hashes[i + 1] = hash;
    }
    this.#open.fill(1, 0, length + 1);
  }

  /** The longest token that can follow `before`, out of `id` and the tokens that are prefixes of it; NO_ID if there is none. */
  #longestAfter(before: number, id: number): number {
    if (id === NO_ID) return NO_ID;
    const answers = this.#answers;
    const at = 3 * (hashPair(before, id) & (ANSWERS - 1));
    if (answers[at] !== before || answers[at + 1] !== id) {
      let longest = id;
      while (longest !== NO_ID && !this.#lastMerges.canFollow(before, longest)) longest = this.#shorterThan(longest);
      answers[at] = before;
      answers[at + 1] = id;
      answers[at + 2] = longest;
    }
    return answers[at + 2];
  }

  /** The longest other reachable token that is a prefix of `id`, or NO_ID. */
  #shorterThan(id: number): number {
    const known = this.#shorter[id];
    if (known !== UNKNOWN) return known;
    const { bytes, starts } = this.#table;
    const token = bytes.subarray(starts[id], starts[id + 1]);
    let hash = 0;
    let longest = NO_ID;
    for (let length = 1; length < token.length; length++) {
      hash = appendByte(hash, token[length - 1]);
      const found = this.#table.findBytes(token.subarray(0, length), hash);
      if (found !== NO_ID && this.#lastMerges.isReachable(found)) longest = found;
    }
    return (this.#shorter[id] = longest);
  }

  /**
   * The longest reachable token that the bytes of `view` from `at` on begin with, or NO_ID.
   * @param place  the same place, counted from the start of the piece
   * @param most   how many bytes there are
   */
  #longestToken(view: DataView, at: number, place: number, most: number): number {
    if (most === 0) return NO_ID;
    if (most > this.#table.longest) most = this.#table.longest;
    if (most >= KEY_BYTES) {
      const key = keyOfFour(view, at);
      let lengths = this.#filter.mayHold(key) ? this.#lengths[key & (KEYS - 1)] : 0;
      if (lengths < 0 && most >= FIRST_LONG) {
        for (const length of this.#longLengths.get(this.#hashOf(place, FIRST_LONG)) ?? []) {
          if (length > most) continue;
          const id = this.#tokenAt(view, at, place, length);
          if (id !== NO_ID) return id;
        }
      }
      lengths &= most >= FIRST_LONG ? 0x7fffffff : ((1 << (most - KEY_BYTES)) << 1) - 1;
      while (lengths !== 0) {
        const bit = 31 - Math.clz32(lengths);
        const id = this.#tokenAt(view, at, place, bit + KEY_BYTES);
        if (id !== NO_ID) return id;
        lengths ^= 1 << bit;
      }
      most = KEY_BYTES - 1;
    }
    if (most === 3 && this.#filter.mayHold(keyOfThree(view, at))) {
      const id = this.#tokenAt(view, at, place, 3);
      if (id !== NO_ID) return id;
    }
    const id = most > 1 ? this.#ofTwoBytes[view.getUint16(at)] : NO_ID;
    return id !== NO_ID && this.#lastMerges.isReachable(id) ? id : this.#ofOneByte[view.getUint8(at)];
  }

  #addLong(id: number, length: number): void {
    const { bytes, starts } = this.#table;
    let key = 0;
    for (let i = starts[id]; i < starts[id] + FIRST_LONG; i++) key = appendByte(key, bytes[i]);
    const lengths = this.#longLengths.get(key);
    if (lengths) lengths.push(length);
    else this.#longLengths.set(key, [length]);
  }

  #tokenAt(view: DataView, at: number, place: number, length: number): number {
    const id = this.#table.find(view, at, at + length, this.#hashOf(place, length));
    return id !== NO_ID && this.#lastMerges.isReachable(id) ? id : NO_ID;
  }

  /** The hash of `length` bytes from `place` on. */
  #hashOf(place: number, length: number): number {
    return (this.#hashes[place + length] - Math.imul(this.#hashes[place], this.#table.powers[length])) | 0;
  }
}

/** Lookup keys of tokens of three bytes, and of longer ones: the hash of their first bytes. */
function keyOfThree(view: DataView, at: number): number {
  return mixHash((view.getUint16(at) << 8) | view.getUint8(at + 2));
}

function keyOfFour(view: DataView, at: number): number {
  return mixHash(view.getInt32(at));
}
