// WordPiece as in BERT, learned from text. Read from a file it is a PipelineTokenizer like any other.

import { WordPieceDecoder } from '../decoders/word-piece.js';
import { BertNormalizer } from '../normalizers/bert.js';
import { Piece } from '../pipeline/piece.js';
import { BertProcessing, type NamedToken } from '../post-processors/bert.js';
import { BertPreTokenizer } from '../pre-tokenizers/character-splits.js';
import { finish, finishAsync, mapTexts } from '../training/drive.js';
import { type TrainingProgress } from '../training/learn-merges.js';
import { checkInteger, listSpecialTokens } from '../training/options.js';
import { type AsyncTrainingTexts, countPieces, countPiecesAsync, type TrainingTexts } from '../training/texts.js';
import { learnWordPiece } from '../training/train-word-piece.js';
import { PipelineTokenizer } from './pipeline.js';

export interface WordPieceLayout {
  /** Whether to read everything in lower case, without accents. Default true. */
  lowercase?: boolean;
  /** What stands for words that cannot be covered. Default `[UNK]`. */
  unknownToken?: string;
  /** What tokens inside of a word begin with. Default `##`. */
  prefix?: string;
}

export interface WordPieceTrainingOptions extends WordPieceLayout {
  /** Tokens wanted in all. Fewer come out when the text has no more pairs to merge. */
  vocabSize: number;
  /** How often a pair has to occur to become a token. Default 2. */
  minFrequency?: number;
  /** They take the first ids. With `[CLS]` and `[SEP]` among them, these are put around every text. Default BERT's five. */
  specialTokens?: readonly string[];
  /** Characters that are tokens even if the text does not hold them. Default none. */
  initialAlphabet?: Iterable<string>;
  /** Called about a hundred times in the course of the training, the last time when it is done. */
  onProgress?: (progress: TrainingProgress) => void;
  /** Ends the training with the signal's reason as the error. */
  signal?: AbortSignal;
}

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

  /** Learns the same from texts that come one by one, and lets other work go on now and then. */
  static async trainAsync(texts: AsyncTrainingTexts, options: WordPieceTrainingOptions): Promise<WordPieceTokenizer> {
    const { normalize, preTokenizer, learn } = trainerOf(options);
    return finishAsync(learn(await countPiecesAsync(mapTexts(texts, normalize), preTokenizer, options.signal)), options.signal);
  }

  /**
   * BERT's pipeline around a vocabulary.
   * @param tokens  by id; those in brackets that BERT knows are special
   */
  constructor(tokens: readonly string[], { lowercase = true, unknownToken = '[UNK]', prefix = '##' }: WordPieceLayout = {}, specialTokens: readonly string[] = BERT_SPECIAL_TOKENS) {
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
