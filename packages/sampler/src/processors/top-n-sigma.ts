// Top-n-sigma: keeps only tokens within n standard deviations of the best logit.
import { requireBetween } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

/**
 * Sets every logit more than n standard deviations below the largest to -Infinity, shape (vocabSize,) (Tang et al. 2024, "Top-nσ: Not All
 * Logits Are You Need", algorithm 1). The population standard deviation is taken over all logits that are not -Infinity. Temperature scales
 * logits and deviation alike, so it does not change which tokens remain.
 *
 * @param logits not changed, unless passed as `out` too
 * @param n a finite number from 0 (only the most probable token and its equals); 1 is usual
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if n is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function topNSigma(logits: Float32Array, n: number, out?: Float32Array): Float32Array {
  return processLogits(logits, topNSigmaStage(n), out);
}

/** topNSigma() as a stage. @throws RangeError if n is out of range */
export function topNSigmaStage(n: number): Stage {
  requireBetween('topNSigma', n, 0, Infinity, 'leave the stage out to keep every token');
  return {
    name: 'topNSigma',
    apply: (candidates) => {
      const highest = candidates.highest();
      const { logits, count } = candidates;
      // Both sums use differences from the largest logit, which keeps them small and the variance precise.
      let possible = 0;
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < count; i++) {
        if (logits[i] === -Infinity) continue;
        const below = highest - logits[i];
        possible++;
        sum += below;
        squares += below * below;
      }
      const deviation = Math.sqrt(Math.max(0, squares / possible - (sum / possible) ** 2));
      candidates.keepFrom(highest - n * deviation);
    },
  };
}
