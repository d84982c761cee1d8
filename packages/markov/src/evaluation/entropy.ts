// Computes the conditional entropy of the texts for each context length, from relative frequencies, without a model.
import { occurrenceCounts } from '../counts/continuations.js';
import type { NgramCounts } from '../counts/ngram-counts.js';
import { levelStarts } from '../counts/trie.js';

/**
 * Element k is the entropy of a token given the k tokens before it, H(w | h) = -sum c(h w) / N_k ln(c(h w) / c(h)), in nats per token. It
 * falls to 0 as contexts become unique; that reflects the size of the text, not its predictability. (Shannon 1951, "Prediction and entropy
 * of printed English".) The start token serves only as context and is never predicted.
 */
export function conditionalEntropies(ngrams: NgramCounts, startToken: number): Float64Array {
  const { table, order } = ngrams;
  const { firstChild } = table;
  const counts = occurrenceCounts(ngrams, startToken);
  const starts = levelStarts(table);
  const entropies = new Float64Array(order + 1);
  for (let length = 0; length + 2 < starts.length; length++) {
    let sum = 0;
    let total = 0;
    for (let context = starts[length]; context < Math.min(starts[length + 1], firstChild.length - 1); context++) {
      let followed = 0;
      for (let child = firstChild[context]; child < firstChild[context + 1]; child++) followed += counts[child];
      for (let child = firstChild[context]; child < firstChild[context + 1]; child++) if (counts[child] > 0) sum -= counts[child] * Math.log(counts[child] / followed);
      total += followed;
    }
    entropies[length] = total > 0 ? sum / total : 0;
  }
  return entropies;
}
