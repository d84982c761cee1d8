// All kernels of this backend in one table. Its type is derived from the contract in `../kernels.ts`: a missing kernel, a
// wrong number of parameters, or an integer buffer taken for a float buffer does not compile.
import { type KernelName, type kernels, type KernelSignature } from '../kernels.js';
import type { FloatArray } from './arrays.js';
import * as attention from './attention.js';
import * as crossEntropy from './cross-entropy.js';
import * as dropout from './dropout.js';
import * as elementwise from './elementwise.js';
import * as embedding from './embedding.js';
import * as matmul from './matmul.js';
import * as matmulInt8 from './matmul-int8.js';
import * as optimizers from './optimizers.js';
import * as reductions from './reductions.js';
import * as rows from './rows.js';
import * as shape from './shape.js';

/** The buffers of the contract that hold integers; all others hold floating-point numbers. */
export const INTEGER_BUFFERS = ['ids', 'targets', 'index', 'state', 'packed'] as const;

type ArrayNamed<Name> = Name extends `${infer Present}?`
  ? ArrayNamed<Present> | null
  : Name extends (typeof INTEGER_BUFFERS)[number] ? Int32Array : FloatArray;

type ArraysNamed<Names extends readonly string[]> = { -readonly [I in keyof Names]: ArrayNamed<Names[I]> };
type NumbersNamed<Names extends readonly string[]> = { -readonly [I in keyof Names]: number };
type UpdatesOf<Signature> = Signature extends { readonly updates: infer Names extends readonly string[] } ? Names : readonly [];

/**
 * Typed arrays (inputs, updates, outputs), then numbers, in the order of the contract. A signature that the contract shares
 * between kernels (`unary`, `binary`) is known to the compiler as `KernelSignature` only, so any parameters pass for it.
 */
type KernelFunction<Signature extends KernelSignature> = KernelSignature extends Signature
  ? (...values: never[]) => void
  : (
      ...values: [
        ...ArraysNamed<Signature['inputs']>,
        ...ArraysNamed<UpdatesOf<Signature>>,
        ...ArraysNamed<Signature['outputs']>,
        ...NumbersNamed<Signature['numbers']>,
      ]
    ) => void;

export const cpuKernels: { readonly [Name in KernelName]: KernelFunction<(typeof kernels)[Name]> } = {
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
  dropout: dropout.dropout,
  stridedCopy: shape.stridedCopy,
  slice: shape.slice,
  sliceGradient: shape.sliceGradient,
  concatenate: shape.concatenate,
  sum: reductions.sum,
  maximum: reductions.maximum,
  maximumGradient: reductions.maximumGradient,
  addSumOfSquares: reductions.addSumOfSquares,
  matmul: matmul.matmul,
  matmulInt8: matmulInt8.matmulInt8,
  softmax: rows.softmax,
  softmaxGradient: rows.softmaxGradient,
  logSoftmax: rows.logSoftmax,
  logSoftmaxGradient: rows.logSoftmaxGradient,
  layerNorm: rows.layerNorm,
  layerNormGradient: rows.layerNormGradient,
  layerNormParameterGradient: rows.layerNormParameterGradient,
  embedding: embedding.embedding,
  embeddingGradient: embedding.embeddingGradient,
  crossEntropy: crossEntropy.crossEntropy,
  crossEntropyGradient: crossEntropy.crossEntropyGradient,
  causalAttention: attention.causalAttention,
  causalAttentionGradient: attention.causalAttentionGradient,
  cachedAttention: attention.cachedAttention,
  clipFactor: optimizers.clipFactor,
  adamW: optimizers.adamW,
  sgd: optimizers.sgd,
};
