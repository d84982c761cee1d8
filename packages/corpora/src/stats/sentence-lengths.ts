// Measures the lengths of the sentences of a text.
import { LengthCounts, lengthsInJSON, type LengthDistribution } from './lengths.js';
import { measureOf, type Accumulator, type Measure } from './measure.js';
import { SentenceReader } from './sentences.js';
import type { Statistic } from './statistic.js';
import { wordsOf } from './words.js';

/** The distribution of sentence lengths, in words. A sentence without words, such as a line of stars, does not count. */
export const sentenceLengths: Measure<undefined, LengthDistribution> = /* @__PURE__ */ measureOf('sentenceLengths', {}, () => new SentenceLengthAccumulator());

class SentenceLengthAccumulator implements Accumulator<LengthDistribution> {
  readonly #sentences = new SentenceReader();
  readonly #lengths = new LengthCounts();

  add(chunk: string): void {
    this.#count(this.#sentences.add(chunk));
  }

  result(): LengthDistribution {
    this.#count(this.#sentences.rest());
    return this.#lengths.summary();
  }

  #count(sentences: readonly string[]): void {
    for (const sentence of sentences) {
      const { length } = wordsOf(sentence);
      if (length > 0) this.#lengths.add(length);
    }
  }
}

export const sentenceLengthsStatistic: Statistic<LengthDistribution> = {
  functions: { sentenceLengths: 'words a sentence: mean, deviation, quartiles, histogram' },
  measure: () => sentenceLengths.accumulator(),
  figures: () => [{ group: 'words', name: { en: 'words per sentence', de: 'Wörter je Satz' }, form: 'spread', value: (lengths) => lengths }],
  inJSON: lengthsInJSON,
};
