// Classifier-free guidance: strengthens the effect of the prompt.
import { requireBetween } from '../checks.js';
import { requireFloat32Array } from '../logits.js';
import { borrowCandidates, giveBackCandidates } from '../selection/work-space.js';
import type { History, Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

/**
 * Log-probabilities u + scale * (c - u), shape (vocabSize,): c with the prompt, u without it or with a negative prompt (Sanchez et al.
 * 2023, "Stay on topic with Classifier-Free Guidance", equation 7; `guidance_scale` of Hugging Face transformers, which also takes the
 * log-softmax of both). The result is not normalised.
 *
 * A token that is impossible with the prompt stays impossible; one that is impossible only without it keeps c.
 *
 * @param conditional logits with the prompt, not changed, unless passed as `out` too
 * @param unconditional logits without it, not changed
 * @param scale a finite number; 1 gives the conditional distribution, more than 1 strengthens the prompt, 0 ignores it
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if scale is not a finite number, both differ in length, or one is empty, contains NaN or +Infinity, or is all
 * -Infinity
 */
export function classifierFreeGuidance(conditional: Float32Array, unconditional: Float32Array, scale: number, out?: Float32Array): Float32Array {
  return processLogits(conditional, classifierFreeGuidanceStage(scale, () => unconditional), out);
}

/**
 * classifierFreeGuidance() as a stage.
 *
 * @param unconditional returns the logits of the same position without the prompt; called once per token
 * @throws RangeError if scale is not a finite number
 */
export function classifierFreeGuidanceStage(scale: number, unconditional: (history: History) => Float32Array): Stage {
  requireBetween('classifierFreeGuidance scale', scale, -Infinity, Infinity, '1 changes nothing');
  return {
    name: 'classifierFreeGuidance',
    apply: (candidates, history) => {
      const other = unconditional(history);
      requireFloat32Array(other);
      if (other.length !== candidates.vocabSize) throw new RangeError(`classifierFreeGuidance: ${other.length} logits without the prompt, expected as many as with it: ${candidates.vocabSize}`);
      const without = borrowCandidates(other);
      try {
        const withoutNormalizer = without.logNormalizer();
        const withNormalizer = candidates.logNormalizer();
        const { logits, count } = candidates;
        for (let i = 0; i < count; i++) {
          const c = logits[i] - withNormalizer;
          const u = without.logits[candidates.idAt(i)] - withoutNormalizer;
          logits[i] = c === -Infinity || u === -Infinity ? c : u + scale * (c - u);
        }
      } finally {
        giveBackCandidates(without);
      }
    },
  };
}
