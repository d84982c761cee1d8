// Minimum length: forbids the end of the text before a given length.
import { requireInVocabulary, requireInteger, requireKnown, tokenIds } from '../checks.js';
import type { Candidates } from '../selection/candidates.js';
import type { Stage } from '../stages/stage.js';
import { processLogits, type HistoryLike } from './process.js';

export interface MinLengthOptions {
  /**
   * Whether the prompt counts towards the length (`min_length` of Hugging Face transformers) or not (`min_new_tokens`; `min_tokens` of
   * vLLM). Default false.
   */
  includePrompt?: boolean;
}

/**
 * Sets the logits of the tokens that end a text to -Infinity while the text is shorter than `length`, shape (vocabSize,).
 *
 * @param logits not changed, unless passed as `out` too
 * @param history the text so far
 * @param length in tokens, an integer from 0; the token to come does not count
 * @param endTokens ids of the tokens that end a text; those that `history.endTokens` names are forbidden as well
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if the length is out of range or an id is not in the vocabulary, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function minLength(logits: Float32Array, history: HistoryLike, length: number, endTokens: Iterable<number>, options: MinLengthOptions = {}, out?: Float32Array): Float32Array {
  return processLogits(logits, banEnds(length, endTokens, options), out, history);
}

/**
 * minLength() as a stage. Where others know what ends the text (stop tokens of whoever writes it, constraints), `endTokens` may be empty.
 *
 * @throws RangeError if the length is out of range or an id is not a token id; when applied, if only tokens that end the text are possible
 */
export function minLengthStage(length: number, endTokens: Iterable<number>, options: MinLengthOptions = {}): Stage {
  const stage = banEnds(length, endTokens, options);
  return {
    ...stage,
    apply: (candidates, history, random) => {
      stage.apply(candidates, history, random);
      if (isPossible(candidates)) return;
      throw new RangeError(`minLength: the text has fewer than ${length} tokens, but only tokens that end it are possible here; ask for fewer tokens, or for a form that allows more`);
    },
  };
}

/** The stage of both forms; it may leave no token. */
function banEnds(length: number, endTokens: Iterable<number>, options: MinLengthOptions): Stage {
  requireKnown<MinLengthOptions>('minLength', options, { includePrompt: true });
  const { includePrompt = false } = options;
  requireInteger('minLength', length, 0, '0 allows an end at once');
  const ends = tokenIds('minLength endTokens', endTokens);
  return {
    name: 'minLength',
    endTokens: [...ends],
    apply: (candidates, { ids, promptLength, endTokens: known = [] }) => {
      requireInVocabulary('minLength endTokens', ends, candidates.vocabSize);
      if (ids.length - (includePrompt ? 0 : promptLength) >= length) return;
      for (const id of ends) candidates.forbid(id);
      for (const id of known) candidates.forbid(id);
    },
  };
}

function isPossible({ logits, count }: Candidates): boolean {
  for (let i = 0; i < count; i++) if (logits[i] !== -Infinity) return true;
  return false;
}
