// The interface of estimators, which turn counts into probabilities. There is one file per estimator; index.ts names them, estimate.ts
// applies them to every context.
import type { NgramCounts } from '../counts/ngram-counts.js';

export interface Estimator {
  /** Which counts it uses: occurrences of an n-gram, or its number of different contexts (Kneser-Ney). */
  readonly counts: 'occurrences' | 'continuations';
  /**
   * How a token gets its share of the probability that is left for shorter contexts. 'interpolated': every token gets a share. 'backoff':
   * only unseen tokens do, scaled to sum to the rest. 'score': unseen tokens get it unscaled, so the values do not sum to one before
   * normalisation.
   */
  readonly form: 'interpolated' | 'backoff' | 'score';
  /** Where the remaining probability of a context goes: to the context without its first token, or directly to the uniform distribution. */
  readonly lower: 'shorter' | 'uniform';
  /** The computed or given parameters for each context length, from 0 up; undefined if it has none. */
  parameters?(input: EstimatorInput): SmoothingParameters[];
  /** The rule that divides the probability of a context: one rule per context length, from 0 up. */
  rules(input: EstimatorInput): Rule[];
}

export interface EstimatorInput {
  readonly counts: NgramCounts;
  /** The counts that the estimator uses, shape (nodes,). */
  readonly values: Int32Array;
  /** The node of each node's longest proper suffix, shape (nodes,). */
  readonly suffixes: Int32Array;
  /** Where each level of the trie begins; see levelStarts. */
  readonly starts: readonly number[];
  /** The number of tokens that can be predicted: vocabSize, minus one if there is a start token. */
  readonly outcomes: number;
}

/** The parameters of an estimator for one context length: computed from the counts unless given. */
export interface SmoothingParameters {
  /** The number of tokens of these contexts. */
  readonly length: number;
  /**
   * 'discounts': subtracted from counts of 1, of 2 ...; the last one also from all higher counts. 'factors': multiply counts of 1, of 2
   * ...; higher counts are not changed. 'weight': the weight of the relative frequency against the shorter context.
   */
  readonly kind: 'discounts' | 'factors' | 'weight';
  readonly values: readonly number[];
  /** True if the estimator's formulas are undefined for the counts of this length, so that fixed values are used. */
  readonly fallback: boolean;
}

/**
 * Writes the probability of each token that followed a context to `out`, between `from` and `to`.
 *
 * @param values the count of each token, by node
 * @param total the sum of values between `from` and `to`; not 0
 * @returns the probability left for shorter contexts, 0 to 1: 1 minus the sum written
 */
export type Rule = (values: Int32Array, from: number, to: number, total: number, out: Float64Array) => number;

/** The same rule for every length. */
export const sameForAll =
  (rule: Rule) =>
  ({ starts }: EstimatorInput): Rule[] =>
    Array.from({ length: starts.length - 2 }, () => rule);

/** The values of the n-grams, split by length: those of length + 1 tokens are at index `length`. */
export const levelsOf = ({ values, starts }: EstimatorInput): Int32Array[] => starts.slice(1, -1).map((start, level) => values.subarray(start, starts[level + 2]));
