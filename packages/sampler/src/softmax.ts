// Softmax: from logits to probabilities.
import { highestLogit } from './logits.js';

/**
 * Probabilities, shape (vocabSize,): p[i] = exp(l[i]) / sum over j of exp(l[j]).
 *
 * Numerically stable: the largest logit is subtracted first, which does not change the result and keeps exp() from overflowing.
 * The sum is computed in float64: in float32, 131,072 small terms would lose precision. -Infinity becomes 0.
 *
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if they are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function softmax(logits: Float32Array): Float32Array {
  const highest = highestLogit(logits);
  const probabilities = new Float32Array(logits.length);
  let total = 0;
  for (let id = 0; id < logits.length; id++) {
    const weight = Math.exp(logits[id] - highest);
    probabilities[id] = weight;
    total += weight;
  }
  for (let id = 0; id < logits.length; id++) probabilities[id] /= total;
  return probabilities;
}
