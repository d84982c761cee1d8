// Derives merge rules from a vocabulary without a merge list, such as a .tiktoken file. Two neighbours merge if their joined bytes are a
// token; the pair whose token has the lowest id merges first. The id is the rank.

import { type MergeRules, NO_ID, NO_RANK } from '../merge-rules.js';
import type { TokenTable } from './token-table.js';

/** A power of two. Ranks of pairs of ids below it are cached: mostly these are the single bytes, with which all merging begins. */
const LOW = 0x100;
const UNKNOWN = -1;

export class JoinedTokenRules implements MergeRules {
  readonly #table: TokenTable;
  /** The cached ranks; UNKNOWN until first used. */
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
