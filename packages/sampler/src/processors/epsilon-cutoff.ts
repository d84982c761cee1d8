// Epsilon sampling: drops tokens below a fixed probability.
import { requireFraction } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { keepWeighingAtLeast, type MinTokensOptions, readMinTokens } from './min-tokens.js';
import { processLogits } from './process.js';

/**
 * Sets the logit of every token with a probability below epsilon to -Infinity, shape (vocabSize,). The most probable token and its equals
 * always stay (Hewitt, Manning and Liang 2022, "Truncation Sampling as Language Model Desmoothing", section 4.1; `epsilon_cutoff` of
 * Hugging Face transformers). Useful values are small: 0.0003 to 0.0009.
 *
 * @param logits not changed, unless passed as `out` too
 * @param epsilon from 0 (all) to 1
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if epsilon is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function epsilonCutoff(logits: Float32Array, epsilon: number, out?: Float32Array): Float32Array {
  return processLogits(logits, epsilonCutoffStage(epsilon), out);
}

/** epsilonCutoff() as a stage, with a least number of tokens. @throws RangeError if an option is out of range */
export function epsilonCutoffStage(epsilon: number, options?: MinTokensOptions): Stage {
  const least = readMinTokens('epsilonCutoff', options);
  requireFraction('epsilonCutoff', epsilon, '0 keeps every token');
  return {
    name: 'epsilonCutoff',
    apply: (candidates) => {
      // Weights are relative to the best token, whose weight is 1, so it is never below the bound.
      if (epsilon > 0) keepWeighingAtLeast(candidates, Math.min(1, epsilon * candidates.weigh()), least);
    },
  };
}
