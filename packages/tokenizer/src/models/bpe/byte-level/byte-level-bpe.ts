// Encodes pieces of text with byte-level BPE. It knows only bytes and ids; the vocabulary knows how tokens are spelled. A
// piece is first looked up in the cache, then among the tokens; only what is found in neither is merged.

import type { PreTokenizer } from '../../../pre-tokenizers/pre-tokenizer.js';
import { Scanner } from '../../../pre-tokenizers/scanner.js';
import type { IdList } from '../../../text/id-list.js';
import { MAX_BYTES_PER_UNIT, writeUtf8 } from '../../../text/utf8.js';
import { Utf8Chunk } from '../../../text/utf8-chunk.js';
import { quote } from '../../../text/well-formed.js';
import { LinearEncoder } from './linear-encoder.js';
import { hasAllBytes, LastMerges } from './last-merges.js';
import { mergeByHeap, mergePiece } from '../merge-piece.js';
import { type MergeRules, NO_ID } from '../merge-rules.js';
import { NOT_FOUND, PieceCache } from './piece-cache.js';
import { appendByte } from './token-hash.js';
import type { TokenTable } from './token-table.js';
import { type MergeStep, traceMerges } from '../trace-merges.js';

export interface ByteLevelBpeData {
  /** The bytes of all tokens that ordinary text can produce. */
  table: TokenTable;
  /** The id of each of the 256 bytes, or NO_ID. */
  byteIds: Int32Array;
  rules: MergeRules;
  /** True: a piece that equals a token becomes that token, even if merging would give something else (as in tiktoken). */
  ignoresMergesOfWholePieces: boolean;
}

/** Pieces of up to this many bytes are merged by scanning; longer ones use the linear-time encoder. */
const LONGEST_SCAN = 32;
/** The same limit until the linear-time encoder exists. Building it takes some milliseconds, which a few lines of dashes are not worth. */
const LONGEST_FIRST_SCAN = 128;

/** States of `#whole`: not computed yet, or whether a token's own bytes are encoded to that token. */
const UNKNOWN = 0;
const ITSELF = 1;
const SOMETHING_ELSE = 2;

export class ByteLevelBpe {
  readonly table: TokenTable;
  readonly #byteIds: Int32Array;
  readonly #rules: MergeRules;
  readonly #cache = new PieceCache();
  /** For each token: whether its bytes, as a piece, are encoded to that token. Undefined: always true. */
  readonly #whole: Uint8Array | undefined;
  /** The linear-time encoder, built for the first long piece; null if it does not work with this vocabulary. */
  #linear: LinearEncoder | null | undefined;
  #lastMerges: LastMerges | undefined;
  /** Work space: the text as bytes, a single piece as bytes, and the ids of a piece. */
  readonly #chunk = new Utf8Chunk();
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #merged = new Int32Array(256);

  constructor({ table, byteIds, rules, ignoresMergesOfWholePieces }: ByteLevelBpeData) {
    this.table = table;
    this.#byteIds = byteIds;
    this.#rules = rules;
    this.#whole = ignoresMergesOfWholePieces ? undefined : new Uint8Array(table.size);
  }

  /**
   * Appends the ids of a text.
   * @throws {RangeError} when a byte of it has no id
   */
  encode(text: string, preTokenizer: PreTokenizer, ids: IdList): void {
    if (!(preTokenizer instanceof Scanner)) {
      preTokenizer.forEachPiece(text, (start, end) => this.encodePiece(text, start, end, ids));
      return;
    }
    const { endOfPiece } = preTokenizer;
    const chunk = this.#chunk;
    for (let from = 0; from < text.length; from = chunk.to) {
      chunk.load(text, from);
      const { bytes, view, length } = chunk;
      for (let start = 0; start < length; ) {
        const end = endOfPiece(bytes, start);
        this.#append(bytes, view, start, end, ids);
        start = end;
      }
    }
  }

  /** The number of ids of a text. If it exceeds `limit`, counting stops early and the result is some number above `limit`. */
  count(text: string, preTokenizer: PreTokenizer, limit: number): number {
    let count = 0;
    if (!(preTokenizer instanceof Scanner)) {
      preTokenizer.forEachPiece(text, (start, end) => {
        if (count <= limit) count += this.#countPiece(text, start, end, limit - count);
      });
      return count;
    }
    const { endOfPiece } = preTokenizer;
    const { longest } = this.table;
    const chunk = this.#chunk;
    for (let from = 0; from < text.length && count <= limit; from = chunk.to) {
      chunk.load(text, from);
      const { bytes, view, length } = chunk;
      for (let start = 0; start < length && count <= limit; ) {
        const end = endOfPiece(bytes, start);
        // If even the longest tokens would exceed the limit, the piece need not be encoded.
        const least = end - start > longest ? Math.ceil((end - start) / longest) : 1;
        count += least > limit - count ? least : this.#count(bytes, view, start, end);
        start = end;
      }
    }
    return count;
  }

