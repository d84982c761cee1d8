// P-less sampling: drops tokens below a probability that follows from the distribution itself, without a parameter.
import { checkOptions } from '@kk/options';
import type { Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

export interface PLessOptions {
  /**
   * Whether to use the lower threshold of p-less-norm, (n * sum of p^2 - 1) / (n - 1) for n possible tokens, which keeps more tokens.
   * Default false.
   */
  normalized?: boolean;
}

/**
 * Sets the logit of every token less probable than the sum of all p^2 to -Infinity, shape (vocabSize,). This sum is the probability that
 * two independent draws from the distribution are the same token; it never exceeds the largest p (Tan, Wu and Howard 2025, "p-less
 * Sampling: A Robust Hyperparameter-Free Approach for LLM Decoding", section 3).
 *
 * @param logits not changed, unless passed as `out` too
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function pLess(logits: Float32Array, options: PLessOptions = {}, out?: Float32Array): Float32Array {
  return processLogits(logits, pLessStage(options), out);
}

/** pLess() as a stage. */
export function pLessStage(options: PLessOptions = {}): Stage {
  checkOptions<PLessOptions>('pLess', options, { normalized: 'flag' });
  const { normalized = false } = options;
  return {
    name: normalized ? 'pLessNorm' : 'pLess',
    apply: (candidates) => {
      const total = candidates.weigh();
      const { logits, weights, count } = candidates;
      let squares = 0;
      let possible = 0;
      for (let i = 0; i < count; i++) {
        squares += weights[i] * weights[i];
        if (logits[i] > -Infinity) possible++;
      }
      const collision = squares / (total * total);
      const floor = normalized && possible > 1 ? Math.max(0, (possible * collision - 1) / (possible - 1)) : collision;
      // The best token's weight is 1; rounding must not raise the threshold above it.
      candidates.keepWeighing(Math.min(1, floor * total));
    },
  };
}
