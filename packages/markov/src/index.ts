// n-gram language models: they predict the next token from how often tokens followed each other in the texts. This entry runs in a browser;
// sampling comes from @kk/sampler, files are in @kk/markov/node.
export { MarkovModel, type Follower, type MarkovOptions } from './markov-model.js';
export { BackoffModel, type TokenScore } from './backoff-model.js';
export { MixtureModel, type MixturePart } from './mixture-model.js';
export type { BackoffTable } from './backoff-table.js';
export { NgramCounts, type NgramTable } from './counts/ngram-counts.js';
export type { Trie } from './counts/trie.js';
export type { Evaluation } from './evaluation/evaluation.js';
export type { IdSource, SourceText } from './sources.js';
export { fitJelinekMercer } from './estimators/held-out.js';
export type { SmoothingParameters } from './estimators/estimator.js';
export { parseSmoothing, smoothingNames, type Smoothing, type SmoothingName } from './estimators/index.js';
export { SourceIndex, type CopiedRun, type CopyReport, type IndexedText, type Place } from './provenance/source-index.js';
export { finished, within, type Steps } from './steps.js';
export { commonPrefixes, commonPrefixesInSteps, suffixArray, suffixArrayInSteps } from './provenance/suffix-array.js';
export { TextMarkov, type TextEvaluation, type TextGenerateOptions } from './text/text-markov.js';
export type { SentenceOptions } from './text/write-sentence.js';
export type { TextMarkovOptions, TextMarkovParts, TextSource } from './text/text-training.js';
export type { Continuation, Occurrence, TextCopyReport } from './text/provenance.js';
export type { Spans, TextCoder, TokenCodec } from './text/coder.js';
export type { UnitName } from './text/units.js';
export { arpaLines } from './formats/arpa-write.js';
export { readArpa, readArpaStream, type ArpaModel, type ArpaReadOptions } from './formats/arpa-read.js';
export {
  markovFromArpa,
  markovFromBytes,
  markovFromJSON,
  markovToArpa,
  markovToBytes,
  markovToJSON,
  type ReadOptions,
  type WriteOptions,
} from './formats/text-markov-files.js';
