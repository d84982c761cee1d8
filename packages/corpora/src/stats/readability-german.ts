// Measures how hard a German text is to read, with common formulas.
import { measureOf, type Measure } from './measure.js';
import { countGermanSyllables } from './syllables-german.js';
import { ShapeAccumulator, type TextShape } from './text-shape.js';

export interface GermanReadability extends TextShape {
  readonly wordsPerSentence: number;
  readonly syllablesPerWord: number;
  /**
   * Flesch's reading ease in Amstad's version: about 0 (very hard) to 100 (very easy), but not limited to this range. NaN without words; so
   * are the others.
   */
  readonly fleschAmstad: number;
  /**
   * The four Wiener Sachtextformeln: the school year in which such a text is understood, about 4 to 15. The first uses all four features,
   * the last only two.
   */
  readonly wienerSachtextformel: readonly [number, number, number, number];
}

/**
 * Readability of a German text. With MS, ES and IW the percentages of words of three and more syllables, of one syllable and of more than six letters,
 * SL the words per sentence and SW the syllables per word:
 * Amstad = 180 - SL - 58.5 SW;
 * WSTF 1 = 0.1935 MS + 0.1672 SL + 0.1297 IW - 0.0327 ES - 0.875;
 * WSTF 2 = 0.2007 MS + 0.1682 SL + 0.1373 IW - 2.779;
 * WSTF 3 = 0.2963 MS + 0.1905 SL - 1.1144;
 * WSTF 4 = 0.2744 MS + 0.2656 SL - 1.693.
 * They were made for factual texts and use only lengths: nonsense of short words is "easy".
 *
 * Sources: T. Amstad, "Wie verständlich sind unsere Zeitungen?" (1978); R. Bamberger and E. Vanecek, "Lesen - Verstehen - Lernen - Schreiben" (1984).
 */
export const germanReadability: Measure<undefined, GermanReadability> = /* @__PURE__ */ measureOf('germanReadability', {}, () => new ShapeAccumulator(countGermanSyllables, formulas));

function formulas(shape: TextShape): GermanReadability {
  const { words } = shape;
  const [ms, es, iw] = [shape.polysyllables, shape.monosyllables, shape.longWords].map((count) => (100 * count) / words);
  const sl = words / shape.sentences;
  const sw = shape.syllables / words;
  return {
    ...shape,
    wordsPerSentence: sl,
    syllablesPerWord: sw,
    fleschAmstad: 180 - sl - 58.5 * sw,
    wienerSachtextformel: [
      0.1935 * ms + 0.1672 * sl + 0.1297 * iw - 0.0327 * es - 0.875,
      0.2007 * ms + 0.1682 * sl + 0.1373 * iw - 2.779,
      0.2963 * ms + 0.1905 * sl - 1.1144,
      0.2744 * ms + 0.2656 * sl - 1.693,
    ],
  };
}
