// Trains byte-level BPE: counts the pieces of the text, then learns merges from their bytes.

import { checkOptions, type OptionNames } from '@kk/options';
import { byteAlphabet, byteToCharacter } from '../../../text/byte-alphabet.js';
import { quote } from '../../../text/well-formed.js';
import { preTokenizerFromPattern } from '../../../pre-tokenizers/from-pattern.js';
import { GPT2_PATTERN } from '../../../pre-tokenizers/gpt2.js';
import type { PreTokenizer } from '../../../pre-tokenizers/pre-tokenizer.js';
import { finish, finishAsync } from '../../../training/drive.js';
import { type LearnedMerge, learnMerges } from './learn-merges.js';
import type { TrainingProgress } from '../../../training/progress.js';
import { listSpecialTokens, type SpecialTokenOptions } from '../../../training/options.js';
import { checkInteger } from '../../../core/check-integer.js';
import { type AsyncTrainingTexts, countPieces, countPiecesAsync, type TrainingTexts } from '../../../training/texts.js';

export interface BytePairTrainingOptions extends SpecialTokenOptions {
  /** The wanted number of tokens: special tokens, 256 bytes and merges. Fewer result if the text has no more pairs to merge. */
  vocabSize: number;
  /** The lowest count of a pair to become a token. Default 2. */
  minFrequency?: number;
  /** The regular expression whose matches are the pieces; no token spans two. Default GPT2_PATTERN. */
  pattern?: string;
  /** The bytes that are tokens from the start: all 256, so that every text can be encoded, or only those in the text. Default 'all'. */
  initialAlphabet?: 'all' | 'text';
  /** Called about a hundred times during training, the last time at the end. */
  onProgress?: (progress: TrainingProgress) => void;
  /** Called for every merge, in the order learned, before the next one is looked for. */
  onMerge?: (merge: LearnedMerge) => void;
  /** Aborts the training; it throws the signal's reason. */
  signal?: AbortSignal;
}

const trainingNames: OptionNames<BytePairTrainingOptions> = {
  vocabSize: 'required',
  minFrequency: 'optional',
  pattern: 'optional',
  initialAlphabet: 'optional',
  specialTokens: 'optional',
  onProgress: 'optional',
  onMerge: 'optional',
  signal: 'optional',
};

/** The result of training: the parts of a BytePairTokenizer. */
export interface LearnedBytePairs {
  tokens: string[];
  merges: [string, string][];
  pattern: string;
  addedTokens: { content: string; special: true }[];
}

/**
 * Trains byte-level BPE. Ids are in the order of Hugging Face's trainer: special tokens, the byte alphabet by code point, merges as
 * learned.
 * @throws {TypeError|RangeError} when the text is empty or an option is missing or out of its range
 */
export function trainBytePairs(texts: TrainingTexts, options: BytePairTrainingOptions): LearnedBytePairs {
  const settings = settingsOf(options);
  return finish(learn(countPieces(texts, settings.preTokenizer, options.signal), settings), options.signal);
}

/** Like `trainBytePairs`, for texts that arrive one by one; pauses regularly for other work. */
export async function trainBytePairsAsync(texts: AsyncTrainingTexts, options: BytePairTrainingOptions): Promise<LearnedBytePairs> {
  const settings = settingsOf(options);
  return finishAsync(learn(await countPiecesAsync(texts, settings.preTokenizer, options.signal), settings), options.signal);
}

interface Settings {
  specialTokens: string[];
  vocabSize: number;
  minFrequency: number;
  preTokenizer: PreTokenizer;
  allBytes: boolean;
  onProgress?: (progress: TrainingProgress) => void;
  onMerge?: (merge: LearnedMerge) => void;
}

function settingsOf(options: BytePairTrainingOptions): Settings {
  checkOptions('BytePairTokenizer.train', options, trainingNames);
  const { initialAlphabet = 'all', pattern = GPT2_PATTERN, onProgress, onMerge } = options;
  if (initialAlphabet !== 'all' && initialAlphabet !== 'text') throw new RangeError(`initialAlphabet is ${quote(initialAlphabet)}; expected 'all' or 'text'.`);
  const specialTokens = listSpecialTokens(options.specialTokens);
  for (const token of specialTokens) {
    if (byteAlphabet.includes(token)) throw new RangeError(`The special token ${quote(token)} is also the token of a byte; expected more than one character.`);
  }
  const base = specialTokens.length + byteAlphabet.length;
  const allBytes = initialAlphabet === 'all';
  const vocabSize = allBytes
    ? checkInteger('vocabSize', options.vocabSize, base, `, for ${byteAlphabet.length} bytes and ${specialTokens.length} special tokens`)
    : checkInteger('vocabSize', options.vocabSize, 1);
  const minFrequency = checkInteger('minFrequency', options.minFrequency ?? 2, 1);
  return { specialTokens, vocabSize, minFrequency, preTokenizer: preTokenizerFromPattern(pattern), allBytes, onProgress, onMerge };
}

function* learn(counts: ReadonlyMap<string, number>, settings: Settings): Generator<void, LearnedBytePairs> {
  const { specialTokens, vocabSize, minFrequency, onProgress, onMerge } = settings;
  const words = wordsOf(counts);
  const alphabet = settings.allBytes ? byteAlphabet : alphabetOf(words.bytes);
  const tokens = [...specialTokens, ...alphabet];
  if (tokens.length > vocabSize) {
    throw new RangeError(`vocabSize is ${vocabSize}; expected at least ${tokens.length}, for the ${alphabet.length} bytes of the text and ${specialTokens.length} special tokens.`);
  }
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const byteIds = Int32Array.from(byteToCharacter, (character) => ids.get(character) ?? 0);
  const symbols = Int32Array.from(words.bytes, (byte) => byteIds[byte]);
  const merges = yield* learnMerges({ symbols, ends: words.ends, counts: words.counts, tokens, forbidden: new Set(specialTokens), vocabSize, minFrequency, onProgress, onMerge });
  return { tokens, merges, pattern: settings.preTokenizer.pattern, addedTokens: specialTokens.map((content) => ({ content, special: true })) };
}

/** The characters of all bytes that occur, in code point order. */
function alphabetOf(bytes: Uint8Array): string[] {
  const occurring = new Set(Array.from(new Set(bytes), (byte) => byteToCharacter[byte]));
  return byteAlphabet.filter((character) => occurring.has(character));
}

/** The pieces as one array of bytes, piece after piece. */
function wordsOf(pieces: ReadonlyMap<string, number>): { bytes: Uint8Array; ends: Int32Array; counts: Float64Array } {
  const encoder = new TextEncoder();
  const words = [...pieces.keys()].map((piece) => encoder.encode(piece));
  const bytes = new Uint8Array(words.reduce((sum, word) => sum + word.length, 0));
  const ends = new Int32Array(words.length);
  let end = 0;
  words.forEach((word, i) => {
    bytes.set(word, end);
    ends[i] = end += word.length;
  });
  return { bytes, ends, counts: Float64Array.from(pieces.values()) };
}
