// How many elements each buffer of a kernel must have at least, from the kernel's numbers: the shapes of the contract in
// `../kernels.ts` as arithmetic, buffers in its order. The checks use it; the kernels themselves trust their callers.
import { type KernelName, type kernels } from '../kernels.js';

type NumberPerName<Names extends readonly string[]> = { -readonly [I in keyof Names]: number };
type LengthsOf = { readonly [Name in KernelName]: (...numbers: NumberPerName<(typeof kernels)[Name]['numbers']>) => readonly number[] };

const unary = (size: number): number[] => [size, size];
const binary = (size: number): number[] => [size, size, size];

/** One element more than the farthest place that the strides reach; 0 when there is no place at all. */
function stridedLength(sizes: readonly number[], strides: readonly number[]): number {
  if (sizes.includes(0)) return 0;
  return sizes.reduce((farthest, size, d) => farthest + (size - 1) * strides[d], 1);
}

export const bufferLengths: LengthsOf = {
  fill: (size) => [size],
  copy: unary,
  add: binary,
  subtract: binary,
  multiply: binary,
  divide: binary,
  accumulate: unary,
  scale: unary,
  scaleBy: (size) => [size, 1, size],
  exp: unary,
  log: unary,
  sqrt: unary,
  tanh: unary,
  sigmoid: unary,
  relu: unary,
  gelu: unary,
  tanhGradient: binary,
  sigmoidGradient: binary,
  reluGradient: binary,
  geluGradient: binary,
  dropout: (size) => [size, 3, size],
  stridedCopy: (...numbers) => {
    const sizes = numbers.slice(0, 6);
    return [stridedLength(sizes, numbers.slice(6)), sizes.reduce((product, size) => product * size, 1)];
  },
  slice: (outer, length, inner, _start, count) => [outer * length * inner, outer * count * inner],
  sliceGradient: (outer, length, inner, _start, count) => [outer * count * inner, outer * length * inner],
  concatenate: (outer, aLength, bLength, inner) => [outer * aLength * inner, outer * bLength * inner, outer * (aLength + bLength) * inner],
  sum: (outer, length, inner) => [outer * length * inner, outer * inner],
  maximum: (outer, length, inner) => [outer * length * inner, outer * inner, outer * inner],
  maximumGradient: (outer, length, inner) => [outer * inner, outer * inner, outer * length * inner],
  addSumOfSquares: (size) => [size, 1],
  matmul: (batch, rows, columns, inner) => {
    const product = batch * rows * columns;
    return [batch * rows * inner, batch * inner * columns, columns, product, product];
  },
  matmulInt8: (rows, columns, inner) => [rows * inner, Math.ceil(columns / 4) * Math.ceil(inner / 16) * 16, columns, columns, rows * columns],
  softmax: (rows, columns) => unary(rows * columns),
  softmaxGradient: (rows, columns) => binary(rows * columns),
  logSoftmax: (rows, columns) => unary(rows * columns),
  logSoftmaxGradient: (rows, columns) => binary(rows * columns),
  layerNorm: (rows, columns) => [rows * columns, columns, columns, rows * columns, rows, rows],
  layerNormGradient: (rows, columns) => [rows * columns, columns, rows, rows, rows * columns, rows * columns],
  layerNormParameterGradient: (rows, columns) => [rows * columns, rows, rows, rows * columns, columns, columns],
  embedding: (count, width, tableRows) => [count, tableRows * width, count * width],
  embeddingGradient: (count, width, tableRows) => [count, count * width, tableRows * width],
  crossEntropy: (rows, columns) => [rows * columns, rows, 1, rows, 1],
  crossEntropyGradient: (rows, columns) => [rows * columns, rows, rows, 1, 1, rows * columns],
  causalAttention: (batch, time, heads, headSize) => {
    const y = batch * time * heads * headSize;
    return [3 * y, y, batch * heads * time];
  },
  causalAttentionGradient: (batch, time, heads, headSize) => {
    const y = batch * time * heads * headSize;
    return [3 * y, y, batch * heads * time, y, 3 * y];
  },
  cachedAttention: (batch, count, _past, capacity, heads, headSize) => {
    const width = heads * headSize;
    return [batch * count * 3 * width, batch * capacity * width, batch * capacity * width, batch * count * width];
  },
  clipFactor: () => [1, 1],
  adamW: (size) => [size, 1, 7, size, size, size],
  sgd: (size) => [size, 1, 3, size, size],
};
