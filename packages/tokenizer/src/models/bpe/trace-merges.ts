// Shows how a piece becomes tokens, merge by merge. It follows the definition and is slow on purpose.

import { type MergeRules, NO_RANK } from './merge-rules.js';

/** One merge of a trace. */
export interface MergeStep {
  /** The index of the left token before the merge, from 0; the right token is the next one. */
  index: number;
  left: number;
  right: number;
  /** The token that the two are merged into. */
  result: number;
  /** The rank of the merge: the lowest of all pairs at this point. */
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
    const result = rules.result(rank, left, right);
    ids = [...ids.slice(0, index), result, ...ids.slice(index + 2)];
    steps.push({ index, left, right, result, rank, ids });
  }
}
