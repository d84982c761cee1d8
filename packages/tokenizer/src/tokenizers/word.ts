// Encodes with one token per word, punctuation mark and white space character, so that known text is decoded unchanged.

import { checkOptions, type OptionNames } from '@kk/options';
import { wordLevelJSON } from './json-layouts.js';
import { WORD_PATTERN } from '../pre-tokenizers/safe-patterns.js';
import { preTokenizerFromPattern } from '../pre-tokenizers/from-pattern.js';
import type { CutPlace, PreTokenizer } from '../pre-tokenizers/pre-tokenizer.js';
import { compareByCodePoint } from '../text/code-point-order.js';
import type { IdList } from '../text/id-list.js';
import { isWellFormed, quote, toWellFormed } from '../text/well-formed.js';
import type { TokenizerJSON } from '../core/tokenizer.js';
import { listSpecialTokens, type SpecialTokenOptions } from '../training/options.js';
import { checkInteger } from '../core/check-integer.js';
import { type AsyncTrainingTexts, countPieces, countPiecesAsync, type TrainingTexts } from '../training/texts.js';
import { Vocabulary } from '../core/vocabulary.js';
import { type VocabularyData, VocabularyTokenizer } from './vocabulary-tokenizer.js';

export interface WordTrainingOptions extends SpecialTokenOptions {
  /** The maximum number of tokens, including special ones; the most frequent words are kept. Default: no limit. */
  maxVocabSize?: number;
  /** The lowest count of a word to become a token. Default 1. */
  minFrequency?: number;
  /** The token for unknown words. `null`: they are an error. Default `<unk>`. */
  unknownToken?: string | null;
  /** The regular expression whose matches are the words. Default WORD_PATTERN. */
  pattern?: string;
  /** Aborts the training; it throws the signal's reason. */
  signal?: AbortSignal;
}

const wordTrainingNames: OptionNames<WordTrainingOptions> = { specialTokens: 'optional', maxVocabSize: 'optional', minFrequency: 'optional', unknownToken: 'optional', pattern: 'optional', signal: 'optional' };

export interface WordData extends VocabularyData {
  /** The regular expression whose matches are the words. Default WORD_PATTERN. */
  pattern?: string;
  /** The token for unknown words; one of `tokens`. Default: they are an error. */
  unknownToken?: string;
}

export class WordTokenizer extends VocabularyTokenizer {
  readonly kind = 'word';
  readonly #preTokenizer: PreTokenizer;
  readonly #unknownToken: string | undefined;

  /**
   * Makes tokens of the words of the texts, after the special tokens: the most frequent first, equally frequent ones by code point.
   * @throws {RangeError} when the text is empty, an option is out of its range, or no word is left
   */
  static train(texts: TrainingTexts, options: WordTrainingOptions = {}): WordTokenizer {
    const { preTokenizer, learn } = trainerOf(options);
    return learn(countPieces(texts, preTokenizer, options.signal));
  }

  /** Like `train`, for texts that arrive one by one; pauses regularly for other work. */
  static async trainAsync(texts: AsyncTrainingTexts, options: WordTrainingOptions = {}): Promise<WordTokenizer> {
    const { preTokenizer, learn } = trainerOf(options);
    return learn(await countPiecesAsync(texts, preTokenizer, options.signal));
  }

  /**
   * Creates a tokenizer from its parts.
   * @throws {RangeError} when the unknown token is not in `tokens`, or the pattern cannot be used
   */
  constructor(data: WordData) {
    super(new Vocabulary(data.tokens), data.addedTokens);
    this.#preTokenizer = preTokenizerFromPattern(data.pattern ?? WORD_PATTERN);
    this.#unknownToken = data.unknownToken;
    if (data.unknownToken !== undefined && this.vocabulary.id(data.unknownToken) === undefined) throw new RangeError(`The unknown token ${quote(data.unknownToken)} is not in the vocabulary.`);
  }

  protected encodeOrdinary(text: string, ids: IdList, offset: number): void {
    const unknown = this.#unknownToken === undefined ? undefined : this.vocabulary.id(this.#unknownToken);
    const subject = isWellFormed(text) ? text : toWellFormed(text);
    this.#preTokenizer.forEachPiece(subject, (start, end) => {
      const word = subject.slice(start, end);
      let id = this.vocabulary.id(word);
      // Text that equals an added token is ordinary text here, so it is an unknown word.
      if (id === undefined || this.added.ids.has(id)) id = unknown;
      if (id === undefined) {
        throw new RangeError(`Cannot encode the word ${quote(word)} at position ${offset + start}: it is none of the ${this.vocabSize} tokens. Train with text that holds it, or with an unknownToken.`);
      }
      ids.push(id);
    });
  }

  protected get safeAt(): CutPlace {
    return this.#preTokenizer.safeAt;
  }

  protected forEachPiece(text: string, visit: (start: number, end: number) => void): void {
    this.#preTokenizer.forEachPiece(text, visit);
  }

  /** Undefined, because each word is a piece of its own. */
  protected bytesEncodedBy(): undefined {
    return undefined;
  }

  protected override isUnknown(id: number): boolean {
    return this.#unknownToken !== undefined && id === this.vocabulary.id(this.#unknownToken);
  }

  toJSON(): TokenizerJSON {
    return wordLevelJSON(this.vocabulary, this.added, this.#preTokenizer.pattern, this.#unknownToken);
  }
}

function trainerOf(options: WordTrainingOptions) {
  checkOptions('WordTokenizer.train', options, wordTrainingNames);
  const pattern = options.pattern ?? WORD_PATTERN;
  const unknownToken = options.unknownToken === null ? undefined : (options.unknownToken ?? '<unk>');
  const specialTokens = listSpecialTokens(options.specialTokens, unknownToken);
  const minFrequency = checkInteger('minFrequency', options.minFrequency ?? 1, 1);
  const maxVocabSize =
    options.maxVocabSize === undefined ? Infinity : checkInteger('maxVocabSize', options.maxVocabSize, specialTokens.length + 1, `, for ${specialTokens.length} special tokens and a word`);
  return {
    preTokenizer: preTokenizerFromPattern(pattern),
    learn(counts: ReadonlyMap<string, number>): WordTokenizer {
      const words = [...counts]
        .filter(([word, count]) => count >= minFrequency && !specialTokens.includes(word))
        .sort(([wordA, countA], [wordB, countB]) => countB - countA || compareByCodePoint(wordA, wordB))
        .slice(0, maxVocabSize - specialTokens.length)
        .map(([word]) => word);
      if (words.length === 0) throw new RangeError(`No word of the training text occurs ${minFrequency} times; expected a lower minFrequency or more text.`);
      return new WordTokenizer({
        tokens: [...specialTokens, ...words],
        addedTokens: specialTokens.map((content) => ({ content, special: true })),
        pattern,
        unknownToken,
      });
    },
  };
}
