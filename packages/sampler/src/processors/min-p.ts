// Min-p: drops tokens that are much less probable than the best.
import { requireFraction } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { keepFromAtLeast, type MinTokensOptions, readMinTokens } from './min-tokens.js';
import { processLogits } from './process.js';

/**
 * Sets the logit of every token less than p times as probable as the best to -Infinity, shape (vocabSize,): a logit stays if it is at least
 * the largest + ln p (Nguyen et al. 2024, "Turning Up the Heat: Min-p Sampling for Creative and Coherent LLM Outputs"; llama.cpp also
 * compares logits).
 *
 * @param logits not changed, unless passed as `out` too
 * @param p from 0 (all) to 1 (only the most probable token and those that equal it)
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if p is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function minP(logits: Float32Array, p: number, out?: Float32Array): Float32Array {
  return processLogits(logits, minPStage(p), out);
}

/** minP() as a stage, with a least number of tokens. @throws RangeError if an option is out of range */
export function minPStage(p: number, options?: MinTokensOptions): Stage {
  const least = readMinTokens('minP', options);
  requireFraction('minP', p, '0 keeps every token, 1 only the most probable');
  const distance = Math.log(p);
  return {
    name: 'minP',
    apply: (candidates) => {
      if (p > 0) keepFromAtLeast(candidates, candidates.highest() + distance, least);
    },
  };
}
