// What sampleToken draws from, for pictures and tests.
import { type SamplingOptions } from './options.js';
import { selectCandidates } from './selection/candidates.js';

/**
 * Probabilities of the next token after temperature, top-k and top-p, shape (vocabSize,): exactly what sampleToken draws from.
 *
 * @throws TypeError if the logits are no Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function distribution(logits: Float32Array, options: SamplingOptions = {}): Float32Array {
  const { ids, weights, count, total } = selectCandidates(logits, options);
  const probabilities = new Float32Array(logits.length);
  for (let i = 0; i < count; i++) probabilities[ids[i]] = weights[i] / total;
  return probabilities;
}