  #countPiece(text: string, start: number, end: number, limit: number): number {
    const least = Math.ceil((end - start) / this.table.longest);
    if (least > limit) return least;
    const length = this.#load(text, start, end);
    return this.#count(this.#bytes, this.#view, 0, length);
  }

  /** Appends the ids of `text.slice(start, end)`, which is one piece and not empty. */
  encodePiece(text: string, start: number, end: number, ids: IdList): void {
    const length = this.#load(text, start, end);
    this.#append(this.#bytes, this.#view, 0, length, ids);
  }

  /**
   * Like `encodePiece`, but with BPE dropout: skips merges for which `skips` returns true. Even a piece that is a token is merged from its
   * bytes.
   */
  encodePieceWithDropout(text: string, start: number, end: number, ids: IdList, skips: () => boolean): void {
    const length = this.#load(text, start, end);
    this.#toSymbols(this.#bytes, 0, length);
    const count = mergeByHeap(this.#merged, length, this.#rules, { skips });
    ids.append(this.#merged, 0, count);
  }

  /** Lists the merges that turn the bytes of a text into tokens. The text is treated as one piece. */
  trace(text: string): { start: number[]; steps: MergeStep[] } {
    const length = this.#load(text, 0, text.length);
    this.#toSymbols(this.#bytes, 0, length);
    const start = Array.from(this.#merged.subarray(0, length));
    return { start, steps: traceMerges(start, this.#rules) };
  }

  /** The two tokens that the last merge of a token joins; undefined for single bytes and for tokens that no merge produces. */
  partsOf(id: number): readonly [left: number, right: number] | undefined {
    this.#lastMerges ??= new LastMerges(this.table, this.#byteIds, this.#rules);
    return this.#lastMerges.partsOf(id);
  }

  /** Appends the ids of a piece of `bytes`. */
  #append(bytes: Uint8Array, view: DataView, start: number, end: number, ids: IdList): void {
    if (end - start === 1) {
      const id = this.#byteIds[bytes[start]];
      if (id !== NO_ID) {
        ids.push(id);
        return;
      }
    }
    const place = this.#cache.find(view, start, end - start);
    if (place !== NOT_FOUND) {
      ids.append(this.#cache.entries, this.#cache.idsAt(place), this.#cache.countAt(place));
    } else {
      const count = this.#encodeNew(bytes, view, start, end);
      ids.append(this.#merged, 0, count);
    }
  }

  #count(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const place = this.#cache.find(view, start, end - start);
    return place !== NOT_FOUND ? this.#cache.countAt(place) : this.#encodeNew(bytes, view, start, end);
  }

  /** Encodes a piece that is not in the cache: writes its ids to `#merged`, adds them to the cache, and returns their number. */
  #encodeNew(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const length = end - start;
    const count = this.#encodeBytes(bytes, view, start, end);
    this.#cache.add(view, start, length, this.#merged, count);
    return count;
  }

  #encodeBytes(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const { table } = this;
    if (end - start <= table.longest) {
      let hash = 0;
      for (let i = start; i < end; i++) hash = appendByte(hash, bytes[i]);
      const id = table.find(view, start, end, hash);
      if (id !== NO_ID && (this.#whole === undefined || this.#isWhole(id))) {
        this.#merged[0] = id;
        return 1;
      }
    }
    return this.#merge(bytes, view, start, end);
  }

  /** Whether the bytes of a token, as a piece, are encoded to that token. */
  #isWhole(id: number): boolean {
    const whole = this.#whole as Uint8Array;
    if (whole[id] === UNKNOWN) {
      const { bytes, starts } = this.table;
      const symbols = Int32Array.from(bytes.subarray(starts[id], starts[id + 1]), (byte) => this.#byteIds[byte]);
      whole[id] = !symbols.includes(NO_ID) && mergePiece(symbols, symbols.length, this.#rules) === 1 && symbols[0] === id ? ITSELF : SOMETHING_ELSE;
    }
    return whole[id] === ITSELF;
  }

  /** Merges a piece and writes the ids to `#merged`. */
  #merge(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const length = end - start;
    if (length > (this.#linear ? LONGEST_SCAN : LONGEST_FIRST_SCAN)) {
      this.#makeRoom(length);
      if (this.#linear === undefined) this.#linear = this.#makeLinear();
      const count = this.#linear === null ? -1 : this.#linear.encode(bytes, view, start, end, this.#merged);
      if (count !== -1) return count;
      this.#linear = null;
    }
    this.#toSymbols(bytes, start, end);
    return mergePiece(this.#merged, length, this.#rules);
  }

  #makeLinear(): LinearEncoder | null {
    if (!hasAllBytes(this.table, this.#byteIds)) return null;
    this.#lastMerges ??= new LastMerges(this.table, this.#byteIds, this.#rules);
    return new LinearEncoder(this.table, this.#lastMerges);
  }

  /** Writes the ids of the single bytes to `#merged`. */
  #toSymbols(bytes: Uint8Array, start: number, end: number): void {
    this.#makeRoom(end - start);
    for (let i = start; i < end; i++) {
      const id = this.#byteIds[bytes[i]];
      if (id === NO_ID) {
        const byte = bytes[i].toString(16).toUpperCase().padStart(2, '0');
        const piece = new TextDecoder().decode(bytes.subarray(start, end));
        throw new RangeError(`Cannot encode ${quote(piece)}: the vocabulary has no token for the byte 0x${byte}; train the tokenizer with all 256 bytes as its initial alphabet.`);
      }
      this.#merged[i - start] = id;
    }
  }

  #makeRoom(ids: number): void {
    if (ids > this.#merged.length) this.#merged = new Int32Array(2 * ids);
  }

  /** Writes the UTF-8 of `text.slice(start, end)` to `#bytes` and returns its length. */
  #load(text: string, start: number, end: number): number {
    const room = (end - start) * MAX_BYTES_PER_UNIT + 4;
    if (room > this.#bytes.length) {
      this.#bytes = new Uint8Array(Math.max(room, 2 * this.#bytes.length));
      this.#view = new DataView(this.#bytes.buffer);
    }
    return writeUtf8(text, start, end, this.#bytes);
  }
}
