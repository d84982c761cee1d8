// Maximum likelihood: probabilities are relative frequencies. It writes well, but everything unseen is impossible.
import { type Estimator, sameForAll } from './estimator.js';

/** P(w | h) = c(h w) / c(h), where h is the longest known suffix of the context; what never followed h has probability 0. */
export const maximumLikelihood: Estimator = {
  counts: 'occurrences',
  form: 'interpolated',
  lower: 'shorter',
  rules: sameForAll((values, from, to, total, out) => {
    for (let child = from; child < to; child++) out[child] = values[child] / total;
    return 0;
  }),
};
