// Trains Unigram as in SentencePiece on text. Read from a file, it is an ordinary PipelineTokenizer.

import { checkOptions, type OptionNames } from '@kk/options';
import { Piece } from '../text/piece.js';
import { SentencePieceNormalizer, SPACE_SIGN } from '../normalizers/sentence-piece.js';
import { sentencePieceDecoder } from '../decoders/sentence-piece.js';
import { finish, finishAsync, mapTexts } from '../training/drive.js';
import type { TrainingProgress } from '../training/progress.js';
import { listSpecialTokens } from '../training/options.js';
import { checkInteger } from '../core/check-integer.js';
import { type AsyncTrainingTexts, countPieces, countPiecesAsync, type TrainingTexts } from '../training/texts.js';
import { learnPieces } from '../models/unigram/training/learn-pieces.js';
import type { ScoredPiece } from '../models/unigram/training/seed-pieces.js';
import { quote } from '../text/well-formed.js';
import { PipelineTokenizer } from '../pipeline/pipeline-tokenizer.js';

export interface UnigramTrainingOptions {
  /** The wanted number of tokens, including special ones. A short text may give fewer. */
  vocabSize: number;
  /** The lowest count of a word to be used in training. Default 1. */
  minFrequency?: number;
  /** Special tokens; they get the first ids. Default `<unk>`, `<s>`, `</s>`. */
  specialTokens?: readonly string[];
  /** The token for unknown characters; put first if `specialTokens` lacks it. Default `<unk>`. */
  unknownToken?: string;
  /** Characters that become tokens even if the text lacks them. Default none. */
  initialAlphabet?: Iterable<string>;
  /** The maximum length of a token in characters. Default 16. */
  longestPiece?: number;
  /** The maximum number of tokens to start from. Default 1,000,000. */
  seedSize?: number;
  /** The share of tokens that each round keeps, above 0 and below 1. Default 0.75. */
  shrinkingFactor?: number;
  /** Steps of expectation-maximization in each round. Default 2. */
  subIterations?: number;
  /** Called some times a second; `tokens` is 0 while the first pieces are looked for, then falls from their number to `vocabSize`. */
  onProgress?: (progress: TrainingProgress) => void;
  /** Aborts the training; it throws the signal's reason. */
  signal?: AbortSignal;
}

const trainingNames: OptionNames<UnigramTrainingOptions> = {
  vocabSize: 'required',
  minFrequency: 'optional',
  specialTokens: 'optional',
  unknownToken: 'optional',
  initialAlphabet: 'optional',
  longestPiece: 'optional',
  seedSize: 'optional',
  shrinkingFactor: 'optional',
  subIterations: 'optional',
  onProgress: 'optional',
  signal: 'optional',
};

/** SentencePiece's usual special tokens. */
const SPECIAL_TOKENS = ['<unk>', '<s>', '</s>'];

/** Words, each with the ▁ before it. */
const words = /\u2581[^\u2581]*|[^\u2581]+/gu;

const normalizerOptions = { addDummyPrefix: true, removeExtraWhiteSpaces: true, escapeWhiteSpaces: true, whiteSpaceAsSuffix: false, symbols: [] };

export class UnigramTokenizer extends PipelineTokenizer {
  /**
   * Learns the tokens from text. They can be saved as a SentencePiece `.model` or a `tokenizer.json`.
   * @throws {RangeError} when the text is empty or an option is out of its range
   */
  static train(texts: TrainingTexts, options: UnigramTrainingOptions): UnigramTokenizer {
    const { normalize, learn } = trainerOf(options);
    return finish(learn(countPieces(mapTexts(texts, normalize), wordSplitter, options.signal)), options.signal);
  }

  /** Like `train`, for texts that arrive one by one; pauses regularly for other work. */
  static async trainAsync(texts: AsyncTrainingTexts, options: UnigramTrainingOptions): Promise<UnigramTokenizer> {
    const { normalize, learn } = trainerOf(options);
    return finishAsync(learn(await countPiecesAsync(mapTexts(texts, normalize), wordSplitter, options.signal)), options.signal);
  }

  /**
   * Creates SentencePiece's pipeline around a vocabulary.
   * @param pieces  tokens and their log probabilities, by id
   * @param specialTokens  those found in text only when the caller allows them
   */
  constructor(pieces: readonly (readonly [token: string, score: number])[], unknownToken = '<unk>', specialTokens: readonly string[] = [unknownToken]) {
    const tokens = pieces.map(([token]) => token);
    const unknownId = tokens.indexOf(unknownToken);
    if (unknownId < 0) throw new RangeError(`The unknown token ${quote(unknownToken)} is not in the vocabulary.`);
    super({
      tokens,
      addedTokens: specialTokens.map((content) => ({ content, special: true })),
      normalizer: new SentencePieceNormalizer(normalizerOptions),
      model: { type: 'Unigram', pieces, unknownId, byteFallback: false },
      decoder: sentencePieceDecoder(normalizerOptions),
    });
  }
}

const wordSplitter = {
  forEachPiece(text: string, visit: (start: number, end: number) => void): void {
    for (const match of text.matchAll(words)) visit(match.index, match.index + match[0].length);
  },
};

function trainerOf(options: UnigramTrainingOptions) {
  checkOptions('UnigramTokenizer.train', options, trainingNames);
  const { unknownToken = '<unk>', minFrequency = 1, longestPiece = 16, seedSize = 1_000_000, shrinkingFactor = 0.75, subIterations = 2, onProgress } = options;
  const specialTokens = listSpecialTokens(options.specialTokens ?? SPECIAL_TOKENS, unknownToken);
  const vocabSize = checkInteger('vocabSize', options.vocabSize, specialTokens.length + 1, `, for ${specialTokens.length} special tokens and a character`);
  checkInteger('minFrequency', minFrequency, 1);
  checkInteger('longestPiece', longestPiece, 1);
  checkInteger('seedSize', seedSize, 1);
  checkInteger('subIterations', subIterations, 1);
  if (!(shrinkingFactor > 0 && shrinkingFactor < 1)) throw new RangeError(`shrinkingFactor is ${quote(shrinkingFactor)}; expected a number above 0 and below 1.`);
  const others = specialTokens.filter((token) => token !== unknownToken);
  const normalizer = new SentencePieceNormalizer(normalizerOptions);
  const settings = { pieces: vocabSize - others.length, unknownToken, initialAlphabet: [...(options.initialAlphabet ?? []), SPACE_SIGN], longestPiece, seedSize, shrinkingFactor, subIterations, onProgress };
  return {
    normalize: (text: string) => normalizer.normalize(Piece.original(text, 0, false)).text,
    *learn(counts: ReadonlyMap<string, number>): Generator<void, UnigramTokenizer> {
      const frequent = new Map([...counts].filter(([, count]) => count >= minFrequency));
      if (frequent.size === 0) throw new RangeError(`No word of the training text occurs ${minFrequency} times; expected a lower minFrequency or more text.`);
      const characters = new Set([...frequent.keys()].flatMap((word) => [...word]));
      checkInteger('vocabSize', vocabSize, specialTokens.length + characters.size, `, for ${specialTokens.length} special tokens and the ${characters.size} characters of the text`);
      const learned = (yield* learnPieces(frequent, settings)).slice(1).filter(({ piece }: ScoredPiece) => !specialTokens.includes(piece));
      const special = specialTokens.map((token): [string, number] => [token, 0]);
      return new UnigramTokenizer([...special, ...learned.map(({ piece, score }): [string, number] => [piece, score])], unknownToken, specialTokens);
    },
  };
}
