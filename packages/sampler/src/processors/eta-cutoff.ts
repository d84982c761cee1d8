// Eta sampling: drops tokens below a probability that falls with rising entropy.
import { requireFraction } from '../checks.js';
import { candidateEntropy } from '../selection/candidate-entropy.js';
import type { Stage } from '../stages/stage.js';
import { keepWeighingAtLeast, type MinTokensOptions, readMinTokens } from './min-tokens.js';
import { processLogits } from './process.js';

/**
 * Sets the logit of every token with a probability below eta = min(epsilon, sqrt(epsilon) * exp(-H)) to -Infinity, shape (vocabSize,); H is
 * the entropy in nats. The most probable token and its equals always stay (Hewitt, Manning and Liang 2022, "Truncation Sampling as Language
 * Model Desmoothing", section 4.2; `eta_cutoff` of Hugging Face transformers). Useful values of epsilon are small: 0.0003 to 0.004.
 *
 * @param logits not changed, unless passed as `out` too
 * @param epsilon from 0 (all) to 1
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if epsilon is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function etaCutoff(logits: Float32Array, epsilon: number, out?: Float32Array): Float32Array {
  return processLogits(logits, etaCutoffStage(epsilon), out);
}

/** etaCutoff() as a stage, with a least number of tokens. @throws RangeError if an option is out of range */
export function etaCutoffStage(epsilon: number, options?: MinTokensOptions): Stage {
  const least = readMinTokens('etaCutoff', options);
  requireFraction('etaCutoff', epsilon, '0 keeps every token');
  return {
    name: 'etaCutoff',
    apply: (candidates) => {
      if (epsilon === 0) return;
      const { entropy, total } = candidateEntropy(candidates);
      keepWeighingAtLeast(candidates, Math.min(1, Math.min(epsilon, Math.sqrt(epsilon) * Math.exp(-entropy)) * total), least);
    },
  };
}
