// Absolute discounting: subtracts the same amount from every count and gives it to shorter contexts.
import { closedFormDiscount } from './counts-of-counts.js';
import { type Estimator, type EstimatorInput, levelsOf, type Rule, type SmoothingParameters } from './estimator.js';

/**
 * P(w | h) = max(c(h w) - d, 0) / c(h) + d T(h) / c(h) P(w | h'), where T(h) is the number of different tokens that followed h. The backoff
 * form is the first term if h w was seen, otherwise P(w | h') scaled to the remaining probability. (Ney, Essen and Kneser 1994, "On
 * structuring probabilistic dependences in stochastic language modelling".)
 * (Ney, Essen and Kneser 1994, "On structuring probabilistic dependences in stochastic language modelling".)
 *
 * @param discount d, above 0 to 1; default: estimated from the counts of each length (see closedFormDiscount)
 */
export const absoluteDiscounting = (form: 'interpolated' | 'backoff', discount?: number): Estimator => ({
  counts: 'occurrences',
  form,
  lower: 'shorter',
  ...oneDiscount(discount),
});

/** One discount per length: the given one, or an estimate. */
export function oneDiscount(given?: number): Required<Pick<Estimator, 'parameters' | 'rules'>> {
  const parameters = (input: EstimatorInput): SmoothingParameters[] =>
    levelsOf(input).map((values, length) => {
      const { discount, fallback } = given === undefined ? closedFormDiscount(values) : { discount: given, fallback: false };
      return { length, kind: 'discounts', values: [discount], fallback };
    });
  return { parameters, rules: (input) => parameters(input).map(({ values }) => discountRule(values[0])) };
}

/** Subtracts `discount`, at most 1, from every count. */
export const discountRule =
  (discount: number): Rule =>
  (values, from, to, total, out) => {
    let distinct = 0;
    for (let child = from; child < to; child++) {
      if (values[child] === 0) {
        out[child] = 0;
        continue;
      }
      out[child] = (values[child] - discount) / total;
      distinct++;
    }
    return (discount * distinct) / total;
  };
