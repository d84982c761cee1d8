// Draws from relative frequencies, straight from the counts. It gives the token that a BackoffModel without smoothing draws with the same
// random number, without the pass over all n-grams that makes one.
import type { RandomSource } from '@kk/sampler';
import { checkIds } from '../ids.js';
import type { NgramCounts } from './ngram-counts.js';
import { ROOT } from './trie.js';

/**
 * The next token after the longest known end of the context that something followed, at most `order` tokens long.
 *
 * @param startToken the token that is never drawn; -1 if there is none
 * @throws RangeError if one of the used ids is out of range
 */
export function sampleCounts(ngrams: NgramCounts, context: ArrayLike<number>, random: RandomSource, startToken: number): number {
  const { tokens, counts, firstChild } = ngrams.table;
  let from = Math.max(0, context.length - ngrams.order);
  checkIds('context', context, ngrams.vocabSize, from);
  // What stands before the start token is of another sentence.
  for (let i = context.length - 1; i >= from; i--) if (context[i] === startToken) from = i;
  // BackoffModel draws anew where it comes down to the empty context from a known one; so does this.
  let comesDown = false;
  for (; ; from++) {
    const node = ngrams.find(context, from);
    if (node < 0 || node >= firstChild.length - 1) continue;
    let total = 0;
    for (let child = firstChild[node]; child < firstChild[node + 1]; child++) if (tokens[child] !== startToken) total += counts[child];
    if (total === 0 && node !== ROOT) {
      comesDown = true;
      continue;
    }
    if (comesDown && node === ROOT) random.uniform();
    let left = random.uniform();
    let last = 0;
    for (let child = firstChild[node]; child < firstChild[node + 1]; child++) {
      if (tokens[child] === startToken) continue;
      last = tokens[child];
      left -= counts[child] / total;
      if (left < 0) return last;
    }
    return last; // rounding led past the last token
  }
}
