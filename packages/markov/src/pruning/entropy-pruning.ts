// Prunes by relative entropy: removes the n-grams that change the model least.
import { describe } from '@kk/options';
import type { BackoffTable } from '../backoff-table.js';
import { levelStarts } from '../counts/trie.js';
import { checkPrunable, filterTable, probabilityBelow } from './filter.js';

/**
 * The table without the n-grams whose removal alone raises perplexity by a factor below 1 + threshold: exp(D) - 1 < threshold, where D is
 * the relative entropy between the model with and without the n-gram h w (Stolcke 1998, equations 3 to 6),
 *
 *   D = -P(h) { P(w|h) [ln P(w|h') + ln b'(h) - ln P(w|h)] + [ln b'(h) - ln b(h)] (1 - sum of P(v|h) over all v that followed h) },
 *
 * where b(h) is the backoff weight of h, and b'(h) the weight without h w. P(h) is the product of the probabilities of its tokens; there
 * the start token has probability 1.
 *
 * @param threshold from 0
 * @throws RangeError if the threshold is out of range
 * @throws TypeError if the table cannot be pruned
 */
export function pruneByEntropy(table: BackoffTable, threshold: number): BackoffTable {
  if (!(Number.isFinite(threshold) && threshold >= 0)) throw new RangeError(`threshold must be a number from 0 (1e-8 to 1e-6 are usual), got ${describe(threshold)}`);
  checkPrunable(table);
  const { tokens, firstChild, probabilities, startToken } = table;
  const starts = levelStarts(table);
  const kept = new Uint8Array(tokens.length).fill(1);
  const contexts = firstChild.length - 1;
  const contextProbabilities = new Float64Array(contexts).fill(1);
  for (let context = 0; context < contexts; context++) {
    for (let child = firstChild[context]; child < Math.min(contexts, firstChild[context + 1]); child++) {
      contextProbabilities[child] = contextProbabilities[context] * (tokens[child] === startToken ? 1 : probabilities[child]);
    }
  }
  for (let context = starts[1]; context < contexts; context++) {
    const from = firstChild[context];
    const to = firstChild[context + 1];
    let left = 1;
    let lowerLeft = 1;
    for (let child = from; child < to; child++) {
      left -= probabilities[child];
      lowerLeft -= probabilityBelow(table, context, tokens[child]);
    }
    // If a context leaves no probability, that of a removed token would have nowhere to go.
    if (left < 1e-12 || lowerLeft < 1e-12) continue;
    const weight = left / lowerLeft;
    for (let child = from; child < to; child++) {
      const p = probabilities[child];
      const lower = probabilityBelow(table, context, tokens[child]);
      if (lower === 0 || p === 0) continue;
      const without = (left + p) / (lowerLeft + lower);
      const change = -contextProbabilities[context] * (p * (Math.log(lower) + Math.log(without) - Math.log(p)) + left * (Math.log(without) - Math.log(weight)));
      if (Math.expm1(change) < threshold) kept[child] = 0;
    }
  }
  return filterTable(table, kept);
}
