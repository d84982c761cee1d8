// Heaps' law: after n words a text has used about K n^b different ones.
import { measureOf, type Measure } from './measure.js';
import type { Statistic } from './statistic.js';
import { WordAccumulator, WordCounts } from './word-accumulator.js';

/** The number of different words after a number of words. */
export interface VocabularyPoint {
  readonly tokens: number;
  readonly types: number;
}

export interface HeapsFit {
  /** b; 0.4 to 0.8 in natural texts, 1 if every word is new. NaN for a text of fewer than three points (about 13 words). */
  readonly exponent: number;
  /** K. */
  readonly factor: number;
  /** Share of the variance of ln types that the line explains, from 0 to 1. */
  readonly rSquared: number;
  /** The fitted points: from 10 words on, 20 points per decade, and the end of the text. */
  readonly points: readonly VocabularyPoint[];
}

const FIRST_POINT = 10;
const POINTS_PER_DECADE = 20;

/**
 * Fits Heaps' law by least squares of ln types over ln tokens. The points are evenly spaced in ln tokens, so that the beginning and the end
 * of the text have the same weight. Memory: the vocabulary.
 *
 * Source: H. S. Heaps, "Information Retrieval: Computational and Theoretical Aspects" (1978), section 7.5.
 */
export const heapsFit: Measure<undefined, HeapsFit> = /* @__PURE__ */ measureOf('heapsFit', {}, () => new HeapsAccumulator());

class HeapsAccumulator extends WordAccumulator<HeapsFit> {
  readonly #words = new WordCounts();
  readonly #points: VocabularyPoint[] = [];
  #next = FIRST_POINT;
  #step = 0;

  protected word(word: string): void {
    this.#words.add(word);
    if (this.#words.total < this.#next) return;
    this.#mark();
    while (this.#next <= this.#words.total) this.#next = Math.round(FIRST_POINT * 10 ** (++this.#step / POINTS_PER_DECADE));
  }

  protected finish(): HeapsFit {
    if (this.#words.total >= FIRST_POINT && this.#points.at(-1)?.tokens !== this.#words.total) this.#mark();
    return { ...fitLine(this.#points), points: this.#points };
  }

  #mark(): void {
    this.#points.push({ tokens: this.#words.total, types: this.#words.counts.size });
  }
}

function fitLine(points: readonly VocabularyPoint[]): Omit<HeapsFit, 'points'> {
  if (points.length < 3) return { exponent: NaN, factor: NaN, rSquared: NaN };
  const x = points.map(({ tokens }) => Math.log(tokens));
  const y = points.map(({ types }) => Math.log(types));
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let xx = 0;
  let xy = 0;
  let yy = 0;
  x.forEach((value, at) => {
    xx += (value - meanX) ** 2;
    xy += (value - meanX) * (y[at] - meanY);
    yy += (y[at] - meanY) ** 2;
  });
  const exponent = xy / xx;
  // A vocabulary that does not grow lies exactly on a horizontal line.
  return { exponent, factor: Math.exp(meanY - exponent * meanX), rSquared: yy === 0 ? 1 : (xy * xy) / (xx * yy) };
}

export const heapsStatistic: Statistic<HeapsFit> = {
  functions: { heapsFit: "Heaps' exponent and factor by least squares at logarithmic points, with R²" },
  measure: () => heapsFit.accumulator(),
  figures: () => [
    {
      group: 'words',
      name: { en: 'Heaps exponent', de: 'Heaps-Exponent' },
      meaning: {
        en: 'how fast new words come as the text goes on. 1 means every word is new; natural texts have 0.4 to 0.8.',
        de: 'wie schnell neue Wörter dazukommen. 1 heißt: jedes Wort ist neu; natürliche Texte haben 0,4 bis 0,8.',
      },
      form: { decimals: 2 },
      value: ({ exponent }) => exponent,
    },
  ],
  inJSON: ({ exponent, factor, rSquared }) => ({ exponent, factor, rSquared }),
};
