// Forced end: the last token that there is room for is one that ends the text.
import { requireInteger, requireInVocabulary, tokenIds } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { processLogits, type HistoryLike } from './process.js';

/**
 * When maxTokens - 1 tokens are written, the tokens that end a text get the logit 0, even if they were impossible, and all others -Infinity;
 * before that nothing changes, shape (vocabSize,) (`forced_eos_token_id` of Hugging Face transformers).
 *
 * @param logits not changed, unless passed as `out` too
 * @param history the text so far; the ids after the prompt are counted
 * @param endTokens ids of the tokens that end a text; if there are none, those that `history.endTokens` names
 * @param maxTokens the maximum number of tokens to write, the end included: an integer from 1. Default `history.maxTokens`
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an id is not in the vocabulary, maxTokens is out of range, or one of both is unknown; or if the logits are empty,
 * hold NaN or +Infinity, or are all -Infinity
 */
export function forceEnd(logits: Float32Array, history: HistoryLike, endTokens: Iterable<number>, maxTokens?: number, out?: Float32Array): Float32Array {
  return processLogits(logits, forceEndStage(endTokens, maxTokens), out, history);
}

/**
 * forceEnd() as a stage. The ways to write a text tell it their `maxTokens`, and what ends the text.
 *
 * @throws RangeError if an id is not a token id or maxTokens is out of range; when applied, if nobody knows one of both
 */
export function forceEndStage(endTokens: Iterable<number> = [], maxTokens?: number): Stage {
  const ends = tokenIds('forceEnd', endTokens);
  if (maxTokens !== undefined) requireInteger('forceEnd maxTokens', maxTokens, 1, 'leave it out to take that of whoever writes the text');
  return {
    name: 'forceEnd',
    endTokens: [...ends],
    apply: (candidates, { ids, promptLength, endTokens: known = [], maxTokens: room }) => {
      requireInVocabulary('forceEnd', ends, candidates.vocabSize);
      const last = maxTokens ?? room;
      if (last === undefined) throw new RangeError('forceEnd does not know the maximum number of tokens; give it maxTokens, or a history with maxTokens');
      if (ids.length - promptLength !== last - 1) return;
      const forced = ends.length > 0 ? ends : Int32Array.from(known).sort();
      if (forced.length === 0) throw new RangeError('forceEnd does not know a token that ends the text; name one in endTokens');
      requireInVocabulary('forceEnd', forced, candidates.vocabSize);
      candidates.keepThese(forced, 0);
    },
  };
}
