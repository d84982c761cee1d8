// Measures how hard an English text is to read, with common formulas.
import { syllable } from 'syllable';
import { measureOf, type Measure } from './measure.js';
import { ShapeAccumulator, type TextShape } from './text-shape.js';

export interface EnglishReadability extends TextShape {
  readonly wordsPerSentence: number;
  readonly syllablesPerWord: number;
  /** Flesch's reading ease: about 0 (very hard) to 100 (very easy), but not limited to this range. NaN without words; so is the other value. */
  readonly fleschReadingEase: number;
  /** Flesch and Kincaid's grade: the American school year in which such a text is understood. */
  readonly fleschKincaidGrade: number;
}

/**
 * Readability of an English text. With SL the words per sentence and SW the syllables per word:
 * ease = 206.835 - 1.015 SL - 84.6 SW; grade = 0.39 SL + 11.8 SW - 15.59.
 * The formulas use only lengths: nonsense of short words is "easy". Syllables are counted by the package `syllable`.
 *
 * Sources: R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948); J. P. Kincaid et al., "Derivation of new
 * readability formulas for Navy enlisted personnel" (1975).
 */
export const englishReadability: Measure<undefined, EnglishReadability> = /* @__PURE__ */ measureOf('englishReadability', {}, () => new ShapeAccumulator(countEnglishSyllables, formulas));

/** Each digit counts as one syllable. */
export const countEnglishSyllables = (word: string): number => Math.max(1, syllable(word) + (word.match(/\p{N}/gu)?.length ?? 0));

function formulas(shape: TextShape): EnglishReadability {
  const wordsPerSentence = shape.words / shape.sentences;
  const syllablesPerWord = shape.syllables / shape.words;
  return {
    ...shape, wordsPerSentence, syllablesPerWord,
    fleschReadingEase: 206.835 - 1.015 * wordsPerSentence - 84.6 * syllablesPerWord,
    fleschKincaidGrade: 0.39 * wordsPerSentence + 11.8 * syllablesPerWord - 15.59,
  };
}
