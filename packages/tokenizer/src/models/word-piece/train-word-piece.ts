// Trains WordPiece as Hugging Face does: byte-pair encoding over characters, where a character inside a word is another symbol than the
// same one at its beginning. (Google's own trainer was never published.)

import { compareByCodePoint } from '../../text/code-point-order.js';
import { learnMerges } from '../bpe/training/learn-merges.js';
import type { TrainingProgress } from '../../training/progress.js';
import { checkInteger } from '../../core/check-integer.js';

export interface WordPieceSettings {
  /** The wanted number of tokens. */
  vocabSize: number;
  minFrequency: number;
  /** The first tokens, in this order. */
  specialTokens: readonly string[];
  /** Characters that become tokens even if the words lack them. */
  initialAlphabet: readonly string[];
  /** The prefix of tokens inside a word. */
  prefix: string;
  onProgress?: (progress: TrainingProgress) => void;
}

/** Marks a symbol as the beginning of a word during training; words do not contain this character. */
const BEGINNING = '\uFFFF';

/** @returns the tokens by id: special tokens, characters by code point, characters inside words, then the learned tokens */
export function* learnWordPiece(words: ReadonlyMap<string, number>, settings: WordPieceSettings): Generator<void, string[]> {
  const { specialTokens, prefix, vocabSize, minFrequency, onProgress } = settings;
  const split = [...words.keys()].map((word) => [...word]);
  const alphabet = sorted([...settings.initialAlphabet, ...split.flat()]).filter((character) => !specialTokens.includes(character));
  const inside = sorted(split.flatMap((characters) => characters.slice(1)));
  const tokens = [...specialTokens.map((token) => BEGINNING + token), ...alphabet.map((character) => BEGINNING + character), ...inside];
  checkInteger('vocabSize', vocabSize, tokens.length, `, for ${specialTokens.length} special tokens and the ${tokens.length - specialTokens.length} characters of the text at the beginning and inside of words`);
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const symbols = split.flatMap((characters) => characters.map((character, i) => ids.get(i === 0 ? BEGINNING + character : character) as number));
  let end = 0;
  yield* learnMerges({
    symbols: Int32Array.from(symbols),
    ends: Int32Array.from(split, (characters) => (end += characters.length)),
    counts: Float64Array.from(words.values()),
    tokens,
    forbidden: new Set(specialTokens.map((token) => BEGINNING + token)),
    vocabSize,
    minFrequency,
    onProgress,
  });
  return tokens.map((token) => (token.startsWith(BEGINNING) ? token.slice(BEGINNING.length) : prefix + token));
}

function sorted(characters: readonly string[]): string[] {
  return [...new Set(characters)].sort(compareByCodePoint);
}
