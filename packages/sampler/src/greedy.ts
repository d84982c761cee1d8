// Greedy decoding: the most probable token.
import { highestLogit } from './logits.js';

/**
 * The id of the largest logit; of several equal ones the lowest id (the rule of argmax in NumPy and PyTorch).
 *
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if they are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function greedy(logits: Float32Array): number {
  const highest = highestLogit(logits);
  return logits.indexOf(highest);
}
