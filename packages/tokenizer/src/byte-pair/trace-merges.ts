// How a piece becomes tokens, merge by merge, for people who want to see it. Slow and plain on purpose: it is the definition.

import { type MergeRules, NO_RANK } from './merge-rules.js';

/** One merge of a trace. */
export interface MergeStep {
  /** The place of the left token in the row before the merge, counted from 0; the right one stands behind it. */
  index: number;
  left: number;
  right: number;
  /** The token that the two become. */
  result: number;
  /** How early the merge was learned; of all pairs in the row it has the lowest rank. */
  rank: number;
  /** All tokens after the merge. */
  ids: number[];
}

/** @param symbols  the ids of the single bytes of the piece */
export function traceMerges(symbols: readonly number[], rules: MergeRules): MergeStep[] {
  const steps: MergeStep[] = [];
  let ids = [...symbols];
  for (;;) {
    let index = -1;
    let rank = NO_RANK;
    for (let i = 0; i + 1 < ids.length; i++) {
      const candidate = rules.rank(ids[i], ids[i + 1]);
      if (candidate < rank) {
        index = i;
        rank = candidate;
      }
    }
    if (index < 0) return steps;
    const [left, right] = [ids[index], ids[index + 1]];
    const result = rules.result(rank);
    ids = [...ids.slice(0, index), result, ...ids.slice(index + 2)];
    steps.push({ index, left, right, result, rank, ids });
  }
}
