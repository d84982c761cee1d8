// P-less sampling: a floor under the probability that the distribution sets itself, without any parameter.
import { type Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

export interface PLessOptions {
  /** The lower floor of p-less-norm, (n * sum of p^2 - 1) / (n - 1) over n possible tokens, which keeps more. False if left out. */
  normalized?: boolean;
}

/**
 * Logits in which every token less probable than the sum of all p^2 has become -Infinity, shape (vocabSize,). That sum is the chance
 * that a token drawn from the model's distribution is the right one, were the right one drawn from it as well; it never exceeds the largest p
 * (Tan, Wu and Howard 2025, "p-less Sampling: A Robust Hyperparameter-Free Approach for LLM Decoding", section 3).
 *
 * @param logits not changed, unless passed as `out` too
 * @param out where the result goes; a new array if left out
 * @throws TypeError if the logits are no Float32Array
 * @throws RangeError if the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function pLess(logits: Float32Array, options: PLessOptions = {}, out?: Float32Array): Float32Array {
  return processLogits(logits, pLessStage(options), out);
}

/** pLess() as a stage. */
export function pLessStage({ normalized = false }: PLessOptions = {}): Stage {
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
      // The best token's weight is 1; rounding must not lift the floor above it.
      candidates.keepWeighing(Math.min(1, floor * total));
    },
  };
}
