// @kk/gpt/explain: what a GPT or Llama does with a text, number by number, and what changes when a part of it is changed. See the README.
export type { HeadAddress, Interventions, Link } from './explanations/interventions.js';
export { type BlockNumbers, type HeadNumbers, inspect, type Inspection, type Numbers } from './explanations/inspection.js';
export { type Prediction, type PredictionOptions, predictionOf, type TokenChance } from './explanations/predictions.js';
export { logitLens } from './explanations/logit-lens.js';
export type { Importance, ImportanceOptions } from './explanations/importance.js';
export { importanceByAblation } from './explanations/importance-by-ablation.js';
export { importanceByGradient } from './explanations/importance-by-gradient.js';
export { textEmbedding, type TextEmbeddingOptions } from './explanations/text-embedding.js';
export { headScores, type HeadScores } from './explanations/head-scores.js';
export { repeatedTokens, type RepeatedTokensOptions } from './explanations/repeated-tokens.js';
export { intervenedModel, type LastingInterventions } from './explanations/intervened-model.js';
