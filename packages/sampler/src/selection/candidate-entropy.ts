// How undecided a distribution is, over the candidates that are left.
import { type Candidates } from './candidates.js';

export interface CandidateEntropy {
  /** In nats: 0 when one token is certain, ln n when n are equally probable. */
  entropy: number;
  /** How many tokens are possible: not -Infinity. */
  possible: number;
  /** Sum of `candidates.weights`, which are filled, and the logit that belongs to a weight of 1. */
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
