// Measures whether words occur evenly or in bursts. A topic word of a real text is frequent for a while and then absent for long; a word
// drawn without memory occurs at random.
import { measureOf, type Measure } from './measure.js';
import { checkInteger } from './options.js';
import type { Statistic } from './statistic.js';
import { WordAccumulator } from './word-accumulator.js';

export interface BurstinessOptions {
  /** Only words with at least this count are measured: 3 to 1,000,000. Default 20. */
  minimumCount?: number;
  /** Words in a window of the Fano factor: 1 to 10,000,000. Default 1000. */
  window?: number;
}

export interface WordBurstiness {
  readonly word: string;
  readonly count: number;
  /**
   * (s - m) / (s + m), with the mean m and the standard deviation s of the gaps between occurrences: -1 is even, 0 random, towards 1
   * bursty.
   */
  readonly burstiness: number;
  /** The same, corrected for few gaps, which lower `burstiness`: for any number of gaps, 0 is random and 1 the burstiest arrangement. */
  readonly correctedBurstiness: number;
  /**
   * Fano factor: variance / mean of the counts in windows. 1 is random, more is bursty. NaN for a text of fewer than two windows, or a word
   * that is in no full window.
   */
  readonly fano: number;
}

export interface Burstiness {
  /** Unweighted means over the words; NaN if there are none. */
  readonly burstiness: number;
  readonly correctedBurstiness: number;
  readonly fano: number;
  /** The words, most bursty first (by `correctedBurstiness`). */
  readonly words: readonly WordBurstiness[];
  readonly minimumCount: number;
  readonly window: number;
}

interface Occurrences {
  last: number;
  count: number;
  /** Sums over the gaps and their squares. */
  gaps: number;
  squaredGaps: number;
  /** The window of the last occurrence, the count in it, and the sum of squared counts of earlier windows. */
  window: number;
  inWindow: number;
  inFullWindows: number;
  squaredCounts: number;
}

/**
 * Burstiness of the words of a text, by the gaps between their occurrences (in words) and by their counts in windows. Memory: the
 * vocabulary.
 *
 * Sources: K.-I. Goh and A.-L. Barabasi, "Burstiness and memory in complex systems", EPL 81 (2008), equation 1; E.-K. Kim and H.-H. Jo,
 * "Measuring burstiness for finite event sequences", Physical Review E 94 (2016), with the number of gaps for n;
 * U. Fano, "Ionization Yield of Radiations. II", Physical Review 72 (1947).
 *
 * @throws RangeError if an option is out of range
 */
export const burstiness: Measure<BurstinessOptions, Burstiness> = /* @__PURE__ */ measureOf<BurstinessOptions, Burstiness>('burstiness', { minimumCount: true, window: true }, ({ minimumCount = 20, window = 1000 } = {}) => {
  checkInteger('minimumCount', minimumCount, 3, 1_000_000);
  checkInteger('window', window, 1, 10_000_000);
  return new BurstinessAccumulator(minimumCount, window);
});

class BurstinessAccumulator extends WordAccumulator<Burstiness> {
  readonly #words = new Map<string, Occurrences>();
  #position = 0;

  constructor(readonly minimumCount: number, readonly window: number) {
    super();
  }

  protected word(word: string): void {
    const position = this.#position++;
    const window = Math.floor(position / this.window);
    const seen = this.#words.get(word);
    if (!seen) {
      this.#words.set(word, { last: position, count: 1, gaps: 0, squaredGaps: 0, window, inWindow: 1, inFullWindows: 0, squaredCounts: 0 });
      return;
    }
    const gap = position - seen.last;
    seen.last = position;
    seen.count++;
    seen.gaps += gap;
    seen.squaredGaps += gap * gap;
    if (seen.window !== window) closeWindow(seen, window);
    seen.inWindow++;
  }

  protected finish(): Burstiness {
    const windows = Math.floor(this.#position / this.window);
    const words: WordBurstiness[] = [];
    for (const [word, seen] of this.#words) {
      if (seen.count < this.minimumCount) continue;
      // The last window counts only if it is full.
      if (seen.window < windows) closeWindow(seen, windows);
      words.push({ word, count: seen.count, ...ofGaps(seen), fano: fanoFactor(seen, windows) });
    }
    words.sort((a, b) => b.correctedBurstiness - a.correctedBurstiness || b.count - a.count);
    const mean = (key: 'burstiness' | 'correctedBurstiness' | 'fano'): number => {
      const values = words.map((word) => word[key]).filter((value) => !Number.isNaN(value));
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    return { burstiness: mean('burstiness'), correctedBurstiness: mean('correctedBurstiness'), fano: mean('fano'), words, minimumCount: this.minimumCount, window: this.window };
  }
}

function closeWindow(seen: Occurrences, next: number): void {
  seen.inFullWindows += seen.inWindow;
  seen.squaredCounts += seen.inWindow ** 2;
  seen.window = next;
  seen.inWindow = 0;
}

function ofGaps({ count, gaps, squaredGaps }: Occurrences): Pick<WordBurstiness, 'burstiness' | 'correctedBurstiness'> {
  const n = count - 1;
  const mean = gaps / n;
  const variation = Math.sqrt(Math.max(0, squaredGaps / n - mean * mean)) / mean;
  return {
    burstiness: (variation - 1) / (variation + 1),
    correctedBurstiness: (Math.sqrt(n + 1) * variation - Math.sqrt(n - 1)) / ((Math.sqrt(n + 1) - 2) * variation + Math.sqrt(n - 1)),
  };
}

function fanoFactor({ inFullWindows, squaredCounts }: Occurrences, windows: number): number {
  if (windows < 2 || inFullWindows === 0) return NaN;
  const mean = inFullWindows / windows;
  return (squaredCounts / windows - mean * mean) / mean;
}

/** The number of most bursty words in a line of JSON. */
const WORDS_IN_JSON = 20;

export const burstinessStatistic: Statistic<Burstiness> = {
  functions: { burstiness: "Goh and Barabási's B of the gaps between the occurrences of a word, Kim and Jo's correction, Fano factors" },
  measure: () => burstiness.accumulator(),
  figures: ({ minimumCount }) => [
    {
      group: 'words',
      name: { en: 'burstiness', de: 'Klumpung' },
      meaning: {
        en: `whether a word comes in bursts, as topics do, on average over the words that come at least ${minimumCount} times. 1 is the most bursty, 0 is by chance, less is more even.`,
        de: `ob ein Wort in Klumpen kommt wie bei einem Thema, im Durchschnitt der Wörter, die mindestens ${minimumCount}-mal vorkommen. 1 ist am stärksten geklumpt, 0 zufällig, weniger ist gleichmäßiger.`,
      },
      form: { decimals: 2 },
      value: ({ correctedBurstiness }) => correctedBurstiness,
    },
  ],
  inJSON: (result) => ({ ...result, words: result.words.slice(0, WORDS_IN_JSON) }),
};
