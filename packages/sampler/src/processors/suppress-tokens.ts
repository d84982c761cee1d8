// Suppressed tokens: the listed tokens are never chosen.
import { requireInVocabulary, tokenIds } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

/**
 * Sets the logits of the listed tokens to -Infinity, shape (vocabSize,) (`suppress_tokens` of Hugging Face transformers).
 *
 * @param logits not changed, unless passed as `out` too
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an id is not in the vocabulary, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function suppressTokens(logits: Float32Array, ids: Iterable<number>, out?: Float32Array): Float32Array {
  return processLogits(logits, suppressTokensStage(ids), out);
}

/** suppressTokens() as a stage. @throws RangeError if an id is not a token id */
export function suppressTokensStage(ids: Iterable<number>): Stage {
  const suppressed = tokenIds('suppressTokens', ids);
  return {
    name: 'suppressTokens',
    apply: (candidates) => {
      requireInVocabulary('suppressTokens', suppressed, candidates.vocabSize);
      for (const id of suppressed) candidates.forbid(id);
    },
  };
}
