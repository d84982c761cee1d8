// Trains WordPiece as in BERT on text. Read from a file, it is an ordinary PipelineTokenizer.

import { checkOptions, type OptionNames } from '@kk/options';
import { WordPieceDecoder } from '../decoders/word-piece.js';
import { BertNormalizer } from '../normalizers/bert.js';
import { Piece } from '../text/piece.js';
import { BertProcessing, type NamedToken } from '../post-processors/bert.js';
import { BertPreTokenizer } from '../pre-tokenizers/character-splits.js';
import { finish, finishAsync, mapTexts } from '../training/drive.js';
import type { TrainingProgress } from '../training/progress.js';
import { listSpecialTokens } from '../training/options.js';
import { checkInteger } from '../core/check-integer.js';
import { type AsyncTrainingTexts, countPieces, countPiecesAsync, type TrainingTexts } from '../training/texts.js';
import { learnWordPiece } from '../models/word-piece/train-word-piece.js';
import { PipelineTokenizer } from '../pipeline/pipeline-tokenizer.js';

export interface WordPieceLayout {
  /** Whether to convert text to lower case and remove accents. Default true. */
  lowercase?: boolean;
  /** The token for words that cannot be covered. Default `[UNK]`. */
  unknownToken?: string;
  /** The prefix of tokens inside a word. Default `##`. */
  prefix?: string;
}

export const wordPieceLayoutNames: OptionNames<WordPieceLayout> = { lowercase: 'flag', unknownToken: 'optional', prefix: 'optional' };

export interface WordPieceTrainingOptions extends WordPieceLayout {
  /** The wanted number of tokens. Fewer result if the text has no more pairs to merge. */
  vocabSize: number;
  /** The lowest count of a pair to become a token. Default 2. */
  minFrequency?: number;
  /** Special tokens; they get the first ids. If `[CLS]` and `[SEP]` are among them, they are put around every text. Default: BERT's five. */
  specialTokens?: readonly string[];
  /** Characters that become tokens even if the text lacks them. Default none. */
  initialAlphabet?: Iterable<string>;
  /** Called about a hundred times during training, the last time at the end. */
  onProgress?: (progress: TrainingProgress) => void;
  /** Aborts the training; it throws the signal's reason. */
  signal?: AbortSignal;
}

const trainingNames: OptionNames<WordPieceTrainingOptions> = {
  vocabSize: 'required',
  minFrequency: 'optional',
  specialTokens: 'optional',
  initialAlphabet: 'optional',
  onProgress: 'optional',
  signal: 'optional',
  ...wordPieceLayoutNames,
};

export const BERT_SPECIAL_TOKENS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] as const;

export class WordPieceTokenizer extends PipelineTokenizer {
  /**
   * Learns the tokens from text.
   * @throws {RangeError} when the text is empty or an option is out of its range
   */
  static train(texts: TrainingTexts, options: WordPieceTrainingOptions): WordPieceTokenizer {
    const { normalize, preTokenizer, learn } = trainerOf(options);
    return finish(learn(countPieces(mapTexts(texts, normalize), preTokenizer, options.signal)), options.signal);
  }

  /** Like `train`, for texts that arrive one by one; pauses regularly for other work. */
  static async trainAsync(texts: AsyncTrainingTexts, options: WordPieceTrainingOptions): Promise<WordPieceTokenizer> {
    const { normalize, preTokenizer, learn } = trainerOf(options);
    return finishAsync(learn(await countPiecesAsync(mapTexts(texts, normalize), preTokenizer, options.signal)), options.signal);
  }

  /**
   * Creates BERT's pipeline around a vocabulary.
   * @param tokens  sorted by id; BERT's bracketed tokens among them are special
   */
  constructor(tokens: readonly string[], layout: WordPieceLayout = {}, specialTokens: readonly string[] = BERT_SPECIAL_TOKENS) {
    checkOptions('WordPieceTokenizer', layout, wordPieceLayoutNames);
    const { lowercase = true, unknownToken = '[UNK]', prefix = '##' } = layout;
    const named = (token: string): NamedToken | undefined => (tokens.includes(token) ? [token, tokens.indexOf(token)] : undefined);
    const sep = named('[SEP]');
    const cls = named('[CLS]');
    super({
      tokens,
      addedTokens: specialTokens.filter((token) => tokens.includes(token)).map((content) => ({ content, special: true })),
      normalizer: new BertNormalizer({ cleanText: true, handleChineseChars: true, stripAccents: null, lowercase }),
      preTokenizer: new BertPreTokenizer(),
      model: { type: 'WordPiece', tokens, unknownToken, prefix, maxCharactersPerWord: 100 },
      postProcessor: sep && cls ? new BertProcessing(sep, cls) : undefined,
      decoder: new WordPieceDecoder(prefix, true),
    });
  }
}

function trainerOf(options: WordPieceTrainingOptions) {
  checkOptions('WordPieceTokenizer.train', options, trainingNames);
  const { lowercase = true, unknownToken = '[UNK]', prefix = '##', onProgress } = options;
  const specialTokens = listSpecialTokens(options.specialTokens ?? BERT_SPECIAL_TOKENS, unknownToken);
  const settings = {
    vocabSize: checkInteger('vocabSize', options.vocabSize, specialTokens.length + 1),
    minFrequency: checkInteger('minFrequency', options.minFrequency ?? 2, 1),
    specialTokens,
    initialAlphabet: [...(options.initialAlphabet ?? [])],
    prefix,
    onProgress,
  };
  const normalizer = new BertNormalizer({ cleanText: true, handleChineseChars: true, stripAccents: null, lowercase });
  const bert = new BertPreTokenizer();
  return {
    normalize: (text: string) => normalizer.normalize(Piece.original(text, 0, false)).text,
    preTokenizer: {
      forEachPiece(text: string, visit: (start: number, end: number) => void): void {
        for (const piece of bert.split(Piece.original(text, 0, true))) {
          if (piece.text !== '') visit(...piece.rangeOf(0, piece.text.length));
        }
      },
    },
    *learn(words: ReadonlyMap<string, number>): Generator<void, WordPieceTokenizer> {
      return new WordPieceTokenizer(yield* learnWordPiece(words, settings), { lowercase, unknownToken, prefix }, specialTokens);
    },
  };
}
