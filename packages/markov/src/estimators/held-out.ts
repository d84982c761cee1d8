// Estimates the weights of Jelinek-Mercer smoothing from a text that was not trained on.
import { ROOT } from '../counts/trie.js';
import { checkIds } from '../ids.js';
import type { MarkovModel } from '../markov-model.js';
import type { Smoothing } from './index.js';
import { expectationMaximization } from './jelinek-mercer.js';

/**
 * The weights that best predict a held-out text, one per context length from 0 up, by expectation maximization. Use them with
 * `model.withSmoothing(fitJelinekMercer(model, heldOut))`.
 *
 * @param heldOut ids of the model's vocabulary, not trained on
 * @throws RangeError if there are no ids, or one is out of range
 */
export function fitJelinekMercer(model: MarkovModel, heldOut: ArrayLike<number>): Smoothing {
  checkIds('heldOut', heldOut, model.vocabSize);
  if (heldOut.length === 0) throw new RangeError('the held-out text is empty: expected at least one token');
  const relative = model.withSmoothing('mle');
  const { ngrams, order, startToken } = relative;
  const outcomes = model.vocabSize - (startToken < 0 ? 0 : 1);
  const contexts = ngrams.table.firstChild.length - 1;
  const lambdas = expectationMaximization(order + 1, (visit) => {
    const shares = new Float64Array(order + 1);
    let begin = 0;
    for (let i = 0; i < heldOut.length; i++) {
      if (heldOut[i] === startToken) {
        begin = i;
        continue;
      }
      for (let length = 0; length <= order; length++) shares[length] = relativeFrequency(i, length, begin);
      visit(1, shares, 1 / outcomes);
    }
  });
  return `jelinek-mercer:${lambdas.map((lambda) => lambda.toFixed(6)).join(',')}`;

  /** The relative frequency of the token at `i` after the `length` tokens before it; -1 if nothing ever followed them. */
  function relativeFrequency(i: number, length: number, begin: number): number {
    if (i - length < begin) return -1;
    let node = ROOT;
    for (let at = i - length; at < i && node >= 0; at++) node = ngrams.child(node, heldOut[at]);
    if (node < 0 || node >= contexts) return -1;
    const { firstChild, counts, tokens } = ngrams.table;
    let total = 0;
    for (let child = firstChild[node]; child < firstChild[node + 1]; child++) if (length > 0 || tokens[child] !== startToken) total += counts[child];
    const child = ngrams.child(node, heldOut[i]);
    return total === 0 ? -1 : child < 0 ? 0 : counts[child] / total;
  }
}
