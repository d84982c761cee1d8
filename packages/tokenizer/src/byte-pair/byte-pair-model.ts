// A trained byte-level BPE: pieces of text to ids. It knows ids only; how tokens are spelled is the vocabulary's matter.

import { MAX_BYTES_PER_UNIT, writeUtf8 } from '../text/utf8';
import { quote } from '../text/well-formed';
import { mergePiece } from './merge-piece';
import { type MergeTable } from './merge-table';
import { PieceCache } from './piece-cache';

/** Stands for "this byte has no id". */
export const NO_ID = -1;

export class BytePairModel {
  readonly #byteIds: Int32Array;
  readonly #merges: MergeTable;
  readonly #cache = new PieceCache();
  /** Work space, grown to the longest piece so far. */
  #bytes = new Uint8Array(256);
  #symbols = new Int32Array(256);

  /** @param byteIds  the id of each of the 256 bytes, or NO_ID */
  constructor(byteIds: Int32Array, merges: MergeTable) {
    this.#byteIds = byteIds;
    this.#merges = merges;
  }

  /**
   * Appends the ids of `text.slice(start, end)`.
   * @throws {RangeError} when a byte of it has no id
   */
  encodePiece(text: string, start: number, end: number, ids: number[]): void {
    const piece = text.slice(start, end);
    const known = this.#cache.get(piece);
    if (known) {
      for (let i = 0; i < known.length; i++) ids.push(known[i]);
      return;
    }
    const before = ids.length;
    this.#merge(piece, ids);
    this.#cache.set(piece, ids.slice(before));
  }

  #merge(piece: string, ids: number[]): void {
    this.#reserve(piece.length * MAX_BYTES_PER_UNIT);
    const symbols = this.#symbols;
    const byteLength = writeUtf8(piece, 0, piece.length, this.#bytes);
    for (let i = 0; i < byteLength; i++) {
      symbols[i] = this.#byteIds[this.#bytes[i]];
      if (symbols[i] === NO_ID) {
        const byte = this.#bytes[i].toString(16).toUpperCase().padStart(2, '0');
        throw new RangeError(`Cannot encode ${quote(piece)}: the vocabulary has no token for the byte 0x${byte}; train the tokenizer with all 256 bytes as its initial alphabet.`);
      }
    }
    const length = mergePiece(symbols, byteLength, this.#merges);
    for (let i = 0; i < length; i++) ids.push(symbols[i]);
  }

  #reserve(byteLength: number): void {
    if (byteLength <= this.#bytes.length) return;
    const capacity = Math.max(byteLength, 2 * this.#bytes.length);
    this.#bytes = new Uint8Array(capacity);
    this.#symbols = new Int32Array(capacity);
  }
}
