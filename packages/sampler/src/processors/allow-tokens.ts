// Allow list: only the listed tokens remain.
import { requireInVocabulary, tokenIds } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

/**
 * Sets the logits of all but the listed tokens to -Infinity, shape (vocabSize,) (`allowed_token_ids` of vLLM).
 *
 * @param logits not changed, unless passed as `out` too
 * @param ids at least one token
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if the list is empty or an id is not in the vocabulary, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function allowTokens(logits: Float32Array, ids: Iterable<number>, out?: Float32Array): Float32Array {
  return processLogits(logits, allowTokensStage(ids), out);
}

/** allowTokens() as a stage. @throws RangeError if the list is empty or an id is not a token id */
export function allowTokensStage(ids: Iterable<number>): Stage {
  const allowed = tokenIds('allowTokens', ids);
  if (allowed.length === 0) throw new RangeError('allowTokens: the list is empty, which would forbid every token; expected at least one id');
  return {
    name: 'allowTokens',
    apply: (candidates) => {
      requireInVocabulary('allowTokens', allowed, candidates.vocabSize);
      let kept = 0;
      for (const id of allowed) {
        const i = candidates.indexOf(id);
        if (i >= 0) candidates.places[kept++] = i;
      }
      candidates.keepPlaces(candidates.places, kept);
    },
  };
}
