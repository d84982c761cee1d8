// Top-k: keeps only the k most probable tokens.
import { describe } from '@kk/options';
import { requireKnown } from '../checks.js';
import { checkTopK } from '../options.js';
import { gatherTopK } from '../selection/gather-top-k.js';
import type { Stage } from '../stages/stage.js';
import { type MinTokensOptions, leastTokens } from './min-tokens.js';
import { processLogits } from './process.js';

export interface TopKOptions extends MinTokensOptions {
  /**
   * What happens to tokens that equal the k-th largest. `keep`: all stay, so that more than k can remain (Hugging Face transformers, vLLM).
   * `lowestIds`: exactly k remain, of equal ones those with the lower ids (llama.cpp also keeps exactly k).
   */
  ties?: 'keep' | 'lowestIds';
}

/**
 * Sets every logit below the k-th largest to -Infinity, shape (vocabSize,) (Fan, Lewis and Dauphin 2018, "Hierarchical Neural Story
 * Generation", section 5.4).
 *
 * Ties: all tokens that equal the k-th largest stay, so that more than k can remain (the rule of Hugging Face transformers).
 *
 * @param logits not changed, unless passed as `out` too
 * @param k an integer from 1; from vocabSize on nothing changes
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if k is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function topK(logits: Float32Array, k: number, out?: Float32Array): Float32Array {
  return processLogits(logits, topKStage(k), out);
}

/** topK() as a stage, with a choice of what to do with ties. @throws RangeError if an option is out of range */
export function topKStage(most: number, options?: TopKOptions): Stage {
  if (options !== undefined) requireKnown<TopKOptions>('topK', options, { ties: true, minTokensToKeep: true });
  const ties = options?.ties ?? 'keep';
  checkTopK(most);
  const k = Math.max(most, leastTokens('topK', options?.minTokensToKeep));
  if (ties !== 'keep' && ties !== 'lowestIds') throw new RangeError(`topK ties must be 'keep' or 'lowestIds', got ${describe(ties)}`);
  return {
    name: 'topK',
    apply: (candidates) => {
      if (k >= candidates.count) return;
      const kept = gatherTopK(candidates, k);
      const kth = candidates.scratch[0];
      candidates.keepPlaces(candidates.places, kept);
      if (ties === 'lowestIds' && kept > k) {
        const { logits } = candidates;
        let above = 0;
        for (let i = 0; i < kept; i++) if (logits[i] > kth) above++;
        candidates.keepFrom(kth, k - above);
      }
    },
  };
}
