// Every kernel of the wasm backend. What each computes stands in `src/backends/kernels.ts`.
//
// Parameters of every kernel: one address per buffer in the order of its signature (0 for an optional buffer that is
// absent), then its numbers (i32 for counts and flags, f32 for constants), then `part` and `parts`: the work is divided
// into `parts` shares, and this call does share number `part`. All shares together write the same bits for any `parts`.
// A kernel whose last step needs the shares of all others has a second function with the same parameters and the name
// `...Finish`, to be called when every share is done.
export { setScratch, setCommonScratch, scratchAddress, scratchBytes, heapBase } from './scratch';
export * from './elementwise';
export * from './activations';
export * from './comparisons';
export { gather, gatherGradient } from './gather';
export { dropout } from './dropout';
export { stridedCopy } from './strided-copy';
export { slice, sliceGradient, copyRows, concatenate } from './shape';
export { sum, maxAlongAxis as max, maxGradient, addSumOfSquares, addSumOfSquaresFinish } from './reductions';
export { softmax, softmaxGradient, logSoftmax, logSoftmaxGradient } from './softmax';
export { rmsNorm, rmsNormGradient, rmsNormParameterGradient } from './rms-norm';
export { layerNorm, layerNormGradient, layerNormParameterGradient } from './layer-norm';
export { rotary } from './rotary';
export { embedding, embeddingGradient } from './embedding';
export { binaryCrossEntropy, countTargets, meanOverTargets, crossEntropy, crossEntropyGradient } from './cross-entropy';
export { clipFactor, adamW, sgd } from './optimizers';
export { multiplyAddPeak, readPeak } from './peak';
export { matmul, matmulFinish, matmulScratchBytes } from './matmul/matmul';
export { conv2d } from './images/conv2d';
export { conv2dWeightGradient } from './images/weight-gradient';
export { pad2d } from './images/pad';
export { averagePool2d, averagePool2dGradient, maxPool2d, maxPool2dGradient } from './images/pooling';
export { matmulInt8, matmulInt8ScratchBytes } from './matmul/int8';
export {
  attention, attentionGradient, attentionScratchBytes, attentionWeights, selfAttention, selfAttentionGradient,
} from './attention/attention';
export { cachedAttention } from './attention/cached';
