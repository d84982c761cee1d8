// Measures the lengths of the words of a text.
import { LengthCounts, lengthsInJSON, type LengthDistribution } from './lengths.js';
import { measureOf, type Measure } from './measure.js';
import type { Statistic } from './statistic.js';
import { WordAccumulator } from './word-accumulator.js';

/** The distribution of word lengths, in characters (code points). Memory: one number per length. */
export const wordLengths: Measure<undefined, LengthDistribution> = /* @__PURE__ */ measureOf('wordLengths', {}, () => new WordLengthAccumulator());

class WordLengthAccumulator extends WordAccumulator<LengthDistribution> {
  readonly #lengths = new LengthCounts();

  protected word(word: string): void {
    let length = 0;
    for (let at = 0; at < word.length; at += word.codePointAt(at)! > 0xffff ? 2 : 1) length++;
    this.#lengths.add(length);
  }

  protected finish(): LengthDistribution {
    return this.#lengths.summary();
  }
}

export const wordLengthsStatistic: Statistic<LengthDistribution> = {
  functions: { wordLengths: 'letters a word: mean, deviation, quartiles, histogram' },
  measure: () => wordLengths.accumulator(),
  figures: () => [{ group: 'words', name: { en: 'letters per word', de: 'Buchstaben je Wort' }, form: 'spread', value: (lengths) => lengths }],
  inJSON: lengthsInJSON,
};
