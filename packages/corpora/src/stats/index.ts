// @kk/corpora/stats: measures of texts that distinguish real ones from nonsense. One function per file; all of them run in browsers.

export { burstiness, type Burstiness, type BurstinessOptions, type WordBurstiness } from './burstiness.js';
export { closedPairs, type ClosedPairs, type PairCounts, type PairKind } from './closed-pairs.js';
export { compression, deflate, type Compression, type CompressionOptions, type Compressor } from './compression.js';
export { entropyByOrder, type Entropy, type EntropyOptions, type OrderEntropy } from './entropy-by-order.js';
export { heapsFit, type HeapsFit, type VocabularyPoint } from './heaps-fit.js';
export { type LengthDistribution } from './lengths.js';
export type { Steps } from '@kk/markov';
export { measureAll, type Accumulator, type Measure, type Results, type TextChunks } from './measure.js';
export { englishReadability, type EnglishReadability } from './readability-english.js';
export { germanReadability, type GermanReadability } from './readability-german.js';
export { repetition, type RepeatedStretch, type Repetition, type RepetitionOptions, type RepetitionRate } from './repetition.js';
export { sentenceLengths } from './sentence-lengths.js';
export { textDistance, type DistanceAtOrder, type TextDistance, type TextDistanceOptions } from './text-distance.js';
export { type TextShape } from './text-shape.js';
export { typeTokenRatio, type TypeTokenRatio, type TypeTokenRatioOptions } from './type-token-ratio.js';
export { type Unit } from './units.js';
export { verbatimCopies, type CopiedNgrams, type CopiedRun, type VerbatimCopies, type VerbatimCopiesOptions } from './verbatim-copies.js';
export { wordLengths } from './word-lengths.js';
export { zipfFit, type ZipfFit } from './zipf-fit.js';
export { verbAgreement, type AgreementAtDistance, type Disagreement, type VerbAgreement, type VerbAgreementOptions } from './verb-agreement.js';
