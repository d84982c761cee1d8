// Gives the merge rules of files in which several merges share a rank, such as SentencePiece models with equal scores: of these the leftmost
// pair merges first, whichever it is.

import { type MergeRules, NO_RANK } from './merge-rules.js';
import type { MergeTable } from './merge-table.js';

export class TiedMerges implements MergeRules {
  readonly #table: MergeTable;
  readonly #ranks: ArrayLike<number>;

  /** @param ranks  the rank of each merge of the table, from 0 to below NO_RANK; the lowest goes first */
  constructor(table: MergeTable, ranks: ArrayLike<number>) {
    this.#table = table;
    this.#ranks = ranks;
  }

  rank(left: number, right: number): number {
    const merge = this.#table.rank(left, right);
    return merge === NO_RANK ? NO_RANK : this.#ranks[merge];
  }

  result(_rank: number, left: number, right: number): number {
    return this.#table.result(this.#table.rank(left, right));
  }
}
