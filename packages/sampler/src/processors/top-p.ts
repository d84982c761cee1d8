// Top-p, also called nucleus sampling: keeps only the most probable tokens up to a given sum.
import { checkTopP } from '../options.js';
import { keepNearest } from '../selection/keep-nearest.js';
import type { Stage } from '../stages/stage.js';
import { type MinTokensOptions, readMinTokens } from './min-tokens.js';
import { processLogits } from './process.js';

/**
 * Keeps only the nucleus: the smallest set of most probable tokens whose probabilities add up to at least p, never empty. Every other logit
 * becomes -Infinity, shape (vocabSize,) (Holtzman et al. 2019, "The Curious Case of Neural Text Degeneration", section 3.1).
 *
 * Ties: of equally probable tokens at the edge, those with the lower ids stay, as in greedy().
 * (Hugging Face transformers keeps the same number, but does not specify which.) The sum is computed in float64.
 *
 * @param logits not changed, unless passed as `out` too
 * @param p from 0 (only the most probable token) to 1 (all)
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if p is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function topP(logits: Float32Array, p: number, out?: Float32Array): Float32Array {
  return processLogits(logits, topPStage(p), out);
}

/** topP() as a stage, with a least number of tokens. @throws RangeError if an option is out of range */
export function topPStage(p: number, options?: MinTokensOptions): Stage {
  const least = readMinTokens('topP', options);
  checkTopP(p);
  return {
    name: 'topP',
    apply: (candidates) => {
      if (p === 1) return;
      const highest = candidates.highest();
      const total = candidates.weigh(highest);
      const { logits, scratch, count } = candidates;
      for (let i = 0; i < count; i++) scratch[i] = highest - logits[i];
      keepNearest(candidates, p * total, false, least);
    },
  };
}
