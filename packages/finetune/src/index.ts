// @kk/finetune: from a model that continues texts to one that answers. See the README.
export type { CompletionExample, ConversationExample, LabelledTokens, TextExample, TuningExample } from './data/examples.js';
export { addLora, adaptersOf } from './lora/add-lora.js';
export type { LoraOptions } from './lora/options.js';
export { Adapter, type AdaptedLayer, type AdapterSettings } from './lora/adapter.js';
export { LoraLinear } from './lora/lora-linear.js';
export { LowRankWeights } from './lora/low-rank-weights.js';
export { TokenRows, TrainedRowsLayer } from './lora/trained-rows.js';
