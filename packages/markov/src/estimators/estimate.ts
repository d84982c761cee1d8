// Turns counts into probabilities: applies the rule of an estimator to every context of a trie, from the empty one to the longest.
import { continuationCounts, occurrenceCounts } from '../counts/continuations.js';
import type { NgramCounts } from '../counts/ngram-counts.js';
import { NO_TOKEN } from '../counts/sequences.js';
import { levelStarts, suffixLinks } from '../counts/trie.js';
import type { BackoffTable } from '../backoff-table.js';
import { finished, type Steps } from '../steps.js';
import type { Estimator, EstimatorInput, SmoothingParameters } from './estimator.js';

// Smaller differences of sums are rounding errors.
const NOTHING = 1e-12;

export interface EstimateOptions {
  /** The token that begins sentences and is never predicted, or NO_TOKEN. */
  startToken: number;
  /**
   * What the empty context does with its remaining probability: spreads it evenly over the vocabulary, or leaves none (relative
   * frequencies).
   */
  floor: 'uniform' | 'none';
}

/**
 * The probabilities of all n-grams and the backoff weights of all contexts, in one pass over the trie for each.
 *
 * Shorter contexts come first, so that the probabilities a rule backs off to are ready.
 */
export function estimate(counts: NgramCounts, estimator: Estimator, options: EstimateOptions): BackoffTable {
  return finished(estimateInSteps(counts, estimator, options));
}

/** Like estimate(), in one step per n-gram length and one before. */
export function* estimateInSteps(counts: NgramCounts, estimator: Estimator, { startToken, floor }: EstimateOptions): Steps<BackoffTable> {
  const { tokens, firstChild } = counts.table;
  yield 0;
  const input = inputOf(counts, estimator, startToken);
  yield 0;
  const { starts, suffixes, values, outcomes } = input;
  const base = 1 / outcomes;
  const contexts = firstChild.length - 1;
  const probabilities = new Float64Array(tokens.length);
  const backoffs = new Float64Array(contexts).fill(1);
  const normalizers = estimator.form === 'score' ? new Float64Array(contexts).fill(1) : undefined;
  let scoreDiscount: number | undefined;
  const rules = estimator.rules(input);
  const lengths = starts.length - 2;

  for (let length = 0; length + 2 < starts.length; length++) {
    yield (length + 1) / (lengths + 1);
    const rule = length === 0 && floor === 'none' && estimator.form !== 'score' ? relativeFrequency : rules[length];
    const first = starts[length + 1];
    // The probability of each n-gram's last token in the shorter context.
    const lowers = new Float64Array(starts[length + 2] - first).fill(base);
    if (length === 0) for (let node = first; node < starts[2]; node++) lowers[node - first] = tokens[node] === startToken ? 0 : base;
    else if (estimator.lower === 'shorter') for (let node = first; node < starts[length + 2]; node++) lowers[node - first] = probabilities[suffixes[node]];

    for (let context = starts[length]; context < Math.min(first, contexts); context++) {
      const from = firstChild[context];
      const to = firstChild[context + 1];
      let total = 0;
      for (let child = from; child < to; child++) total += values[child];
      if (normalizers !== undefined && context > 0) normalizers[context] = normalizers[suffixes[context]];
      if (total === 0) continue;
      const left = rule(values, from, to, total, probabilities);
      if (estimator.form === 'interpolated') {
        if (left > 0) for (let child = from; child < to; child++) probabilities[child] += left * lowers[child - first];
        backoffs[context] = left;
        continue;
      }
      let seen = 0;
      for (let child = from; child < to; child++) seen += lowers[child - first];
      if (normalizers !== undefined) {
        // The sum over the vocabulary: the seen tokens, plus the discounted sum of the shorter context without them.
        scoreDiscount = left;
        backoffs[context] = length === 0 ? 0 : left;
        normalizers[context] = length === 0 ? 1 : 1 + left * Math.max(0, normalizers[suffixes[context]] - seen);
      } else if (1 - seen > NOTHING) {
        backoffs[context] = left / (1 - seen);
      } else {
        // Every token was seen, so the remaining probability goes to the seen tokens.
        for (let child = from; child < to; child++) probabilities[child] = 1 - left > NOTHING ? probabilities[child] / (1 - left) : lowers[child - first] / seen;
        backoffs[context] = 0;
      }
    }
  }
  return {
    order: counts.order,
    vocabSize: counts.vocabSize,
    startToken,
    lower: estimator.lower,
    tokens,
    firstChild,
    probabilities,
    backoffs,
    suffixes: suffixes.slice(0, contexts),
    normalizers,
    scoreDiscount,
  };
}

/** The parameters of an estimator for each context length, from 0 up, if it uses parameters per length; otherwise empty. */
export function parametersOf(counts: NgramCounts, estimator: Estimator, { startToken, floor }: EstimateOptions): SmoothingParameters[] {
  const parameters = estimator.parameters?.(inputOf(counts, estimator, startToken)) ?? [];
  return floor === 'none' ? parameters.filter(({ length }) => length > 0) : parameters;
}

function inputOf(counts: NgramCounts, estimator: Estimator, startToken: number): EstimatorInput {
  const starts = levelStarts(counts.table);
  const suffixes = suffixLinks(counts.table);
  const values = estimator.counts === 'continuations' ? continuationCounts(counts, suffixes, startToken) : occurrenceCounts(counts, startToken);
  return { counts, values, suffixes, starts, outcomes: Math.max(1, counts.vocabSize - (startToken === NO_TOKEN ? 0 : 1)) };
}

function relativeFrequency(values: Int32Array, from: number, to: number, total: number, out: Float64Array): number {
  for (let child = from; child < to; child++) out[child] = values[child] / total;
  return 0;
}
