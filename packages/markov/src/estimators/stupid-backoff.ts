// Stupid backoff: the relative frequency, or for unseen tokens that of the shorter context times a fixed factor. The values are scores, not
// probabilities.
import { type Estimator, sameForAll } from './estimator.js';

/**
 * S(w | h) = c(h w) / c(h) if h w was seen, else alpha S(w | h'); S(w) = c(w) / N. The scores of a context do not sum to one.
 * (Brants, Popat, Xu, Och and Dean 2007, "Large Language Models in Machine Translation", section 4.)
 *
 * @param alpha above 0 to 1
 */
export const stupidBackoff = (alpha: number): Estimator => ({
  counts: 'occurrences',
  form: 'score',
  lower: 'shorter',
  rules: sameForAll((values, from, to, total, out) => {
    for (let child = from; child < to; child++) out[child] = values[child] / total;
    return alpha;
  }),
});
