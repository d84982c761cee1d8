// Exports kernels that compute as their formulas say, for tests alone: a binary of its own, which no package holds.
export { matmulNaive } from './matmul/naive';
export { attentionNaive, attentionGradientNaive } from './attention/attention';
