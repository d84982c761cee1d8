// @kk/corpora/stats: measures of texts that distinguish real ones from nonsense. One function per file; all of them run in browsers.
//
// This is also the table of all statistics. A new one has its file beside this one, a test, and here its export and its row. From the row follow
// its figures in `kk text stats`, and its rows in the READMEs: CONTRIBUTING.md says how they are written anew.
import { burstinessStatistic } from './burstiness.js';
import { pairsStatistic } from './closed-pairs.js';
import { brotliStatistic, zlibStatistic } from './compression.js';
import { entropyStatistic } from './entropy-by-order.js';
import { heapsStatistic } from './heaps-fit.js';
import { readabilityStatistic } from './readability.js';
import { repetitionStatistic } from './repetition.js';
import { sentenceLengthsStatistic } from './sentence-lengths.js';
import { distanceStatistic } from './text-distance.js';
import { vocabularyStatistic } from './type-token-ratio.js';
import { copiesStatistic } from './verbatim-copies.js';
import { agreementStatistic } from './verb-agreement.js';
import { wordLengthsStatistic } from './word-lengths.js';
import { zipfStatistic } from './zipf-fit.js';

export { burstiness, type Burstiness, type BurstinessOptions, type WordBurstiness } from './burstiness.js';
export { closedPairs, type ClosedPairs, type PairCounts, type PairKind } from './closed-pairs.js';
export { compression, deflate, type Compression, type CompressionOptions, type Compressor } from './compression.js';
export { entropyByOrder, type Entropy, type EntropyOptions, type OrderEntropy } from './entropy-by-order.js';
export { heapsFit, type HeapsFit, type VocabularyPoint } from './heaps-fit.js';
export { type LengthDistribution } from './lengths.js';
export type { Steps } from '@kk/markov';
export { measureAll, type Accumulator, type Measure, type Results, type TextChunks } from './measure.js';
export { type Readability } from './readability.js';
export { englishReadability, type EnglishReadability } from './readability-english.js';
export { germanReadability, type GermanReadability } from './readability-german.js';
export { repetition, type RepeatedStretch, type Repetition, type RepetitionOptions, type RepetitionRate } from './repetition.js';
export { sentenceLengths } from './sentence-lengths.js';
export { type Figure, type FigureForm, type FigureGroup, type InLanguages, type Statistic, type StatisticSettings } from './statistic.js';
export { textDistance, type DistanceAtOrder, type TextDistance, type TextDistanceOptions } from './text-distance.js';
export { type TextShape } from './text-shape.js';
export { typeTokenRatio, type TypeTokenRatio, type TypeTokenRatioOptions } from './type-token-ratio.js';
export { type Unit } from './units.js';
export { verbatimCopies, type CopiedNgrams, type CopiedRun, type VerbatimCopies, type VerbatimCopiesOptions } from './verbatim-copies.js';
export { wordLengths } from './word-lengths.js';
export { zipfFit, type ZipfFit } from './zipf-fit.js';
export { verbAgreement, type AgreementAtDistance, type Disagreement, type VerbAgreement, type VerbAgreementOptions } from './verb-agreement.js';

/**
 * All statistics, by their names in a report such as that of `kk text stats --json`, in the order in which they are shown: the functions of each,
 * how to measure a text by it, and its figures with names and meanings in German and English.
 */
export const statistics = {
  vocabulary: vocabularyStatistic,
  zipf: zipfStatistic,
  heaps: heapsStatistic,
  wordLengths: wordLengthsStatistic,
  sentenceLengths: sentenceLengthsStatistic,
  burstiness: burstinessStatistic,
  entropy: entropyStatistic,
  zlib: zlibStatistic,
  brotli: brotliStatistic,
  repetition: repetitionStatistic,
  copies: copiesStatistic,
  distance: distanceStatistic,
  pairs: pairsStatistic,
  agreement: agreementStatistic,
  readability: readabilityStatistic,
} as const;
