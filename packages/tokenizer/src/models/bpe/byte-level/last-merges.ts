// Finds the last merge of each token, on first use, by encoding the token's own bytes. From these merges it tells whether two tokens can be
// neighbours in the encoding of a text.

import { mergePiece } from '../merge-piece.js';
import { type MergeRules, NO_ID, NO_RANK } from '../merge-rules.js';
import type { TokenTable } from './token-table.js';

/** The rank of tokens that no merge makes: single bytes. */
const FROM_THE_START = -1;
const UNREACHABLE = -2;
const UNKNOWN = -3;

export class LastMerges {
  readonly #table: TokenTable;
  readonly #byteIds: Int32Array;
  readonly #rules: MergeRules;
  /** Three numbers per id: the rank of its last merge (or one of the constants above) and the two tokens of that merge. */
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
   * False once a token was seen whose parts merge later than the token itself. Training never produces such tokens; if a vocabulary has
   * one, the results of `canFollow` are wrong.
   */
  get isOrdered(): boolean {
    return this.#isOrdered;
  }

  /** Whether merging the token's bytes gives the token. A vocabulary may hold tokens that no text is ever encoded to. */
  isReachable(id: number): boolean {
    return this.#rankOf(id) !== UNREACHABLE;
  }

  /** The two tokens that the last merge of this token joins; undefined for tokens that no merge produces. */
  partsOf(id: number): readonly [left: number, right: number] | undefined {
    return this.#rankOf(id) >= 0 ? [this.#merges[3 * id + 1], this.#merges[3 * id + 2]] : undefined;
  }

  /**
   * Whether the joined bytes of two reachable tokens are encoded to exactly these two tokens. A sequence of reachable tokens is the
   * encoding of its bytes if and only if this holds for all neighbours.
   *
   * Undoes the merges of both tokens from last to first. The answer is false if at some step a merge across the border would have come
   * next.
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
        // With equal ranks the leftmost merge goes first, so the merge across the border comes before the one undone here.
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
    if (mergePiece(symbols, length, this.#rules, { fewest: 2 }) !== 2) return UNREACHABLE;
    const [left, right] = symbols;
    const rank = this.#rules.rank(left, right);
    if (rank === NO_RANK || this.#rules.result(rank, left, right) !== id) return UNREACHABLE;
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
