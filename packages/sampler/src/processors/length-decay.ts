// Length decay: from a given length on, the end of the text becomes more probable with every token.
import { requireInVocabulary, requireInteger, requireKnown, requirePositive, tokenIds } from '../checks.js';
import { LARGEST_FLOAT32 } from '../logits.js';
import type { Stage } from '../stages/stage.js';
import { processLogits, type HistoryLike } from './process.js';

export interface LengthDecayOptions {
  /** The number of written tokens up to which nothing changes: an integer from 0. */
  start: number;
  /** The growth per further token: a finite number above 0. Above 1 the text ends sooner; below 1 it goes on longer. */
  factor: number;
}

/**
 * Adds |logit| * (factor^(n - start) - 1) to the logits of the tokens that end a text, where n is the number of tokens written so far, as
 * soon as n exceeds `start`, shape (vocabSize,) (`exponential_decay_length_penalty` of Hugging Face transformers). An impossible end stays
 * impossible.
 *
 * @param logits not changed, unless passed as `out` too
 * @param history the text so far
 * @param endTokens ids of the tokens that end a text; those that `history.endTokens` names count as well
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an option is out of range or an id is not in the vocabulary, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function lengthDecay(logits: Float32Array, history: HistoryLike, options: LengthDecayOptions, endTokens: Iterable<number>, out?: Float32Array): Float32Array {
  return processLogits(logits, lengthDecayStage(options, endTokens), out, history);
}

/**
 * lengthDecay() as a stage. Where others know what ends the text (stop tokens of whoever writes it, constraints), `endTokens` may be left out.
 *
 * @throws RangeError if an option is out of range or an id is not a token id
 */
export function lengthDecayStage(options: LengthDecayOptions, endTokens: Iterable<number> = []): Stage {
  requireKnown<LengthDecayOptions>('lengthDecay', options, { start: true, factor: true });
  const { start, factor } = options;
  requireInteger('lengthDecay start', start, 0, '0 begins with the second token');
  requirePositive('lengthDecay factor', factor, '1 changes nothing');
  const ends = tokenIds('lengthDecay endTokens', endTokens);
  return {
    name: 'lengthDecay',
    endTokens: [...ends],
    apply: (candidates, { ids, promptLength, endTokens: known = [] }) => {
      requireInVocabulary('lengthDecay endTokens', ends, candidates.vocabSize);
      const over = ids.length - promptLength - start;
      if (over <= 0) return;
      const { logits } = candidates;
      for (const id of new Set([...ends, ...known])) {
        const i = candidates.indexOf(id);
        if (i < 0 || logits[i] === -Infinity) continue;
        logits[i] = Math.min(LARGEST_FLOAT32, logits[i] + Math.abs(logits[i]) * Math.min(LARGEST_FLOAT32, factor ** over - 1));
      }
    },
  };
}
