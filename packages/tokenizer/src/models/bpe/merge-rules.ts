// Defines the merge rules of a vocabulary: which neighbours merge into one token, and which pair merges first. Three implementations: a list
// of merges (merge-table.ts), one in which merges share ranks (tied-merges.ts), and ranks of tokens (byte-level/joined-token-rules.ts).

/** The rank of a pair that does not merge; higher than every real rank. */
export const NO_RANK = 0x7fffffff;

/** Means "no token has these bytes". */
export const NO_ID = -1;

export interface MergeRules {
  /** The rank of the tokens `left` and `right` side by side, or NO_RANK. The pair with the lowest rank merges first, the leftmost of equals. */
  rank(left: number, right: number): number;
  /** The token that `left` and `right` become, whose rank this is. */
  result(rank: number, left: number, right: number): number;
}
