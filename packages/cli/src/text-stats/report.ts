// Measures one text in steps, so that progress can be shown and Ctrl-C works.
import { type Language } from '@kk/corpora';
import { brotli, zlib } from '@kk/corpora/node';
import {
  burstiness, closedPairs, compression, englishReadability, entropyByOrder, germanReadability, heapsFit, repetition, sentenceLengths, typeTokenRatio, verbAgreement, verbatimCopies, wordLengths, zipfFit,
  type Accumulator, type Unit,
} from '@kk/corpora/stats';

import { unitName } from '../options/markov-unit.js';

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

export type Report = Awaited<ReturnType<typeof reportOf>>;

// Brotli's best quality is 30 times slower than this and only a few percent smaller.
const BROTLI_QUALITY = 9;

/** UTF-16 units that a measure takes at once: some hundredths of a second of work. */
const PIECE = 2 ** 17;
/** The share of reading in the work of a measure whose end takes long. */
const READING = 0.15;
/** How long the entropies take, in the time of one of the other measures. */
const ENTROPY_WORK: Readonly<Record<Unit, number>> = { character: 9, word: 2 };
const OTHER_MEASURES = 13;

export async function reportOf({ path, text, language }: Source, { unit, maxOrder, reference, onProgress }: ReportOptions) {
  const whole = OTHER_MEASURES + ENTROPY_WORK[unit];
  let done = 0;
  /** Carries out one measure; `amount` is its share of the work, in the time of most measures. */
  const step = async <T>(measure: (tell: Tell) => Promise<T>, amount = 1): Promise<T> => {
    const result = await measure((share) => onProgress((done + share * amount) / whole));
    done += amount;
    await onProgress(done / whole);
    return result;
  };
  const of = <T>(accumulator: Accumulator<T>, amount?: number): Promise<T> => step((tell) => measured(accumulator, text, tell), amount);
  return {
    path, language,
    vocabulary: await of(typeTokenRatio.accumulator()),
    zipf: await of(zipfFit.accumulator()),
    heaps: await of(heapsFit.accumulator()),
    wordLengths: await of(wordLengths.accumulator()),
    sentenceLengths: await of(sentenceLengths.accumulator()),
    entropy: await of(entropyByOrder.accumulator({ unit, maxOrder }), ENTROPY_WORK[unit]),
    zlib: await step((tell) => compression(pieces(text, tell), { compressor: zlib() })),
    brotli: await step((tell) => compression(pieces(text, tell), { compressor: brotli({ quality: BROTLI_QUALITY }) })),
    repetition: await of(repetition.accumulator()),
    copies: reference === undefined ? undefined : await of(verbatimCopies.accumulator({ reference })),
    readability: language === 'de' ? { language, ...(await of(germanReadability.accumulator())) } : { language, ...(await of(englishReadability.accumulator())) },
    agreement: await of(verbAgreement.accumulator({ language })),
    pairs: await of(closedPairs.accumulator()),
    burstiness: await of(burstiness.accumulator()),
  };
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

/** The number of most bursty words in the JSON output. */
const MOST_BURSTS = 20;

/**
 * A report as JSON: without long lists, and with Maps as pairs. `order` is the number of units that are looked back on, as in all verbs;
 * `ngram` is the length of n-grams in units.
 */
export function reportToJSON(report: Report): object {
  const { zipf, heaps, entropy, repetition: repeated, burstiness: bursts, wordLengths: words, sentenceLengths: sentences } = report;
  const { exponent, standardError, distance, divergence } = zipf;
  const { exponent: heapsExponent, factor, rSquared } = heaps;
  return {
    ...report,
    zipf: { exponent, standardError, distance, divergence },
    heaps: { exponent: heapsExponent, factor, rSquared },
    entropy: { ...entropy, unit: unitName(entropy.unit), orders: entropy.orders.map(({ order: ngram, ...figures }) => ({ order: ngram - 1, ngram, ...figures })) },
    copies: report.copies ?? null,
    repetition: { ...repeated, orders: repeated.orders.map(({ order: ngram, ...figures }) => ({ ngram, ...figures })) },
    wordLengths: { ...words, histogram: [...words.histogram] },
    sentenceLengths: { ...sentences, histogram: [...sentences.histogram] },
    burstiness: { ...bursts, words: bursts.words.slice(0, MOST_BURSTS) },
  };
}
