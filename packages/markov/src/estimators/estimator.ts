// What turns counts into probabilities. One file per estimator; index.ts names them.
import { type NgramCounts } from '../counts/ngram-counts.js';

export interface Estimator {
  /** The probability of every token after the context that `path` (see NgramCounts.path) leads to, written to `out`, shape (vocabSize,). Sums to one. */
  fill(counts: NgramCounts, path: readonly number[], out: Float64Array): void;
  /** The same for one token, without computing the others. */
  probability(counts: NgramCounts, path: readonly number[], token: number): number;
}
