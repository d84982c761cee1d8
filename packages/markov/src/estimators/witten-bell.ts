// Witten-Bell smoothing: something new is as probable as new things were frequent. Nothing is impossible.
import { type Estimator, sameForAll } from './estimator.js';

/**
 * P(w | h) = (c(h w) + T(h) P(w | h')) / (c(h) + T(h)), T(h) being how many different tokens followed h and h' the context without
 * its first token; the empty context falls back on the uniform distribution; a context that was never seen has c = T = 0 and is P(w | h').
 * As a backoff: c(h w) / (c(h) + T(h)) if h w was seen, and P(w | h') scaled to the rest if not.
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
