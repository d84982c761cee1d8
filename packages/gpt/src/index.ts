// @kk/gpt: GPT-2's architecture, pretraining, generation, and its files. See the README.
export { GPT } from './model/gpt.js';
export { TransformerBlock } from './model/transformer-block.js';
export { FeedForward, type FeedForwardOptions } from './model/feed-forward.js';
export type { LanguageModel } from './model/language-model.js';
export { quantizeModel } from './model/quantize-model.js';
export { checkConfig, countParameters, type GPTConfig } from './model/config.js';
export { Decoder, type DecoderOptions } from './generation/decoder.js';
export { Trainer, type StepReport, type TrainerMode } from './training/trainer.js';
export { defaultTrainerOptions, type ResumeChanges, type TrainerOptions } from './training/options.js';
export { flopsPerToken } from './training/flops.js';
export { evaluate, type EvaluateOptions, type Evaluation } from './training/evaluate.js';
export type { TokenIds } from './training/token-ids.js';
export { randomBatch, type Batch } from './training/batches.js';
export { fromHuggingFaceConfig, toHuggingFaceConfig } from './huggingface/config-file.js';
export { fromSafetensors, toSafetensors } from './huggingface/weights-file.js';
export { huggingFaceNames } from './huggingface/names.js';
export { fingerprint, fromCheckpoint, toCheckpoint, type ResumeOptions } from './checkpoint/checkpoint.js';
