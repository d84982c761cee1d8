// Measures how rich the vocabulary of a text is: different words per word.
import { measureOf, type Measure } from './measure.js';
import { checkInteger } from './options.js';
import type { Statistic } from './statistic.js';
import { WordAccumulator, WordCounts } from './word-accumulator.js';

export interface TypeTokenRatioOptions {
  /** The size of the moving window in words: 1 to 1,000,000. Default 500. */
  window?: number;
}

export interface TypeTokenRatio {
  /** Words. */
  readonly tokens: number;
  /** Different words. */
  readonly types: number;
  /** Words that occur once. */
  readonly hapaxes: number;
  /**
   * types / tokens, from 0 to 1. It falls with the length of a text: compare only texts of equal length, or use `movingAverage`. NaN
   * without words.
   */
  readonly ratio: number;
  /** The mean of types / tokens over all windows of `window` words. NaN for a text that is shorter than one window. */
  readonly movingAverage: number;
  readonly window: number;
}

/**
 * Type-token ratio, plain and as a moving average over windows (MATTR), which does not depend on the length of the text.
 * Memory: the vocabulary and one window.
 *
 * Source: M. Covington and J. McFall, "Cutting the Gordian Knot: The Moving-Average Type-Token Ratio (MATTR)", Journal of Quantitative
 * Linguistics 17 (2010).
 *
 * @throws RangeError if `window` is out of range
 */
export const typeTokenRatio: Measure<TypeTokenRatioOptions, TypeTokenRatio> = /* @__PURE__ */ measureOf<TypeTokenRatioOptions, TypeTokenRatio>('typeTokenRatio', { window: true }, ({ window = 500 } = {}) => {
  checkInteger('window', window, 1, 1_000_000);
  return new TypeTokenRatioAccumulator(window);
});

class TypeTokenRatioAccumulator extends WordAccumulator<TypeTokenRatio> {
  readonly #all = new WordCounts();
  /** The last `window` words, in a ring. */
  readonly #ring: string[] = [];
  readonly #inWindow = new Map<string, number>();
  #sum = 0;

  constructor(readonly window: number) {
    super();
  }

  protected word(word: string): void {
    const at = this.#all.total % this.window;
    this.#all.add(word);
    const leaving = this.#ring[at];
    if (leaving !== undefined) {
      const left = this.#inWindow.get(leaving)! - 1;
      if (left === 0) this.#inWindow.delete(leaving);
      else this.#inWindow.set(leaving, left);
    }
    this.#ring[at] = word;
    this.#inWindow.set(word, (this.#inWindow.get(word) ?? 0) + 1);
    if (this.#all.total >= this.window) this.#sum += this.#inWindow.size;
  }

  protected finish(): TypeTokenRatio {
    const { counts, total: tokens } = this.#all;
    const windows = tokens - this.window + 1;
    let hapaxes = 0;
    for (const count of counts.values()) if (count === 1) hapaxes++;
    return {
      tokens, hapaxes,
      types: counts.size,
      ratio: counts.size / tokens,
      movingAverage: windows > 0 ? this.#sum / windows / this.window : NaN,
      window: this.window,
    };
  }
}

export const vocabularyStatistic: Statistic<TypeTokenRatio> = {
  functions: { typeTokenRatio: 'words, different words, words that occur once; their ratio, and its moving average (MATTR), which does not depend on the length' },
  measure: () => typeTokenRatio.accumulator(),
  figures: ({ window }) => [
    { group: 'size', name: { en: 'words', de: 'Wörter' }, form: 'integer', value: ({ tokens }) => tokens },
    { group: 'size', name: { en: 'different words', de: 'verschiedene Wörter' }, form: 'integer', value: ({ types }) => types },
    {
      group: 'words',
      name: { en: `variety in ${window} words`, de: `Vielfalt je ${window} Wörter` },
      meaning: {
        en: `how many of ${window} words in a row are different, as a share, on average. 1 means no word twice.`,
        de: `welcher Anteil von ${window} Wörtern in Folge verschieden ist, im Durchschnitt. 1 heißt: kein Wort zweimal.`,
      },
      form: { decimals: 3 },
      value: ({ movingAverage }) => movingAverage,
    },
  ],
};
