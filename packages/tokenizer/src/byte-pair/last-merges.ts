// How each token came about: its last merge, found by encoding the token's own bytes when somebody first asks.
// And what follows from it: whether two tokens can stand side by side in the encoding of a text.

import { mergeByScanning } from './merge-piece.js';
import { type MergeRules, NO_ID, NO_RANK } from './merge-rules.js';
import { type TokenTable } from './token-table.js';

/** The rank of tokens that no merge makes: single bytes. */
const FROM_THE_START = -1;
const UNREACHABLE = -2;
const UNKNOWN = -3;

export class LastMerges {
  readonly #table: TokenTable;
  readonly #byteIds: Int32Array;
  readonly #rules: MergeRules;
  /** Of each id three numbers: the rank of its last merge, or one of the constants above, and the two tokens of this merge. */
  readonly #merges: Int32Array;
  readonly #symbols: Int32Array;
  #isOrdered = true;

  /** @param byteIds  the id of each of the 256 bytes, all of them tokens of the table */
  constructor(table: TokenTable, byteIds: Int32Array, rules: MergeRules) {
    this.#table = table;
    this.#byteIds = byteIds;
    this.#rules = rules;
    this.#merges = new Int32Array(3 * table.size).fill(UNKNOWN);
    this.#symbols = new Int32Array(table.longest);
  }

  /**
   * False as soon as a token was met whose parts are merged later than the token itself. Training gives no such tokens;
   * with them, `canFollow` means nothing.
   */
  get isOrdered(): boolean {
    return this.#isOrdered;
  }

  /** Whether merging makes this token out of its bytes. A vocabulary may hold others, which no text is ever encoded to. */
  isReachable(id: number): boolean {
    return this.#rankOf(id) !== UNREACHABLE;
  }

  /** The two tokens whose merge gives this one as the last; undefined for tokens that no merge gives. */
  partsOf(id: number): readonly [left: number, right: number] | undefined {
    return this.#rankOf(id) >= 0 ? [this.#merges[3 * id + 1], this.#merges[3 * id + 2]] : undefined;
  }

  /**
   * Whether the encoding of the bytes of `left` and `right` together is just these two tokens, both reachable. The encoding of a text
   * is the one row of reachable tokens with its bytes in which that holds for all neighbours.
   *
   * Undoes the merges of both tokens from the last to the first; at no moment may a merge across their border have been the next one.
   * Source: van Antwerpen and Neubeck, "So many tokens, so little time" (GitHub, 2024).
   */
  canFollow(left: number, right: number): boolean {
    let leftRank = this.#rankOf(left);
    let rightRank = this.#rankOf(right);
    let limit = NO_RANK;
    for (;;) {
      if (this.#rules.rank(left, right) < limit) return false;
      if (leftRank > rightRank) {
        limit = leftRank;
        left = this.#merges[3 * left + 2];
        leftRank = this.#rankOf(left);
      } else if (rightRank !== FROM_THE_START) {
        // Of equal ranks the leftmost merge goes first: the one across the border before the one that is undone here.
        limit = rightRank + 1;
        right = this.#merges[3 * right + 1];
        rightRank = this.#rankOf(right);
      } else {
        return true;
      }
    }
  }

  #rankOf(id: number): number {
    const rank = this.#merges[3 * id];
    return rank !== UNKNOWN ? rank : (this.#merges[3 * id] = this.#findLastMerge(id));
  }

  #findLastMerge(id: number): number {
    const { bytes, starts } = this.#table;
    const symbols = this.#symbols;
    const length = this.#table.lengthOf(id);
    if (length === 0 || length > symbols.length) return UNREACHABLE;
    for (let i = 0; i < length; i++) symbols[i] = this.#byteIds[bytes[starts[id] + i]];
    if (length === 1) return symbols[0] === id ? FROM_THE_START : UNREACHABLE;
    if (mergeByScanning(symbols, length, this.#rules, 2) !== 2) return UNREACHABLE;
    const [left, right] = symbols;
    const rank = this.#rules.rank(left, right);
    if (rank === NO_RANK || this.#rules.result(rank) !== id) return UNREACHABLE;
    this.#merges[3 * id + 1] = left;
    this.#merges[3 * id + 2] = right;
    if (this.#rankOf(left) >= rank || this.#rankOf(right) >= rank) this.#isOrdered = false;
    return rank;
  }
}

/** Whether every byte is a token of its own, which `LastMerges` needs. */
export function hasAllBytes(table: TokenTable, byteIds: Int32Array): boolean {
  return byteIds.every((id, byte) => id !== NO_ID && table.lengthOf(id) === 1 && table.bytes[table.starts[id]] === byte);
}
