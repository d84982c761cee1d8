// What turns counts into probabilities. One file per estimator; index.ts names them, estimate.ts applies them to every context.
import { type NgramCounts } from '../counts/ngram-counts.js';

export interface Estimator {
  /** What is counted: how often an n-gram occurred, or in how many different surroundings (Kneser-Ney). */
  readonly counts: 'occurrences' | 'continuations';
  /**
   * How what is left over for shorter contexts reaches a token.
   * 'interpolated': every token gets its part of it. 'backoff': only tokens that never followed do, and their parts are scaled up.
   * 'score': those tokens get it unscaled, so that the values do not sum to one before they are normalised.
   */
  readonly form: 'interpolated' | 'backoff' | 'score';
  /** Where a context's leftover goes: to the context without its first token, or at once to the uniform distribution. */
  readonly lower: 'shorter' | 'uniform';
  /** What the estimator works out or was given for each length of contexts, from 0 up; none if left out. */
  parameters?(input: EstimatorInput): SmoothingParameters[];
  /** How each context divides its probability, by the context's length: one rule for each length from 0 up to that of the longest context. */
  rules(input: EstimatorInput): Rule[];
}

export interface EstimatorInput {
  readonly counts: NgramCounts;
  /** The counts that the estimator asked for, shape (nodes,). */
  readonly values: Int32Array;
  /** The node of each node's longest proper end, shape (nodes,). */
  readonly suffixes: Int32Array;
  /** Where each level of the trie begins; see levelStarts. */
  readonly starts: readonly number[];
  /** How many tokens can be foretold: vocabSize, less one if there is a start token. */
  readonly outcomes: number;
}

/** What an estimator took for the contexts of one length, worked out from the counts unless it was given. */
export interface SmoothingParameters {
  /** How many tokens these contexts have. */
  readonly length: number;
  /**
   * 'discounts': what is taken from counts of 1, of 2 ...; the last one from all higher counts, too. 'factors': what counts of 1, of 2 ...
   * are multiplied with, higher ones being trusted. 'weight': that of the relative frequency, as against what shorter contexts say.
   */
  readonly kind: 'discounts' | 'factors' | 'weight';
  readonly values: readonly number[];
  /** True where the counts of this length leave the estimator's formulas undefined, so that fixed values stand in. */
  readonly fallback: boolean;
}

/**
 * Writes the share of each token that followed a context, to `out` between `from` and `to`.
 *
 * @param values how often each followed, by node
 * @param total the sum of values between `from` and `to`; not 0
 * @returns what is left over for shorter contexts, 0 to 1: 1 less the shares
 */
export type Rule = (values: Int32Array, from: number, to: number, total: number, out: Float64Array) => number;

/** The same rule for every length. */
export const sameForAll =
  (rule: Rule) =>
  ({ starts }: EstimatorInput): Rule[] =>
    Array.from({ length: starts.length - 2 }, () => rule);

/** The values of the n-grams of each length, one after another: those of length + 1 tokens stand at index `length`. */
export const levelsOf = ({ values, starts }: EstimatorInput): Int32Array[] => starts.slice(1, -1).map((start, level) => values.subarray(start, starts[level + 2]));
