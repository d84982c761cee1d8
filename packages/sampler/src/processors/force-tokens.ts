// Forced tokens: the first tokens of the text are given.
import { requireIterable } from '@kk/options';
import { requireInVocabulary, tokenIds } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { processLogits, type HistoryLike } from './process.js';

/**
 * At the first positions the forced token gets the logit 0, even if it was impossible, and all others -Infinity; afterwards nothing
 * changes, shape (vocabSize,) (`forced_bos_token_id` of Hugging Face transformers, for any number of tokens).
 *
 * @param logits not changed, unless passed as `out` too
 * @param history the text so far; the ids after the prompt are counted
 * @param ids the tokens, in order
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an id is not in the vocabulary, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function forceTokens(logits: Float32Array, history: HistoryLike, ids: Iterable<number>, out?: Float32Array): Float32Array {
  return processLogits(logits, forceTokensStage(ids), out, history);
}

/** forceTokens() as a stage. @throws RangeError if an id is not a token id */
export function forceTokensStage(ids: Iterable<number>): Stage {
  requireIterable('forceTokens', ids, 'a list of token ids');
  const forced = [...ids];
  const all = tokenIds('forceTokens', forced);
  return {
    name: 'forceTokens',
    apply: (candidates, { ids: text, promptLength }) => {
      requireInVocabulary('forceTokens', all, candidates.vocabSize);
      const written = text.length - promptLength;
      if (written < forced.length) candidates.keepOne(forced[written], 0);
    },
  };
}
