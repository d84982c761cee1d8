// Learns WordPiece from words as Hugging Face does: byte-pair encoding over characters, in which those inside of a word are other
// symbols than those at its beginning. (Google's own trainer was never published.)

import { compareByCodePoint } from '../text/code-point-order.js';
import { learnMerges, type TrainingProgress } from './learn-merges.js';
import { checkInteger } from './options.js';

export interface WordPieceSettings {
  /** The tokens wanted in all. */
  vocabSize: number;
  minFrequency: number;
  /** The first tokens, in this order. */
  specialTokens: readonly string[];
  /** Characters that are tokens even where the words do not hold them. */
  initialAlphabet: readonly string[];
  /** What tokens inside of a word begin with. */
  prefix: string;
  onProgress?: (progress: TrainingProgress) => void;
}

/** Marks a symbol as the beginning of a word while merges are learned; words hold no such character. */
const BEGINNING = '\uFFFF';

/** @returns the tokens by id: special ones, the characters by code point, those inside of words, then what was learned */
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
