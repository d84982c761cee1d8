// Zipf's law: the frequency of the word of rank r is proportional to r to the power of -s.
import { measureOf, type Measure } from './measure.js';
import type { Statistic } from './statistic.js';
import { WordAccumulator, WordCounts } from './word-accumulator.js';

export interface ZipfFit {
  readonly tokens: number;
  readonly types: number;
  /** s; near 1 in natural texts. NaN for a text of fewer than two different words. */
  readonly exponent: number;
  /** Standard error of s from the curvature of the likelihood, assuming independent words: a lower bound. */
  readonly standardError: number;
  /**
   * Goodness of fit: the largest difference between the cumulative distributions of the text and of the law, from 0 (perfect) to 1
   * (Kolmogorov-Smirnov).
   */
  readonly distance: number;
  /** Goodness of fit: the Kullback-Leibler divergence of the law from the text, in bits per word; 0 is perfect. */
  readonly divergence: number;
  /** The counts of the words, most frequent first: frequencies[r - 1] belongs to rank r. */
  readonly frequencies: readonly number[];
}

/**
 * Zipf's exponent by maximum likelihood over the ranks 1 to V of the words of the text (V is the number of different words), where p(r) =
 * r^-s / sum of q^-s for q = 1 to V. A regression line through the logarithms is not used, because it gives the many rare words nearly all
 * of the weight. Ranks and frequencies come from the same words, which makes the fit at rare words look better than it is (Piantadosi).
 * Memory: the vocabulary.
 *
 * Sources: M. Goldstein, S. Morris and G. Yen, "Problems with fitting to the power-law distribution", European Physical Journal B 41 (2004);
 * S. Piantadosi, "Zipf's word frequency law in natural language", Psychonomic Bulletin & Review 21 (2014).
 */
export const zipfFit: Measure<undefined, ZipfFit> = /* @__PURE__ */ measureOf('zipfFit', {}, () => new ZipfAccumulator());

class ZipfAccumulator extends WordAccumulator<ZipfFit> {
  readonly #words = new WordCounts();

  protected word(word: string): void {
    this.#words.add(word);
  }

  protected finish(): ZipfFit {
    const frequencies = [...this.#words.counts.values()].sort((a, b) => b - a);
    return { tokens: this.#words.total, types: frequencies.length, ...fit(frequencies, this.#words.total), frequencies };
  }
}

/** Above this exponent, rank 2 has practically no probability, so exponents cannot be distinguished. */
const LARGEST_EXPONENT = 50;

function fit(frequencies: readonly number[], tokens: number): Pick<ZipfFit, 'exponent' | 'standardError' | 'distance' | 'divergence'> {
  if (frequencies.length < 2) return { exponent: NaN, standardError: NaN, distance: NaN, divergence: NaN };
  const logRanks = Float64Array.from(frequencies, (_, at) => Math.log(at + 1));
  const target = frequencies.reduce((sum, frequency, at) => sum + frequency * logRanks[at], 0) / tokens;
  // The likelihood is highest where the mean of ln r under the law equals that of the text. This mean falls with s, so bisection finds the
  // exponent.
  let low = 0;
  let high = LARGEST_EXPONENT;
  for (let step = 0; step < 100 && high - low > 1e-12; step++) {
    const middle = (low + high) / 2;
    if (moments(logRanks, middle).mean > target) low = middle;
    else high = middle;
  }
  const exponent = (low + high) / 2;
  const { variance, logSum } = moments(logRanks, exponent);
  let distance = 0;
  let divergence = 0;
  let ofText = 0;
  let ofLaw = 0;
  frequencies.forEach((frequency, at) => {
    const logProbability = -exponent * logRanks[at] - logSum;
    const share = frequency / tokens;
    ofText += share;
    ofLaw += Math.exp(logProbability);
    distance = Math.max(distance, Math.abs(ofText - ofLaw));
    divergence += share * (Math.log(share) - logProbability);
  });
  return { exponent, standardError: 1 / Math.sqrt(tokens * variance), distance, divergence: Math.max(0, divergence / Math.LN2) };
}

/** Mean and variance of ln r under the law, and the logarithm of its normalising sum. */
function moments(logRanks: Float64Array, exponent: number): { mean: number; variance: number; logSum: number } {
  let sum = 0;
  let first = 0;
  let second = 0;
  for (const logRank of logRanks) {
    const weight = Math.exp(-exponent * logRank);
    sum += weight;
    first += weight * logRank;
    second += weight * logRank * logRank;
  }
  const mean = first / sum;
  return { mean, variance: second / sum - mean * mean, logSum: Math.log(sum) };
}

export const zipfStatistic: Statistic<ZipfFit> = {
  functions: { zipfFit: "Zipf's exponent by maximum likelihood over ranks, its standard error, Kolmogorov-Smirnov distance and divergence" },
  measure: () => zipfFit.accumulator(),
  figures: () => [
    {
      group: 'words',
      name: { en: 'Zipf exponent', de: 'Zipf-Exponent' },
      meaning: {
        en: 'how steeply frequency falls from the most frequent word to the rare ones. Near 1 in natural texts.',
        de: 'wie steil die Häufigkeit vom häufigsten Wort zu den seltenen abfällt. In natürlichen Texten nahe 1.',
      },
      form: { decimals: 2 },
      value: ({ exponent }) => exponent,
    },
    {
      group: 'words',
      name: { en: 'distance from Zipf', de: 'Abstand von Zipf' },
      meaning: {
        en: "how far the frequencies of the words are from Zipf's law (the curve of that exponent). 0 is exactly on it, 1 is the farthest.",
        de: 'wie weit die Häufigkeiten der Wörter vom Zipfschen Gesetz (der Kurve mit diesem Exponenten) entfernt sind. 0 ist genau darauf, 1 am weitesten.',
      },
      form: { decimals: 3 },
      value: ({ distance }) => distance,
    },
  ],
  inJSON: ({ exponent, standardError, distance, divergence }) => ({ exponent, standardError, distance, divergence }),
};
