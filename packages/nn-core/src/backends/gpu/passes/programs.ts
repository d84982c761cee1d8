// The program of every kernel of the contract. A missing one does not compile.
import type { KernelName } from '../../kernels.js';
import * as attention from './attention.js';
import * as elementwise from './elementwise.js';
import * as matmul from './matmul.js';
import * as optimizers from './optimizers.js';
import type { Program } from './pass.js';
import * as reductions from './reductions.js';
import * as rows from './rows.js';
import * as shape from './shape.js';
import * as tables from './tables.js';

export const programs: Readonly<Record<KernelName, Program>> = {
  fill: elementwise.fill,
  copy: elementwise.copy,
  add: elementwise.add,
  subtract: elementwise.subtract,
  multiply: elementwise.multiply,
  divide: elementwise.divide,
  accumulate: elementwise.accumulate,
  scale: elementwise.scale,
  scaleBy: elementwise.scaleBy,
  exp: elementwise.exp,
  log: elementwise.log,
  sqrt: elementwise.sqrt,
  tanh: elementwise.tanh,
  sigmoid: elementwise.sigmoid,
  relu: elementwise.relu,
  gelu: elementwise.gelu,
  tanhGradient: elementwise.tanhGradient,
  sigmoidGradient: elementwise.sigmoidGradient,
  reluGradient: elementwise.reluGradient,
  geluGradient: elementwise.geluGradient,
  dropout: elementwise.dropout,
  stridedCopy: shape.stridedCopy,
  slice: shape.slice,
  sliceGradient: shape.sliceGradient,
  concatenate: shape.concatenate,
  sum: reductions.sum,
  maximum: reductions.maximum,
  maximumGradient: reductions.maximumGradient,
  addSumOfSquares: reductions.addSumOfSquares,
  matmul: matmul.matmul,
  matmulInt8: matmul.matmulInt8,
  softmax: rows.softmax,
  softmaxGradient: rows.softmaxGradient,
  logSoftmax: rows.logSoftmax,
  logSoftmaxGradient: rows.logSoftmaxGradient,
  layerNorm: rows.layerNorm,
  layerNormGradient: rows.layerNormGradient,
  layerNormParameterGradient: rows.layerNormParameterGradient,
  embedding: tables.embedding,
  embeddingGradient: tables.embeddingGradient,
  crossEntropy: tables.crossEntropy,
  crossEntropyGradient: tables.crossEntropyGradient,
  causalAttention: attention.causalAttention,
  causalAttentionGradient: attention.causalAttentionGradient,
  cachedAttention: attention.cachedAttention,
  clipFactor: optimizers.clipFactor,
  adamW: optimizers.adamW,
  sgd: optimizers.sgd,
};
