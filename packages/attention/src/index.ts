// @kk/attention: attention layers, masks and the key-value cache. See the README.
export { scaledDotProductAttention, type ScaledDotProductOptions } from './scaled-dot-product.js';
export { attentionMask, causalMask, type AttentionMaskOptions } from './masks.js';
export { joinHeads, repeatHeads, splitHeads, splitQueryKeyValue } from './heads.js';
export { KeyValueCache } from './key-value-cache.js';
export { CausalSelfAttention, type CausalSelfAttentionOptions } from './causal-self-attention.js';
export { MultiHeadAttention, type AttentionMasks, type MultiHeadAttentionOptions } from './multi-head-attention.js';
export { type AttentionInterventions, type AttentionLink, changesAttention } from './interventions.js';
export { type InspectedHeads, inspectHeads, intervenedSelfAttention } from './inspect-heads.js';
export type { AttentionPatterns } from './analysis/patterns.js';
export { attentionEntropy } from './analysis/entropy.js';
export { meanAttentionDistance } from './analysis/mean-distance.js';
export { previousTokenScores } from './analysis/previous-token.js';
export { firstTokenScores } from './analysis/first-token.js';
export { type InductionLink, inductionLinks, inductionScores } from './analysis/induction.js';
export { attentionRollout } from './analysis/rollout.js';
export { rotaryAngles, rotaryFrequencies, type LinearScaling, type Llama3Scaling, type RotaryFrequencyOptions, type RotaryScaling } from './positions/rotary.js';
export { RotaryPositions, type RotaryPositionsOptions } from './positions/rotary-positions.js';
