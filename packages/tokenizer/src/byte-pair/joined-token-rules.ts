// The rules of a vocabulary that is a list of tokens alone, as in a .tiktoken file: neighbours become one token when there is a token
// of their joined bytes, and the token with the lowest id goes first. Ids are ranks.

import { type MergeRules, NO_ID, NO_RANK } from './merge-rules.js';
import { type TokenTable } from './token-table.js';

/** Pairs of ids below this one, a power of two, are looked for only once: mostly they are the single bytes, which all merging begins with. */
const LOW = 0x100;
const UNKNOWN = -1;

export class JoinedTokenRules implements MergeRules {
  readonly #table: TokenTable;
  /** The ranks of these pairs, UNKNOWN until they are asked for. */
  readonly #low = new Int32Array(LOW * LOW).fill(UNKNOWN);

  constructor(table: TokenTable) {
    this.#table = table;
  }

  rank(left: number, right: number): number {
    if ((left | right) >= LOW) return this.#find(left, right);
    const pair = left * LOW + right;
    const rank = this.#low[pair];
    return rank !== UNKNOWN ? rank : (this.#low[pair] = this.#find(left, right));
  }

  #find(left: number, right: number): number {
    const id = this.#table.findJoined(left, right);
    return id === NO_ID ? NO_RANK : id;
  }

  result(rank: number): number {
    return rank;
  }
}
