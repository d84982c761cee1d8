// Measures one text by all statistics in steps, so that progress can be shown and Ctrl-C works.
import type { Language } from '@kk/corpora';
import { brotli, zlib } from '@kk/corpora/node';
import { statistics, type Accumulator, type Statistic, type StatisticSettings, type Unit } from '@kk/corpora/stats';

export interface Source {
  /** Full path. */
  path: string;
  text: string;
  language: Language;
}

export interface ReportOptions {
  /** The unit of the entropies. */
  unit: Unit;
  /** The length of the longest n-grams of the entropies. */
  maxOrder: number;
  /** The text that the others may have copied from. */
  reference: string | undefined;
  /** Called some times a second with the share of the work that is done, 0 to 1. It may throw to stop. */
  onProgress: (share: number) => Promise<void>;
}

type ResultOf<One> = One extends Statistic<infer Result> ? Result : never;

/** What all statistics gave, by name; undefined where there was nothing to measure. */
export type Results = { readonly [Name in keyof typeof statistics]?: ResultOf<(typeof statistics)[Name]> };

export interface Report {
  readonly path: string;
  readonly language: Language;
  /** The number of code points. */
  readonly characters: number;
  readonly results: Results;
}

// Brotli's best quality is 30 times slower than this and only a few percent smaller.
const BROTLI_QUALITY = 9;

/** UTF-16 units that a measure takes at once: some hundredths of a second of work. */
const PIECE = 2 ** 17;
/** The share of reading in the work of a measure whose end takes long. */
const READING = 0.15;

export async function reportOf({ path, text, language }: Source, { unit, maxOrder, reference, onProgress }: ReportOptions): Promise<Report> {
  const settings: StatisticSettings = { language, unit, maxOrder, reference, compressors: { zlib: zlib(), brotli: brotli({ quality: BROTLI_QUALITY }) } };
  const measures = allStatistics.flatMap(([name, statistic]) => {
    const measure = statistic.measure?.(settings);
    return measure === undefined ? [] : [{ name, measure, work: statistic.work?.(settings) ?? 1 }];
  });
  const whole = measures.reduce((sum, { work }) => sum + work, 0);
  const results: Record<string, unknown> = {};
  let done = 0;
  for (const { name, measure, work } of measures) {
    const tell: Tell = (share) => onProgress((done + share * work) / whole);
    results[name] = typeof measure === 'function' ? await measure(pieces(text, tell)) : await measured(measure, text, tell);
    done += work;
    await onProgress(done / whole);
  }
  return { path, language, characters: charactersIn(text), results: results as Results };
}

/** The statistics with their names, in the order in which they are shown. */
export const allStatistics: readonly (readonly [name: string, statistic: Statistic<unknown>])[] = Object.entries(statistics);

function charactersIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) count++;
  return count;
}

/** Takes the share of a measure that is done, 0 to 1. */
type Tell = (share: number) => Promise<void>;

async function measured<T>(accumulator: Accumulator<T>, text: string, tell: Tell): Promise<T> {
  const reading = accumulator.resultInSteps ? READING : 1;
  for await (const piece of pieces(text, (share) => tell(share * reading))) accumulator.add(piece);
  if (!accumulator.resultInSteps) return accumulator.result();
  const steps = accumulator.resultInSteps();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await tell(reading + (1 - reading) * step.value);
  }
}

/** The text in pieces; tells after each that it was used. */
async function* pieces(text: string, tell: Tell): AsyncGenerator<string, void, undefined> {
  for (let at = 0; at < text.length; at += PIECE) {
    yield text.slice(at, at + PIECE);
    await tell(Math.min(1, (at + PIECE) / text.length));
  }
}

/** A report as JSON: without long lists, and null for what there was nothing to measure of. */
export function reportToJSON({ path, language, results }: Report): object {
  const measured = allStatistics.filter(([, { measure }]) => measure !== undefined);
  const values = measured.map(([name, { inJSON }]) => {
    const result = results[name as keyof Results];
    return [name, result === undefined ? null : (inJSON?.(result) ?? result)] as const;
  });
  return { path, language, ...Object.fromEntries(values) };
}
