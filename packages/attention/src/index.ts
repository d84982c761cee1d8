// @kk/attention: who looks at what, and how much. See the README.
export { scaledDotProductAttention, type AttentionOptions } from './scaled-dot-product.js';
export { causalMask, paddingMask } from './masks.js';
export { joinHeads, splitHeads, splitQueryKeyValue } from './heads.js';
export { KeyValueCache } from './key-value-cache.js';
export { CausalSelfAttention, type CausalSelfAttentionOptions } from './causal-self-attention.js';
export { MultiHeadAttention } from './multi-head-attention.js';
