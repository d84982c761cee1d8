// Gives the merge rules of files in which several merges share a rank, such as SentencePiece models with equal scores: of these the leftmost
// pair merges first, whichever it is.

import { type MergeRules, NO_RANK } from './merge-rules.js';
import type { MergeTable } from './merge-table.js';

/**
 * How many merges share each rank, from the first rank on: what this package writes to a tokenizer.json as `merges_per_rank`. Undefined if no
 * two do, as in all other files.
 * @param ranks  the rank of each merge; they do not fall
 */
export function mergesPerRank(ranks: ArrayLike<number>): number[] | undefined {
  const counts: number[] = [];
  for (let i = 0; i < ranks.length; i++) {
    if (i > 0 && ranks[i] === ranks[i - 1]) counts[counts.length - 1]++;
    else counts.push(1);
  }
  return counts.length < ranks.length ? counts : undefined;
}

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
