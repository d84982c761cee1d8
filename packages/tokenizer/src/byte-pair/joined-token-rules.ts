// The rules of a vocabulary that is a list of tokens alone, as in a .tiktoken file: neighbours become one token when there is a token
// of their joined bytes, and the token with the lowest id goes first. Ids are ranks.

import { type MergeRules, NO_ID, NO_RANK } from './merge-rules';
import { hashPair } from './merge-table';
import { type TokenTable } from './token-table';

/** Answers that are remembered; a power of two. The same short tokens meet again and again. */
const ANSWERS = 0x10000;
const NONE = -1;

export class JoinedTokenRules implements MergeRules {
  readonly #table: TokenTable;
  /** By a hash of a pair: left, right, rank. */
  readonly #answers = new Int32Array(3 * ANSWERS).fill(NONE);

  constructor(table: TokenTable) {
    this.#table = table;
  }

  rank(left: number, right: number): number {
    const answers = this.#answers;
    const at = 3 * (hashPair(left, right) & (ANSWERS - 1));
    if (answers[at] === left && answers[at + 1] === right) return answers[at + 2];
    const id = this.#table.findJoined(left, right);
    answers[at] = left;
    answers[at + 1] = right;
    return (answers[at + 2] = id === NO_ID ? NO_RANK : id);
  }

  result(rank: number): number {
    return rank;
  }
}
