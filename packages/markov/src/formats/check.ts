// Checks that arrays from a file form a valid trie, before they are used.
import type { Trie } from '../counts/trie.js';

/**
 * Checks in one pass that children are contiguous without holes, level by level, and sorted by token.
 *
 * @throws RangeError saying what is wrong
 */
export function checkTrie({ tokens, firstChild }: Trie, vocabSize: number, order: number): void {
  const nodes = tokens.length;
  const contexts = firstChild.length - 1;
  if (nodes < 1 || contexts < 1 || contexts > nodes) refuse(`there are ${nodes} n-grams and ${contexts} contexts`);
  if (firstChild[0] !== 1 || firstChild[contexts] !== nodes) refuse('the first child is not the first n-gram, or the last not the last');
  for (let context = 0; context < contexts; context++) {
    const from = firstChild[context];
    const to = firstChild[context + 1];
    if (to < from || from <= context || to > nodes) refuse(`the children of context ${context} are out of order`);
    for (let child = from; child < to; child++) {
      if (!(tokens[child] >= 0 && tokens[child] < vocabSize)) refuse(`token ${tokens[child]} is not in the vocabulary of ${vocabSize}`);
      if (child > from && tokens[child] <= tokens[child - 1]) refuse(`the continuations of context ${context} are not in the order of their tokens`);
    }
  }
  // The nodes of a level are the children of the level above, so contexts end where a level ends.
  let levels = 1;
  let start = 1;
  while (start < contexts) {
    start = firstChild[start];
    levels++;
  }
  if (start !== contexts || levels > order + 1) refuse(`${levels} lengths of n-grams for order ${order}, or the contexts end within one`);
}

/**
 * Checks that every count is at least 1, and at least the sum of the counts of its continuations.
 *
 * @throws RangeError saying what is wrong
 */
export function checkCounts({ firstChild }: Trie, counts: Int32Array): void {
  for (let node = 0; node < counts.length; node++) if (!(counts[node] >= (node === 0 ? 0 : 1))) refuse(`the count ${counts[node]} is below 1`);
  for (let context = 0; context < firstChild.length - 1; context++) {
    let sum = 0;
    for (let child = firstChild[context]; child < firstChild[context + 1]; child++) sum += counts[child];
    if (context === 0 ? sum !== counts[0] : sum > counts[context]) refuse(`the continuations of context ${context} are more than it`);
  }
}

/**
 * Checks that probabilities are from 0 to 1 and weights are not negative.
 *
 * @throws RangeError saying what is wrong
 */
export function checkProbabilities(probabilities: Float64Array, backoffs: Float64Array): void {
  for (let node = 0; node < probabilities.length; node++) if (!(probabilities[node] >= 0 && probabilities[node] <= 1 + 1e-9)) refuse(`${probabilities[node]} is no probability`);
  for (let context = 0; context < backoffs.length; context++) if (!(backoffs[context] >= 0 && backoffs[context] < Infinity)) refuse(`${backoffs[context]} is no backoff weight`);
}

function refuse(what: string): never {
  throw new RangeError(`the n-grams of this model do not hold together: ${what}; the file is damaged`);
}
