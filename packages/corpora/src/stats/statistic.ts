// What a statistic says of itself, so that a program can measure and show all of them without knowing any: `kk text stats` is one.
import type { Language } from '../language-names.js';
import type { Compressor } from './compression.js';
import type { Accumulator } from './measure.js';
import type { Unit } from './units.js';

/** Words in each language. */
export type InLanguages = Readonly<Record<Language, string>>;

/** What the statistics of one text need to know. */
export interface StatisticSettings {
  /** The language of the text. */
  language: Language;
  /** The unit of the entropies. */
  unit: Unit;
  /** The length of the longest n-grams of the entropies, in units: 1 to 64. */
  maxOrder: number;
  /** The text that this one may have copied from. Without it, nothing is compared. */
  reference?: string;
  /** They run in Node only, so they are given: `zlib()` and `brotli()` of @kk/corpora/node, or others. */
  compressors: Readonly<Record<'zlib' | 'brotli', Compressor>>;
}

/** What figures stand together. */
export type FigureGroup = 'size' | 'words' | 'entropy' | 'repetition' | 'coherence' | 'reading';

/** How a figure is written: a whole number, a percentage of a share from 0 to 1, or decimals, where a number below `least` is shown as "< least". */
export type FigureForm = 'integer' | 'percent' | { readonly decimals: number; readonly least?: number };

/** One row of a table that compares texts. */
export type Figure<Result> = {
  readonly group: FigureGroup;
  /** At most 22 characters, so that two texts fit beside it. */
  readonly name: InLanguages;
  /** What the figure means, in a sentence or two for readers who do not know the term. Left out where the name says it. */
  readonly meaning?: InLanguages;
  /** Whether the value says more about the length of the text than about the text. */
  isDoubtful?(result: Result): boolean;
} & (
  | {
      readonly form: FigureForm;
      /** NaN if it does not exist. */
      value(result: Result): number;
    }
  | {
      /** A mean with its standard deviation. */
      readonly form: 'spread';
      value(result: Result): { readonly mean: number; readonly standardDeviation: number };
    }
);

/** A statistic: the functions that measure it, and how it is shown. */
export interface Statistic<Result> {
  /** What each function gives, by its name, in English with Markdown: the rows of the README's table. */
  readonly functions: Readonly<Record<string, string>>;
  /** How long it takes, in the time of most others. Default 1. */
  work?(settings: StatisticSettings): number;
  /**
   * Begins to measure a text: an accumulator to feed, or a function that takes the whole text in pieces. undefined if the settings lack what
   * it needs. Left out where the functions are only for those who ask.
   */
  measure?(settings: StatisticSettings): Accumulator<Result> | ((chunks: AsyncIterable<string>) => Promise<Result>) | undefined;
  /** The figures to show. The result is that of the first text: of it may depend which there are, and their names. None if left out. */
  figures?(result: Result): readonly Figure<Result>[];
  /** What all its figures mean together; it stands with the heading of their group. */
  meaning?(result: Result): InLanguages;
  /** A remark below the figures. */
  note?(result: Result): InLanguages | undefined;
  /** The result without long lists, for a line of JSON. Default: the result. */
  inJSON?(result: Result): object;
}
