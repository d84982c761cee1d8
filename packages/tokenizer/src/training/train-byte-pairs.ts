// Learns byte-level BPE from text: counts the pieces, then hands their bytes to the learner of merges.

import { byteAlphabet, byteToCharacter } from '../text/byte-alphabet';
import { quote } from '../text/well-formed';
import { preTokenizerFromPattern } from '../pre-tokenizers/from-pattern';
import { GPT2_PATTERN } from '../pre-tokenizers/gpt2';
import { learnMerges, type TrainingProgress } from './learn-merges';
import { checkInteger, listSpecialTokens, type SpecialTokenOptions } from './options';
import { countPieces, type TrainingTexts } from './texts';

export interface BytePairTrainingOptions extends SpecialTokenOptions {
  /** Tokens wanted in all: special tokens, 256 bytes and merges. Fewer come out when the text has no more pairs to merge. */
  vocabSize: number;
  /** How often a pair has to occur to become a token. Default 2. */
  minFrequency?: number;
  /** The regular expression whose matches are the pieces; no token spans two. Default GPT2_PATTERN. */
  pattern?: string;
  /** Called about a hundred times in the course of the training, the last time when it is done. */
  onProgress?: (progress: TrainingProgress) => void;
}

/** What training finds: the parts of a BytePairTokenizer. */
export interface LearnedBytePairs {
  tokens: string[];
  merges: [string, string][];
  pattern: string;
  addedTokens: { content: string; special: true }[];
}

/**
 * Ids are given in the order of Hugging Face's trainer: special tokens, the byte alphabet by code point, merges as they are learned.
 * @throws {TypeError|RangeError} when the text is empty or an option is missing or out of its range
 */
export function trainBytePairs(texts: TrainingTexts, options: BytePairTrainingOptions): LearnedBytePairs {
  if (options === null || typeof options !== 'object') throw new TypeError(`The training options are ${quote(options)}; expected an object with a vocabSize.`);
  const specialTokens = listSpecialTokens(options.specialTokens);
  for (const token of specialTokens) {
    if (byteAlphabet.includes(token)) throw new RangeError(`The special token ${quote(token)} is also the token of a byte; expected more than one character.`);
  }
  const base = specialTokens.length + byteAlphabet.length;
  const vocabSize = checkInteger('vocabSize', options.vocabSize, base, `, for ${byteAlphabet.length} bytes and ${specialTokens.length} special tokens`);
  const minFrequency = checkInteger('minFrequency', options.minFrequency ?? 2, 1);
  const pattern = options.pattern ?? GPT2_PATTERN;

  const counts = countPieces(texts, preTokenizerFromPattern(pattern));
  const tokens = [...specialTokens, ...byteAlphabet];
  const merges = learnMerges({
    ...wordsOf(counts, tokens),
    tokens,
    forbidden: new Set(specialTokens),
    vocabSize,
    minFrequency,
    onProgress: options.onProgress,
  });
  return { tokens, merges, pattern, addedTokens: specialTokens.map((content) => ({ content, special: true })) };
}

/** The pieces as one row of ids, piece after piece. */
function wordsOf(counts: ReadonlyMap<string, number>, tokens: readonly string[]): { symbols: Int32Array; ends: Int32Array; counts: Float64Array } {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const byteIds = Int32Array.from(byteToCharacter, (character) => ids.get(character) as number);
  const encoder = new TextEncoder();
  const words = [...counts.keys()].map((piece) => encoder.encode(piece));
  const symbols = new Int32Array(words.reduce((sum, bytes) => sum + bytes.length, 0));
  const ends = new Int32Array(words.length);
  let end = 0;
  words.forEach((bytes, word) => {
    for (const byte of bytes) symbols[end++] = byteIds[byte];
    ends[word] = end;
  });
  return { symbols, ends, counts: Float64Array.from(counts.values()) };
}
