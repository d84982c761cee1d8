// Maximum likelihood: a continuation is as probable as it was frequent. Writes well, and calls everything new impossible.
import { type Estimator, sameForAll } from './estimator.js';

/**
 * P(w | h) = c(h w) / c(h), h being the longest known end of the context; what never followed h has probability 0.
 * (Shannon 1948, "A Mathematical Theory of Communication", section 3, built his approximations to English this way.)
 */
export const maximumLikelihood: Estimator = {
  counts: 'occurrences',
  form: 'interpolated',
  lower: 'shorter',
  rules: sameForAll((values, from, to, total, out) => {
    for (let child = from; child < to; child++) out[child] = values[child] / total;
    return 0;
  }),
};
