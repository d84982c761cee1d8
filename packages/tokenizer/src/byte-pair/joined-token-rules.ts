// The rules of a vocabulary that is a list of tokens alone, as in a .tiktoken file: neighbours become one token when there is a token
// of their joined bytes, and the token with the lowest id goes first. Ids are ranks.

import { type MergeRules, NO_ID, NO_RANK } from './merge-rules';
import { hashPair } from './merge-table';
import { type TokenTable } from './token-table';

/** Answers that are remembered; a power of two. The same short tokens meet again and again. */
const ANSWERS = 0x10000;
const NONE = -1;
/** Ids below this one, a power of two, have a table of all their pairs: mostly they are the single bytes, which every merging begins with. */
const LOW = 0x100;

export class JoinedTokenRules implements MergeRules {
  readonly #table: TokenTable;
  /** By a hash of a pair: left, right, rank. */
  readonly #answers = new Int32Array(3 * ANSWERS).fill(NONE);
  /** The rank of each pair of ids below LOW, NONE while it is unknown. */
  readonly #low = new Int32Array(LOW * LOW).fill(NONE);

  constructor(table: TokenTable) {
    this.#table = table;
  }

  rank(left: number, right: number): number {
    if ((left | right) < LOW) {
      const rank = this.#low[left * LOW + right];
      return rank !== NONE ? rank : (this.#low[left * LOW + right] = this.#find(left, right));
    }
    const answers = this.#answers;
    const at = 3 * (hashPair(left, right) & (ANSWERS - 1));
    if (answers[at] === left && answers[at + 1] === right) return answers[at + 2];
    answers[at] = left;
    answers[at + 1] = right;
    return (answers[at + 2] = this.#find(left, right));
  }

  #find(left: number, right: number): number {
    const id = this.#table.findJoined(left, right);
    return id === NO_ID ? NO_RANK : id;
  }

  result(rank: number): number {
    return rank;
  }
}
