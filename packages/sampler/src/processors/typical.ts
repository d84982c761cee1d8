// Locally typical sampling: keeps tokens whose surprise is near the entropy.
import { requireFraction } from '../checks.js';
import { candidateEntropy } from '../selection/candidate-entropy.js';
import { keepNearest } from '../selection/keep-nearest.js';
import type { Stage } from '../stages/stage.js';
import { type MinTokensOptions, readMinTokens } from './min-tokens.js';
import { processLogits } from './process.js';

/**
 * Keeps only typical tokens: those whose surprise -ln p is nearest to the entropy of the distribution, as many as are needed for their
 * probabilities to add up to at least `mass`. Every other logit becomes -Infinity, shape (vocabSize,) (Meister et al. 2022, "Locally
 * Typical Sampling", section 4). The most probable token may be dropped.
 *
 * Ties: all tokens with the same distance from the entropy as the last one stay (the rule of Hugging Face transformers).
 *
 * @param logits not changed, unless passed as `out` too
 * @param mass from 0 (only the most typical token) to 1 (all)
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if mass is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function typical(logits: Float32Array, mass: number, out?: Float32Array): Float32Array {
  return processLogits(logits, typicalStage(mass), out);
}

/** typical() as a stage, with a least number of tokens. @throws RangeError if an option is out of range */
export function typicalStage(mass: number, options?: MinTokensOptions): Stage {
  const least = readMinTokens('typical', options);
  requireFraction('typical mass', mass, '1 keeps every token');
  return {
    name: 'typical',
    apply: (candidates) => {
      if (mass === 1) return;
      const { entropy, total, highest } = candidateEntropy(candidates);
      const { logits, scratch, count } = candidates;
      const normalizer = highest + Math.log(total);
      for (let i = 0; i < count; i++) scratch[i] = Math.abs(normalizer - logits[i] - entropy);
      keepNearest(candidates, mass * total, true, least);
    },
  };
}
