// The entropy of the remaining candidates.
import type { Candidates } from './candidates.js';

export interface CandidateEntropy {
  /** In nats: 0 if one token is certain, ln n if n are equally probable. */
  entropy: number;
  /** The number of possible tokens: those whose logit is not -Infinity. */
  possible: number;
  /** The sum of `candidates.weights`, which this fills, and the logit whose weight is 1. */
  total: number;
  highest: number;
}

/** @throws RangeError if a logit is NaN or +Infinity, or if no token is possible */
export function candidateEntropy(candidates: Candidates): CandidateEntropy {
  const highest = candidates.highest();
  const total = candidates.weigh(highest);
  const { logits, weights, count } = candidates;
  let possible = 0;
  // With p = w / total and ln w = l - highest: H = ln total - (sum of w (l - highest)) / total.
  let weighted = 0;
  for (let i = 0; i < count; i++) {
    if (logits[i] === -Infinity) continue;
    possible++;
    weighted += weights[i] * (logits[i] - highest);
  }
  return { entropy: Math.max(0, Math.log(total) - weighted / total), possible, total, highest };
}
