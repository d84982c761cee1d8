// @kk/attention: attention layers, masks and the key-value cache. See the README.
export { scaledDotProductAttention, type ScaledDotProductOptions } from './scaled-dot-product.js';
export { attentionMask, causalMask, type AttentionMaskOptions } from './masks.js';
export { joinHeads, repeatHeads, splitHeads, splitQueryKeyValue } from './heads.js';
export { KeyValueCache } from './key-value-cache.js';
export { CausalSelfAttention, type CausalSelfAttentionOptions } from './causal-self-attention.js';
export { MultiHeadAttention, type AttentionMasks, type MultiHeadAttentionOptions } from './multi-head-attention.js';
