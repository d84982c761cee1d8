// Top-k: only the k best remain.
import { highestLogit } from '../logits.js';
import { checkTopK } from '../options.js';
import { gatherTopK } from '../selection/gather-top-k.js';
import { reserveCandidates } from '../selection/work-space.js';
import { keepOnly } from '../selection/keep-only.js';

/**
 * Logits in which every one below the k-th largest has become -Infinity, shape (vocabSize,)
 * (Fan, Lewis and Dauphin 2018, "Hierarchical Neural Story Generation", section 5.4).
 *
 * Ties: all tokens that equal the k-th largest stay, so that more than k can remain (the rule of Hugging Face transformers).
 *
 * @param logits not changed, unless passed as `out` too
 * @param k an integer from 1; from vocabSize on nothing changes
 * @param out where the result goes; a new array if left out
 * @throws TypeError if the logits are no Float32Array
 * @throws RangeError if k is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function topK(logits: Float32Array, k: number, out?: Float32Array): Float32Array {
  checkTopK(k);
  highestLogit(logits);
  const { ids } = reserveCandidates(logits.length);
  const kept = ids.subarray(0, gatherTopK(logits, k, ids));
  return keepOnly(logits, kept, out);
}
