// Turns logits into the next token, for any kind of language model. Nothing here depends on a model, a text or a file; everything runs in a
// browser and imports no other package.
export type { NextTokenModel } from './model.js';
export { softmax } from './softmax.js';
export { greedy } from './greedy.js';
export { entropy, logProbs, surprise } from './information.js';
export * from './processors/index.js';
export type { HistoryLike } from './processors/process.js';
export type { History, Stage } from './stages/stage.js';
export type { Candidates } from './selection/candidates.js';
export { Sampler, type SamplerOptions } from './sampler.js';
export type { DrawMethod } from './random/draw.js';
export { explain, type ExplainContext, type ExplainOptions, type Explanation, type ExplainedStage, type ExplainedToken } from './explain.js';
export { huggingFace } from './presets/hugging-face.js';
export { llamaCpp, type LlamaCppOptions } from './presets/llama-cpp.js';
export { vLLM, type VLLMOptions } from './presets/vllm.js';
export { fromOpenAI, type OpenAIOptions } from './presets/open-ai.js';
export { freshSeed, Random, type RandomState } from '@kk/random';
export type { RandomSource } from './random/random.js';
export { sampleToken, type SampleTokenOptions } from './sample-token.js';
export { distribution } from './distribution.js';
export { type DrawingOptions, generate, type GenerateOptions } from './decoding/generate.js';
export { streamText, type StreamTextOptions, type TokenDecoder } from './decoding/stream-text.js';
export type { TokenBytes } from './decoding/byte-pieces.js';
export { beamSearch, type BeamResult, type BeamSearchOptions, type EarlyStopping } from './decoding/beam-search.js';
export { bestOf, type BestOfOptions, type ScoredContinuation } from './decoding/best-of.js';
export { contrastiveSearch, type ContrastiveSearchOptions, type HiddenStateModel, type LogitsWithHidden } from './decoding/contrastive-search.js';
export { guided, type GuidedOptions } from './decoding/guided.js';
export { type ManyPositionsModel, speculativeGenerate, type SpeculativeOptions, type SpeculativeReport, type SpeculativeRun } from './decoding/speculative.js';
