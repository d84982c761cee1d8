// Modified Kneser-Ney smoothing: uses different discounts for counts of one, of two and of more. It is the best n-gram estimator known for
// prose.
import { countsOfCounts } from './counts-of-counts.js';
import { type Estimator, type EstimatorInput, levelsOf, type Rule, type SmoothingParameters } from './estimator.js';

/** The discounts of counts of 1, of 2, and of 3 and more. */
export type Discounts = readonly [number, number, number];

// For lengths whose counts of counts give no discounts: small vocabularies, and letters, none of which is rare. (KenLM's fallback.)
const FALLBACK: Discounts = [0.5, 1, 1.5];

/**
 * D1 = 1 - 2 Y n2/n1, D2 = 2 - 3 Y n3/n2, D3+ = 3 - 4 Y n4/n3 with Y = n1 / (n1 + 2 n2), where n_r is the number of n-grams of this length
 * with count r (Chen and Goodman 1998, section 4.1.1, equation 26). If one of n1 to n4 is 0, or a discount is negative or above its count,
 * the length uses 0.5, 1 and 1.5.
 */
export function modifiedDiscounts(values: Int32Array): Discounts {
  const [, n1, n2, n3, n4] = countsOfCounts(values, 4);
  if (n1 === 0 || n2 === 0 || n3 === 0 || n4 === 0) return FALLBACK;
  const y = n1 / (n1 + 2 * n2);
  const discounts: Discounts = [1 - (2 * y * n2) / n1, 2 - (3 * y * n3) / n2, 3 - (4 * y * n4) / n3];
  return discounts.every((discount, i) => discount >= 0 && discount <= i + 1) ? discounts : FALLBACK;
}

/**
 * P(w | h) = (c - D(c)) / c(h) + gamma(h) P(w | h') with the counts of Kneser-Ney; gamma(h) is the sum of the discounts over c(h). The
 * backoff form is the first term if h w was seen, otherwise P(w | h') scaled to the remaining probability.
 */
export const modifiedKneserNey = (form: 'interpolated' | 'backoff'): Estimator => ({
  counts: 'continuations',
  form,
  lower: 'shorter',
  parameters,
  rules: (input) => levelsOf(input).map((values) => ruleOf(modifiedDiscounts(values))),
});

const parameters = (input: EstimatorInput): SmoothingParameters[] =>
  levelsOf(input).map((counts, length) => {
    const values = modifiedDiscounts(counts);
    return { length, kind: 'discounts', values, fallback: values === FALLBACK };
  });

const ruleOf =
  ([one, two, more]: Discounts): Rule =>
  (values, from, to, total, out) => {
    let taken = 0;
    for (let child = from; child < to; child++) {
      const value = values[child];
      const discount = value > 2 ? more : value === 2 ? two : value === 1 ? one : 0;
      out[child] = (value - discount) / total;
      taken += discount;
    }
    return taken / total;
  };
