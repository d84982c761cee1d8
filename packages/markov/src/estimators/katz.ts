// Katz backoff: lowers rare counts to their Good-Turing estimates and leaves frequent ones unchanged.
import { discountRule } from './absolute-discounting.js';
import { closedFormDiscount, countsOfCounts } from './counts-of-counts.js';
import { type Estimator, type EstimatorInput, levelsOf, type Rule, type SmoothingParameters } from './estimator.js';

// Counts above this are not discounted: Katz's own choice.
const HIGHEST_DISCOUNTED = 5;
const NOTHING = 1e-12;

/**
 * Element r is the factor d_r of counts of r, for r from 1 to k:
 * d_r = (r* / r - A) / (1 - A) with r* = (r + 1) n_{r+1} / n_r and A = (k + 1) n_{k+1} / n_1.
 * k is 5, or the highest below it at which every factor is above 0 and below 1; undefined if there is none.
 */
export function goodTuringFactors(values: Int32Array): number[] | undefined {
  const n = countsOfCounts(values, HIGHEST_DISCOUNTED + 1);
  for (let k = HIGHEST_DISCOUNTED; k >= 1; k--) {
    const common = ((k + 1) * n[k + 1]) / n[1];
    const factors = Array.from({ length: k + 1 }, (_, r) => (r === 0 ? 0 : (((r + 1) * n[r + 1]) / (r * n[r]) - common) / (1 - common)));
    if (factors.slice(1).every((factor) => factor > 0 && factor < 1)) return factors;
  }
  return undefined;
}

/**
 * P(w | h) = d_c c(h w) / c(h) if h w was seen, and P(w | h') scaled to the rest if not.
 * (Katz 1987, "Estimation of probabilities from sparse data for the language model component of a speech recognizer".) Lengths whose counts
 * of counts give no valid factors, as those of few or frequent units do, use absolute discounting instead. If every count of a context is
 * above k, so that nothing would be left, one more occurrence is assumed, of something new.
 */
export const katz: Estimator = {
  counts: 'occurrences',
  form: 'backoff',
  lower: 'shorter',
  parameters,
  rules: (input) => parameters(input).map(({ kind, values }) => (kind === 'discounts' ? discountRule(values[0]) : factorRule([0, ...values]))),
};

function parameters(input: EstimatorInput): SmoothingParameters[] {
  return levelsOf(input).map((counts, length) => {
    const factors = goodTuringFactors(counts);
    if (factors === undefined) return { length, kind: 'discounts', values: [closedFormDiscount(counts).discount], fallback: true };
    return { length, kind: 'factors', values: factors.slice(1), fallback: false };
  });
}

const factorRule =
  (factors: readonly number[]): Rule =>
  (values, from, to, total, out) => {
    let kept = 0;
    for (let child = from; child < to; child++) {
      const value = values[child];
      out[child] = ((value < factors.length ? factors[value] : 1) * value) / total;
      kept += out[child];
    }
    if (1 - kept > NOTHING) return 1 - kept;
    for (let child = from; child < to; child++) out[child] = values[child] / (total + 1);
    return 1 / (total + 1);
  };
