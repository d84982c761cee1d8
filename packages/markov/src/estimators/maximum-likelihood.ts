// Maximum likelihood: a continuation is as probable as it was frequent. Writes well, and calls everything new impossible.
import { type Estimator } from './estimator.js';

/**
 * P(w | h) = c(h w) / c(h), h being the longest known end of the context; what never followed h has probability 0.
 * (Shannon 1948, "A Mathematical Theory of Communication", section 3, built his approximations to English this way.)
 */
export const maximumLikelihood: Estimator = {
  fill(counts, path, out) {
    const { tokens, counts: occurrences, firstChild, followed } = counts.table;
    const context = path[path.length - 1];
    out.fill(0);
    for (let child = firstChild[context]; child < firstChild[context + 1]; child++) out[tokens[child]] = occurrences[child] / followed[context];
  },

  probability(counts, path, token) {
    const context = path[path.length - 1];
    return counts.count(context, token) / counts.table.followed[context];
  },
};
