// What byte-pair encoding needs to know of a vocabulary: which neighbours become one token, and which go first.
// Two kinds of vocabularies implement it: a list of merges (merge-table.ts) and ranks of tokens (joined-token-rules.ts).

/** The rank of a pair that does not merge: after every real one. */
export const NO_RANK = 0x7fffffff;

/** Stands for "no token has these bytes". */
export const NO_ID = -1;

export interface MergeRules {
  /** The rank of the tokens `left` and `right` side by side, or NO_RANK. The pair with the lowest rank merges first, the leftmost of equals. */
  rank(left: number, right: number): number;
  /** The token that a merge of this rank gives. */
  result(rank: number): number;
}
