// @kk/finetune: from a model that continues texts to one that answers. See the README.
export type { CompletionExample, ConversationExample, LabelledTokens, TextExample, TuningExample } from './data/examples.js';
export { addLora, adaptersOf } from './lora/add-lora.js';
export type { LoraOptions } from './lora/options.js';
export { Adapter, type AdaptedLayer, type AdapterSettings } from './lora/adapter.js';
export { LoraLinear } from './lora/lora-linear.js';
export { LowRankWeights } from './lora/low-rank-weights.js';
export { TokenRows, TrainedRowsLayer } from './lora/trained-rows.js';
export { readExamples, type NumberedExample, type ReadExamplesOptions } from './data/read-examples.js';
export { labelExample, labelExamples, type LabelOptions } from './data/label-example.js';
export { TuningRows, type TuningCounts, type TuningRowsOptions } from './data/tuning-rows.js';
export type { Truncation } from './data/fit-to-context.js';
export { findDuplicates, type DuplicateOptions } from './data/find-duplicates.js';
export { splitExamples, type ExampleSplit, type SplitOptions } from './data/split-examples.js';
export type { SameBy } from './data/normalized.js';
