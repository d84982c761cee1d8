// No repeated n-grams: no sequence of n tokens occurs twice.
import { requireInteger } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { processLogits, type HistoryLike } from './process.js';

/**
 * Sets the logit of every token that would complete a sequence of n tokens that is already in the text to -Infinity, shape (vocabSize,)
 * (Paulus, Xiong and Socher 2017, "A Deep Reinforced Model for Abstractive Summarization", section 2.5; `no_repeat_ngram_size` of Hugging
 * Face transformers). The prompt counts. With n = 1 no token occurs twice.
 *
 * @param logits not changed, unless passed as `out` too
 * @param history the text so far
 * @param n an integer from 1
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if n is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function noRepeatNGram(logits: Float32Array, history: HistoryLike, n: number, out?: Float32Array): Float32Array {
  return processLogits(logits, noRepeatNGramStage(n), out, history);
}

/** noRepeatNGram() as a stage. @throws RangeError if n is out of range */
export function noRepeatNGramStage(n: number): Stage {
  requireInteger('noRepeatNGram', n, 1, 'leave the stage out to allow repetition');
  return {
    name: 'noRepeatNGram',
    apply: (candidates, { ids }) => {
      const length = ids.length;
      for (let end = n - 1; end < length; end++) {
        let same = 0;
        while (same < n - 1 && ids[end - 1 - same] === ids[length - 1 - same]) same++;
        if (same === n - 1) candidates.forbid(ids[end]);
      }
    },
  };
}
