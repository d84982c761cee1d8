// Witten-Bell smoothing, interpolated: something new is as probable as new things were frequent. Nothing is impossible.
import { type Estimator } from './estimator.js';

/**
 * P(w | h) = (c(h w) + T(h) P(w | h')) / (c(h) + T(h)), T(h) being how many different tokens followed h and h' the context without
 * its first token; the empty context falls back on 1 / vocabSize; a context that was never seen has c = T = 0 and is P(w | h').
 * (Witten and Bell 1991, "The zero-frequency problem", method C; interpolated as in Chen and Goodman 1998,
 * "An Empirical Study of Smoothing Techniques for Language Modeling", section 2.6.)
 */
export const wittenBell: Estimator = {
  fill(counts, path, out) {
    const { tokens, counts: occurrences, firstChild, followed } = counts.table;
    // From the longest context down: what is left over for shorter ones ends up with the uniform distribution ...
    const left = new Float64Array(path.length + 1);
    left[path.length] = 1;
    for (let length = path.length - 1; length >= 0; length--) {
      const distinct = counts.distinct(path[length]);
      left[length] = (left[length + 1] * distinct) / (followed[path[length]] + distinct);
    }
    // ... and every context adds what it saw, weighted by what longer ones left over.
    out.fill(left[0] / counts.vocabSize);
    path.forEach((context, length) => {
      const perOccurrence = left[length + 1] / (followed[context] + counts.distinct(context));
      for (let child = firstChild[context]; child < firstChild[context + 1]; child++) out[tokens[child]] += occurrences[child] * perOccurrence;
    });
  },

  probability(counts, path, token) {
    return path.reduce((shorter, context) => {
      const distinct = counts.distinct(context);
      return (counts.count(context, token) + distinct * shorter) / (counts.table.followed[context] + distinct);
    }, 1 / counts.vocabSize);
  },
};
