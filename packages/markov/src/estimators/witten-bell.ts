// Witten-Bell smoothing: the probability of a new token is estimated from how often new tokens occurred. Nothing is impossible.
import { type Estimator, sameForAll } from './estimator.js';

/**
 * P(w | h) = (c(h w) + T(h) P(w | h')) / (c(h) + T(h)), where T(h) is the number of different tokens that followed h, and h' is the context
 * without its first token. The empty context backs off to the uniform distribution; for an unseen context c = T = 0, so it is P(w | h').
 * The backoff form is c(h w) / (c(h) + T(h)) if h w was seen, otherwise P(w | h') scaled to the remaining probability.
 * (Witten and Bell 1991, "The zero-frequency problem", method C; interpolated as in Chen and Goodman 1998,
 * "An Empirical Study of Smoothing Techniques for Language Modeling", section 2.6.)
 */
export const wittenBell = (form: 'interpolated' | 'backoff'): Estimator => ({
  counts: 'occurrences',
  form,
  lower: 'shorter',
  rules: sameForAll((values, from, to, total, out) => {
    let distinct = 0;
    for (let child = from; child < to; child++) if (values[child] > 0) distinct++;
    for (let child = from; child < to; child++) out[child] = values[child] / (total + distinct);
    return distinct / (total + distinct);
  }),
});
