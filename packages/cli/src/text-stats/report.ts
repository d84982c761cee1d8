// Measures one text in steps, so that progress can be shown and Ctrl-C works.
import { type Language } from '@kk/corpora';
import { brotli, zlib } from '@kk/corpora/node';
import {
  burstiness, closedPairs, compression, englishReadability, entropyByOrder, germanReadability, heapsFit, repetition, sentenceLengths, typeTokenRatio, verbAgreement, verbatimCopies, wordLengths, zipfFit,
  type Unit, type VerbatimCopies,
} from '@kk/corpora/stats';

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
  /** Called after each of `STEPS` steps. */
  onStep: () => Promise<void>;
}

/** How often `onStep` is called for a text. */
export const STEPS = 14;

export type Report = Awaited<ReturnType<typeof reportOf>>;

// Brotli's best quality is 30 times slower than this and only a few percent smaller.
const BROTLI_QUALITY = 9;

export async function reportOf({ path, text, language }: Source, { unit, maxOrder, reference, onStep }: ReportOptions) {
  const step = async <T>(measure: () => T): Promise<Awaited<T>> => {
    const result = await measure();
    await onStep();
    return result;
  };
  return {
    path, language,
    vocabulary: await step(() => typeTokenRatio(text)),
    zipf: await step(() => zipfFit(text)),
    heaps: await step(() => heapsFit(text)),
    wordLengths: await step(() => wordLengths(text)),
    sentenceLengths: await step(() => sentenceLengths(text)),
    entropy: await step(() => entropyByOrder(text, { unit, maxOrder })),
    zlib: await step(() => compression(text, { compressor: zlib() })),
    brotli: await step(() => compression(text, { compressor: brotli({ quality: BROTLI_QUALITY }) })),
    repetition: await step(() => repetition(text)),
    copies: await step((): VerbatimCopies | undefined => (reference === undefined ? undefined : verbatimCopies(text, { reference }))),
    readability: await step(() => (language === 'de' ? { language, ...germanReadability(text) } : { language, ...englishReadability(text) })),
    agreement: await step(() => verbAgreement(text, { language })),
    pairs: await step(() => closedPairs(text)),
    burstiness: await step(() => burstiness(text)),
  };
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
    entropy: { ...entropy, orders: entropy.orders.map(({ order: ngram, ...figures }) => ({ order: ngram - 1, ngram, ...figures })) },
    repetition: { ...repeated, orders: repeated.orders.map(({ order: ngram, ...figures }) => ({ ngram, ...figures })) },
    wordLengths: { ...words, histogram: [...words.histogram] },
    sentenceLengths: { ...sentences, histogram: [...sentences.histogram] },
    burstiness: { ...bursts, words: bursts.words.slice(0, MOST_BURSTS) },
  };
}
