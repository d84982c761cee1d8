// Additive smoothing: adds a constant to every count. Laplace for 1, Lidstone for less.
import type { Estimator } from './estimator.js';

/**
 * P(w | h) = (c(h w) + alpha) / (c(h) + alpha V), where h is the longest known suffix of the context and V the number of tokens that can
 * follow. Shorter contexts are not used. (Lidstone 1920; Chen and Goodman 1998, section 2.1, show how badly it performs.)
 *
 * @param alpha above 0; 1 is Laplace's rule of succession
 */
export function additive(alpha: number): Estimator {
  return {
    counts: 'occurrences',
    form: 'interpolated',
    lower: 'uniform',
    rules: ({ starts, outcomes }) =>
      Array.from({ length: starts.length - 2 }, () => (values, from, to, total, out) => {
        const all = total + alpha * outcomes;
        for (let child = from; child < to; child++) out[child] = values[child] / all;
        return (alpha * outcomes) / all;
      }),
  };
}
