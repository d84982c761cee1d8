// Bad words: sequences of tokens that must not be completed.
import { requireInVocabulary, requireKnown, tokenIds } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { processLogits, type HistoryLike } from './process.js';
import { isBeforeLast, readSequences } from './sequences.js';

export interface BadWordsOptions {
  /**
   * Whether to count sequences that begin in the prompt (as in Hugging Face transformers) or only in the text written (as in vLLM). Default
   * true.
   */
  includePrompt?: boolean;
  /**
   * Tokens that end a text: a sequence of just one of them, or of one that the history names, is left out, so that no text goes on for ever
   * (as in Hugging Face transformers, whose longer sequences may still end with one). Default: every sequence counts.
   */
  exceptEnds?: Iterable<number>;
}

/**
 * Sets the logit of every token that would complete one of the sequences to -Infinity, shape (vocabSize,). A sequence of one token is
 * always forbidden; in a longer one, the last token is forbidden if the text ends with the others (`bad_words_ids` of Hugging Face
 * transformers). The library overlooks a sequence that is exactly one token longer than the whole text; here it counts. If a word has
 * several encodings, list each of them.
 *
 * @param logits not changed, unless passed as `out` too
 * @param history the text so far
 * @param sequences token ids, each sequence at least one
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if a sequence is empty or contains an id that is not in the vocabulary, or the logits are empty, hold NaN or
 * +Infinity, or are all -Infinity
 */
export function badWords(logits: Float32Array, history: HistoryLike, sequences: Iterable<ArrayLike<number>>, options: BadWordsOptions = {}, out?: Float32Array): Float32Array {
  return processLogits(logits, badWordsStage(sequences, options), out, history);
}

/** badWords() as a stage. @throws RangeError if a sequence is empty or contains a value that is not a token id */
export function badWordsStage(sequences: Iterable<ArrayLike<number>>, options: BadWordsOptions = {}): Stage {
  requireKnown<BadWordsOptions>('badWords', options, { includePrompt: true, exceptEnds: true });
  const { includePrompt = true, exceptEnds } = options;
  const words = readSequences('badWords', sequences);
  const ends = exceptEnds && tokenIds('badWords exceptEnds', exceptEnds);
  const all = tokenIds('badWords', words.flat());
  return {
    name: 'badWords',
    endTokens: ends && [...ends],
    apply: (candidates, { ids, promptLength, endTokens = [] }) => {
      requireInVocabulary('badWords', all, candidates.vocabSize);
      const first = includePrompt ? 0 : promptLength;
      for (const word of words) {
        if (ends !== undefined && word.length === 1 && (ends.includes(word[0]) || endTokens.includes(word[0]))) continue;
        if (isBeforeLast(word, ids, first)) candidates.forbid(word[word.length - 1]);
      }
    },
  };
}
