// No n-grams of the prompt: the text says nothing in the words of the prompt, or of another text.
import { requireInteger, requireKnown } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { processLogits, type HistoryLike } from './process.js';

export interface NoRepeatPromptNGramOptions {
  /** The ids of a text whose sequences must not be repeated, instead of the prompt: the input of an encoder, earlier turns of a conversation. */
  source?: ArrayLike<number>;
}

/**
 * Sets the logit of every token that would complete a sequence of n tokens that is in the prompt to -Infinity, shape (vocabSize,)
 * (`encoder_no_repeat_ngram_size` of Hugging Face transformers, which takes the prompt where there is no encoder; Roller et al. 2020,
 * "Recipes for building an open-domain chatbot", which blocks subsequences of the context). A sequence may begin with the last tokens of the
 * prompt. With n = 1 no token of the prompt is written.
 *
 * @param logits not changed, unless passed as `out` too
 * @param history the text so far
 * @param n an integer from 1
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if n is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function noRepeatPromptNGram(logits: Float32Array, history: HistoryLike, n: number, options: NoRepeatPromptNGramOptions = {}, out?: Float32Array): Float32Array {
  return processLogits(logits, noRepeatPromptNGramStage(n, options), out, history);
}

/** noRepeatPromptNGram() as a stage. @throws RangeError if n is out of range */
export function noRepeatPromptNGramStage(n: number, options: NoRepeatPromptNGramOptions = {}): Stage {
  requireKnown<NoRepeatPromptNGramOptions>('noRepeatPromptNGram', options, { source: true });
  const { source } = options;
  requireInteger('noRepeatPromptNGram', n, 1, 'leave the stage out to allow repetition');
  const given = source && Array.from(source);
  return {
    name: 'noRepeatPromptNGram',
    apply: (candidates, { ids, promptLength }) => {
      const length = ids.length;
      const text = given ?? ids;
      const until = given?.length ?? promptLength;
      if (length < n - 1) return;
      for (let end = n - 1; end < until; end++) {
        let same = 0;
        while (same < n - 1 && text[end - 1 - same] === ids[length - 1 - same]) same++;
        if (same === n - 1) candidates.forbid(text[end]);
      }
    },
  };
}
