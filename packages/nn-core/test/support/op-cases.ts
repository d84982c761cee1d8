// The table that all tests of operations share: each row is an operation on small random inputs, with odd sizes on purpose. From it
// follow the gradient by finite differences, every backend beside cpu, shares of threads, the GPU, and what is said of wrong arguments.
import * as nn from '../../src/index.js';
import type { Engine, Tensor } from '../../src/index.js';
import { rotaryFrequencies } from './rotary-frequencies.js';

export interface OpCase {
  /** Begins with the operation's name. */
  name: string;
  /** Shapes of the floating-point inputs, each of which gets a gradient. */
  shapes: number[][];
  /** Range of the inputs, default [-2, 2]. */
  range?: [number, number];
  run: (inputs: Tensor[], engine: Engine) => Tensor;
  /**
   * What comes out, in plain numbers: the definition, with none of the operations. An operation with kernels of its own needs it,
   * unless a fixture of PyTorch has these.
   */
  formula?: (...inputs: number[][]) => number[];
  /** Further shapes of the inputs, on which the kernels are compared: none, one and many elements, and more than a vector or a share takes. */
  kernelShapes?: number[][][];
  /** Larger than the default where float32 sums many terms. */
  tolerance?: number;
}

const ids = (engine: Engine, values: number[], shape: number[] = [values.length]): Tensor => engine.tensor(values, shape, 'int32');
const one =
  (op: (x: Tensor) => Tensor): OpCase['run'] =>
  ([x]) =>
    op(x!);
const two =
  (op: (a: Tensor, b: Tensor) => Tensor): OpCase['run'] =>
  ([a, b]) =>
    op(a!, b!);

/** For operations on each element of one tensor. */
export const flatShapes: number[][][] = [0, 1, 3, 4, 5, 16, 17, 1000, 4100].map((size) => [[size]]);
const each =
  (formula: (x: number) => number): OpCase['formula'] =>
  (x) =>
    x!.map(formula);
/** Rows of `columns` numbers, one after the other. */
const eachRow =
  (columns: number, formula: (row: number[]) => number[]): OpCase['formula'] =>
  (x) =>
    Array.from({ length: x!.length / columns }, (_, row) => formula(x!.slice(row * columns, (row + 1) * columns))).flat();
const softmaxOf = (row: number[]): number[] => row.map((value) => 1 / row.reduce((total, other) => total + Math.exp(other - value), 0));

const elementwise: OpCase[] = [
  { name: 'add', shapes: [[3, 17], [3, 17]], run: two(nn.add) },
  { name: 'add, broadcast rows', shapes: [[2, 3, 5], [5]], run: two(nn.add) },
  { name: 'add, broadcast both ways', shapes: [[3, 1], [1, 4]], run: two(nn.add) },
  { name: 'add a number', shapes: [[129]], run: one((x) => nn.add(x, 0.5)) },
  { name: 'add to itself', shapes: [[5]], run: one((x) => nn.add(x, x)) },
  { name: 'subtract, broadcast', shapes: [[4, 3], [4, 1]], run: two(nn.subtract) },
  { name: 'multiply', shapes: [[129], [129]], run: two(nn.multiply) },
  { name: 'multiply, broadcast a number', shapes: [[2, 3], []], run: two(nn.multiply) },
  { name: 'square', shapes: [[7]], run: one(nn.square) },
  { name: 'negate', shapes: [[7]], run: one(nn.negate), formula: each((x) => -x) },
  { name: 'divide', shapes: [[3, 5], [3, 5]], range: [0.5, 2], run: two(nn.divide) },
  { name: 'scale', shapes: [[17]], run: one((x) => nn.scale(x, -3, 1)) },
  { name: 'abs', shapes: [[129]], run: one(nn.abs) },
  { name: 'pow, 3', shapes: [[17]], run: one((x) => nn.pow(x, 3)) },
  { name: 'pow, 2', shapes: [[5]], run: one((x) => nn.pow(x, 2)) },
  { name: 'pow, -0.5', shapes: [[129]], range: [0.3, 3], run: one((x) => nn.pow(x, -0.5)) },
  { name: 'pow, 0', shapes: [[5]], run: one((x) => nn.pow(x, 0)) },
  { name: 'pow of tensors', shapes: [[3, 17], [17]], range: [0.3, 2.5], run: two(nn.pow) },
  { name: 'maximum', shapes: [[3, 17], [17]], run: two(nn.maximum) },
  { name: 'maximum with a number', shapes: [[9]], run: one((x) => nn.maximum(x, 0.25)) },
  { name: 'minimum', shapes: [[3, 1], [3, 17]], run: two(nn.minimum) },
  { name: 'where, broadcast', shapes: [[3, 17], [17]], run: ([a, b], engine) => nn.where(engine.tensor([0, 1, -2], [3, 1]), a!, b!) },
  { name: 'where with a number', shapes: [[9]], run: one((x) => nn.where(nn.greater(x, 0), x, -1)) },
  ...(['equal', 'notEqual', 'greater', 'greaterOrEqual', 'less', 'lessOrEqual'] as const).map(
    // The factor has a gradient; the comparison has none.
    (name): OpCase => ({ name, shapes: [[3, 5]], run: one((x) => nn.multiply(x, nn[name](nn.slice(x, 0, 1, 1), nn.slice(x, 0, 0, 1)))) }),
  ),
  { name: 'clip', shapes: [[129]], run: one((x) => nn.clip(x, -0.5, 1)) },
  { name: 'clip above alone', shapes: [[5]], run: one((x) => nn.clip(x, -Infinity, 0.25)) },
  { name: 'exp', shapes: [[129]], run: one(nn.exp), formula: each(Math.exp) },
  { name: 'log', shapes: [[33]], range: [0.1, 3], run: one(nn.log) },
  { name: 'sqrt', shapes: [[33]], range: [0.1, 3], run: one(nn.sqrt) },
  { name: 'tanh', shapes: [[129]], run: one(nn.tanh), formula: each(Math.tanh) },
  { name: 'sigmoid', shapes: [[129]], run: one(nn.sigmoid), formula: each((x) => 1 / (1 + Math.exp(-x))) },
  { name: 'relu', shapes: [[129]], run: one(nn.relu) },
  { name: 'gelu', shapes: [[129]], run: one(nn.gelu) },
  { name: 'gelu far from zero', shapes: [[65]], range: [-12, 12], run: one(nn.gelu) },
  { name: 'geluErf', shapes: [[129]], run: one(nn.geluErf) },
  { name: 'geluErf far from zero', shapes: [[65]], range: [-15, 15], run: one(nn.geluErf) },
  { name: 'silu', shapes: [[129]], run: one(nn.silu), formula: each((x) => x / (1 + Math.exp(-x))), kernelShapes: flatShapes },
  { name: 'silu far from zero', shapes: [[65]], range: [-90, 90], run: one(nn.silu) },
  { name: 'swiglu', shapes: [[3, 17], [3, 17]], run: two(nn.swiglu) },
  { name: 'swiglu of halves', shapes: [[3, 2, 10]], run: one((x) => nn.swiglu(x)) },
];

const shape: OpCase[] = [
  { name: 'reshape', shapes: [[3, 4]], run: one((x) => nn.reshape(x, [2, -1])) },
  { name: 'permute', shapes: [[2, 3, 4, 5]], run: one((x) => nn.permute(x, [2, 0, 3, 1])) },
  { name: 'transpose', shapes: [[17, 3]], run: one(nn.transpose) },
  { name: 'expand', shapes: [[3, 1, 2]], run: one((x) => nn.expand(x, [4, 3, 5, 2])) },
  { name: 'slice', shapes: [[3, 7, 2]], run: one((x) => nn.slice(x, 1, 2, 3)) },
  { name: 'slice of nothing', shapes: [[3, 7]], run: one((x) => nn.slice(x, 1, 7, 0)) },
  { name: 'concatenate', shapes: [[2, 3, 2], [2, 1, 2], [2, 4, 2]], run: (inputs) => nn.concatenate(inputs, 1) },
];

const reductions: OpCase[] = [
  { name: 'sum of all', shapes: [[3, 5]], run: one((x) => nn.sum(x)) },
  { name: 'sum along the first axis', shapes: [[129, 5]], run: one((x) => nn.sum(x, 0)) },
  { name: 'sum along the last axis', shapes: [[3, 129]], run: one((x) => nn.sum(x, -1, true)) },
  { name: 'mean', shapes: [[3, 4, 5]], run: one((x) => nn.mean(x, 1)) },
  { name: 'max', shapes: [[3, 17, 2]], run: one((x) => nn.max(x, 1)) },
  { name: 'max of all', shapes: [[3, 5]], run: one((x) => nn.max(x)) },
  { name: 'min', shapes: [[3, 17]], run: one((x) => nn.min(x, -1, true)) },
  { name: 'variance', shapes: [[3, 17, 2]], run: one((x) => nn.variance(x, 1)) },
  { name: 'variance of all, correction 0', shapes: [[3, 5]], run: one((x) => nn.variance(x, undefined, { correction: 0 })) },
  { name: 'std', shapes: [[3, 17]], run: one((x) => nn.std(x, 0, { keepAxis: true })) },
  { name: 'std of all', shapes: [[2, 3]], run: one((x) => nn.std(x)) },
  { name: 'gather', shapes: [[2, 3, 4]], run: ([x], engine) => nn.gather(x!, 1, ids(engine, [2, 0, 1, 1, 2, 2, 0, 1, 0, 0, 0, 0, 2, 1, 2, 1], [2, 2, 4])) },
  { name: 'gather along the last axis', shapes: [[3, 17]], run: ([x], engine) => nn.gather(x!, -1, ids(engine, [16, 0, 5], [3, 1])) },
];

const matrixSizes: [number, number, number][] = [
  [1, 1, 1],
  [3, 17, 5],
  [17, 129, 3],
  [8, 16, 24],
  [6, 0, 4],
  [33, 7, 65],
];
const matmul: OpCase[] = [
  ...matrixSizes.flatMap(([rows, inner, columns]) =>
    [false, true].flatMap((transposeA) =>
      [false, true].map((transposeB): OpCase => {
        const a = transposeA ? [inner, rows] : [rows, inner];
        const b = transposeB ? [columns, inner] : [inner, columns];
        return {
          name: `matmul (${a.join()})${transposeA ? ' transposed' : ''} x (${b.join()})${transposeB ? ' transposed' : ''}`,
          shapes: [a, b],
          run: two((x, y) => nn.matmul(x, y, { transposeA, transposeB })),
        };
      }),
    ),
  ),
  ...(['none', 'relu', 'gelu', 'geluErf', 'silu'] as const).map(
    (activation): OpCase => ({
      name: `matmul with bias and ${activation}`,
      shapes: [[2, 5, 7], [7, 9], [9]],
      run: ([a, b, bias]) => nn.matmul(a!, b!, { bias, activation }),
    }),
  ),
  ...(['none', 'gelu'] as const).map(
    (activation): OpCase => ({
      name: `lowRankMatmul with two updates, bias and ${activation}`,
      shapes: [[2, 9, 7], [7, 11], [7, 2], [2, 11], [7, 3], [3, 11], [11]],
      range: [-1, 1],
      run: ([x, weight, down, up, down2, up2, bias]) =>
        nn.lowRankMatmul(x!, weight!, [{ down: down!, up: up!, scale: 0.5 }, { down: down2!, up: up2!, scale: -2 }], { bias, activation }),
    }),
  ),
  { name: 'matmul of pairs', shapes: [[2, 3, 4, 5], [2, 3, 5, 6]], run: two((a, b) => nn.matmul(a, b)) },
  { name: 'matmul of pairs, b transposed', shapes: [[2, 3, 4, 5], [2, 3, 6, 5]], run: two((a, b) => nn.matmul(a, b, { transposeB: true })) },
  { name: 'matmul of pairs, both transposed', shapes: [[3, 5, 4], [3, 6, 5]], run: two((a, b) => nn.matmul(a, b, { transposeA: true, transposeB: true })) },
];

const rows: OpCase[] = [
  { name: 'softmax', shapes: [[3, 17]], run: one(nn.softmax), formula: eachRow(17, softmaxOf) },
  { name: 'softmax of one column', shapes: [[5, 1]], run: one(nn.softmax) },
  { name: 'softmax of large numbers', shapes: [[2, 129]], range: [-80, 80], run: one(nn.softmax) },
  { name: 'logSoftmax', shapes: [[2, 3, 17]], run: one(nn.logSoftmax), formula: eachRow(17, (row) => softmaxOf(row).map(Math.log)) },
  { name: 'softmax along the first axis', shapes: [[5, 3]], run: one((x) => nn.softmax(x, 0)) },
  { name: 'logSoftmax along the middle axis', shapes: [[2, 5, 3]], run: one((x) => nn.logSoftmax(x, 1)) },
  { name: 'layerNorm', shapes: [[2, 5, 17], [17], [17]], run: ([x, weight, bias]) => nn.layerNorm(x!, weight!, bias!) },
  { name: 'rmsNorm', shapes: [[2, 5, 17], [17]], run: ([x, weight]) => nn.rmsNorm(x!, weight!) },
  { name: 'rmsNorm of 129 columns', shapes: [[3, 129], [129]], run: ([x, weight]) => nn.rmsNorm(x!, weight!, 1e-3) },
  { name: 'layerNorm of 129 columns', shapes: [[3, 129], [129], [129]], run: ([x, weight, bias]) => nn.layerNorm(x!, weight!, bias!, 1e-3) },
];

const network = ([x, weight]: Tensor[]): Tensor => nn.dropout(nn.gelu(nn.matmul(nn.add(x!, x!), weight!)), 0.3);
const checkpointed: OpCase[] = [
  { name: 'checkpointActivations', shapes: [[5, 4], [4, 3]], run: ([x, weight]) => nn.checkpointActivations((input) => network([input, weight!]), x!) },
  {
    name: 'checkpointActivations twice, with other operations around',
    shapes: [[5, 4], [4, 4]],
    run: ([x, weight]) => {
      const part = (input: Tensor): Tensor => nn.checkpointActivations((z) => network([z, weight!]), input, [weight!]);
      return nn.multiply(part(nn.tanh(part(nn.dropout(x!, 0.2)))), x!);
    },
  },
  { name: 'checkpointActivations of a constant input', shapes: [[4, 3]], run: ([weight], engine) => nn.checkpointActivations((z) => network([z, weight!]), engine.full([2, 4], 0.5), [weight!]) },
];

const selfAttention = (name: string, shape: number[], options: nn.AttentionOptions, extra: (engine: Engine) => Partial<nn.AttentionOptions> = () => ({})): OpCase => ({
  name: `selfAttention ${name}, (${shape.join()})`,
  shapes: [shape],
  run: ([qkv], engine) => nn.selfAttention(qkv!, { ...options, ...extra(engine) }),
});
const attentionTo = (name: string, shapes: number[][], options: nn.AttentionOptions, extra: (engine: Engine) => Partial<nn.AttentionOptions> = () => ({})): OpCase => ({
  name: `attention ${name}, (${shapes.join(') (')})`,
  shapes,
  run: ([query, key, value], engine) => nn.attention(query!, key!, value!, { ...options, ...extra(engine) }),
});
/** Numbers between -1 and 1, and -Infinity in every seventh place and for all keys of the second query. */
const addedMask = (engine: Engine, shape: [number, number, number, number]): Tensor =>
  engine.tensor(
    Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => (i % 7 === 3 || Math.floor(i / shape[3]) % shape[2] === 1 ? -Infinity : Math.sin(i))),
    shape,
  );
const attention: OpCase[] = [
  selfAttention('causal', [1, 1, 3], { heads: 1, causal: true }),
  selfAttention('causal', [2, 5, 18], { heads: 2, causal: true }),
  selfAttention('causal', [1, 17, 72], { heads: 3, causal: true }),
  selfAttention('causal', [2, 64, 96], { heads: 1, causal: true }),
  selfAttention('causal', [1, 129, 102], { heads: 2, causal: true }),
  selfAttention('causal', [3, 0, 24], { heads: 2, causal: true }),
  selfAttention('of everything, grouped heads', [2, 9, 40], { heads: 4, keyValueHeads: 2 }, (engine) => ({ keyRanges: ids(engine, [0, 6, 3, 9], [2, 2]) })),
  selfAttention('of packed examples in a window', [2, 11, 24], { heads: 4, keyValueHeads: 2, causal: true, window: 3 }, (engine) => ({
    segments: ids(engine, [0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 5, 5, 5, 5, 5, 5, 70000, 70000, -9, -9, -9], [2, 11]),
  })),
  selfAttention('in a long window', [1, 150, 24], { heads: 2, causal: true, window: 40 }),
  {
    // Scores that float32 holds, 0.25 apart, where the next float32 is 0.008 away: the maximum and the sum must be kept apart.
    name: 'selfAttention with scores of 100,000',
    shapes: [[1, 70, 1]],
    run: ([value], engine) => {
      const queryAndKey = engine.tensor(Array.from({ length: 140 }, (_, i) => (i % 2 === 0 ? 1024 : (100_000 - 0.25 * ((i >> 1) % 8)) / 1024)), [1, 70, 2]);
      return nn.selfAttention(nn.concatenate([queryAndKey, value!], -1), { heads: 1, causal: true });
    },
  },
  attentionTo('to other keys', [[2, 7, 12], [2, 5, 12], [2, 5, 12]], { heads: 3 }),
  attentionTo('causal, more keys', [[2, 7, 12], [2, 13, 6], [2, 13, 6]], { heads: 2, keyValueHeads: 1, causal: true }),
  attentionTo('causal, more queries, some of which see nothing', [[1, 13, 6], [1, 4, 6], [1, 4, 6]], { heads: 2, causal: true }),
  attentionTo('with a window both ways', [[1, 90, 16], [1, 100, 8], [1, 100, 8]], { heads: 2, keyValueHeads: 1, window: 9 }),
  attentionTo('with all masks, and sequences of filler', [[3, 6, 8], [3, 10, 4], [3, 10, 4]], { heads: 4, keyValueHeads: 2, causal: true, window: 7 }, (engine) => ({
    keyRanges: ids(engine, [2, 10, 4, 4, 0, 9], [3, 2]),
    segments: ids(engine, [0, 0, 1, 1, 1, 2, 0, 1, 2, 3, 4, 5, 7, 7, 7, 8, 8, 9], [3, 6]),
    keySegments: ids(engine, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8], [3, 10]),
  })),
  selfAttention('causal with prefixes', [2, 11, 18], { heads: 2, keyValueHeads: 2, causal: true }, (engine) => ({ prefixLengths: ids(engine, [4, 9]) })),
  selfAttention('with prefixes in a long window', [2, 100, 12], { heads: 2, causal: true, window: 30 }, (engine) => ({ prefixLengths: ids(engine, [70, 0]) })),
  selfAttention('with ALiBi', [2, 70, 18], { heads: 3, causal: true }, (engine) => ({ alibiSlopes: engine.tensor([0.5, 0.25, 0.125]) })),
  attentionTo('with a mask that hides some keys of each head', [[2, 7, 12], [2, 5, 12], [2, 5, 12]], { heads: 3 }, (engine) => ({ mask: addedMask(engine, [1, 3, 7, 5]) })),
  { name: 'selfAttention with dropout', shapes: [[2, 75, 18]], run: ([qkv]) => nn.selfAttention(qkv!, { heads: 3, causal: true, dropout: 0.3 }) },
  { name: 'attention with dropout, to other keys', shapes: [[2, 7, 12], [2, 5, 6], [2, 5, 6]], run: ([query, key, value]) => nn.attention(query!, key!, value!, { heads: 2, keyValueHeads: 1, dropout: 0.5 }) },
  attentionTo('with a mask, a prefix and ALiBi', [[2, 20, 16], [2, 75, 8], [2, 75, 8]], { heads: 4, keyValueHeads: 2, causal: true }, (engine) => ({
    prefixLengths: ids(engine, [75, 30]), mask: addedMask(engine, [2, 1, 20, 75]), alibiSlopes: engine.tensor([1, 0.5, 0.25, 0.125]),
  })),
  ...[false, true].flatMap((interleaved): OpCase[] => [
    { name: `rotaryEmbedding${interleaved ? ', interleaved' : ''}`, shapes: [[2, 5, 24]], run: ([x], engine) => nn.rotaryEmbedding(x!, nn.rotaryTable(engine, { positions: 9, frequencies: rotaryFrequencies(8) }), { headSize: 8, interleaved, start: 4 }) },
    {
      name: `rotaryEmbedding of part of some heads${interleaved ? ', interleaved' : ''}, with positions`,
      shapes: [[2, 4, 39]],
      run: ([x], engine) =>
        nn.rotaryEmbedding(x!, nn.rotaryTable(engine, { positions: 50, frequencies: rotaryFrequencies(10, 100) }), { headSize: 13, heads: 2, interleaved, positions: ids(engine, [0, 1, 0, 1, 49, 2, 2, 7], [2, 4]) }),
    },
  ]),
  {
    name: 'attention of one tensor as query, key and value',
    shapes: [[2, 5, 6]],
    run: ([x]) => nn.attention(x!, x!, x!, { heads: 2 }),
  },
];

const losses: OpCase[] = [
  { name: 'meanSquaredError', shapes: [[3, 5], [3, 5]], run: two(nn.meanSquaredError) },
  { name: 'binaryCrossEntropy', shapes: [[129], [129]], run: two(nn.binaryCrossEntropy) },
  { name: 'binaryCrossEntropy, far from zero', shapes: [[33], [33]], range: [-20, 20], run: two(nn.binaryCrossEntropy) },
  { name: 'klDivergence', shapes: [[3, 17], [3, 17]], run: two((p, q) => nn.klDivergence(nn.logSoftmax(p), nn.logSoftmax(q))) },
  { name: 'cosineSimilarity', shapes: [[3, 17], [3, 17]], run: two((a, b) => nn.cosineSimilarity(a, b)) },
  { name: 'cosineSimilarity along the first axis', shapes: [[5, 2], [5, 2]], run: two((a, b) => nn.cosineSimilarity(a, b, 0)) },
];

const model: OpCase[] = [
  { name: 'embedding', shapes: [[7, 5]], run: ([table], engine) => nn.embedding(ids(engine, [3, 0, 3, 6, 1, 3], [2, 3]), table!) },
  { name: 'embedding of nothing', shapes: [[7, 5]], run: ([table], engine) => nn.embedding(ids(engine, [], [0]), table!) },
  { name: 'crossEntropy', shapes: [[2, 3, 17]], run: ([x], engine) => nn.crossEntropy(x!, ids(engine, [3, 16, 0, 9, 9, 1], [2, 3])) },
  { name: 'crossEntropy, some ignored', shapes: [[4, 9]], run: ([x], engine) => nn.crossEntropy(x!, ids(engine, [3, -100, 0, -1])) },
  { name: 'crossEntropy, all ignored', shapes: [[2, 9]], run: ([x], engine) => nn.crossEntropy(x!, ids(engine, [-100, -100])) },
  { name: 'crossEntropy with a total', shapes: [[4, 9]], run: ([x], engine) => nn.crossEntropy(x!, ids(engine, [3, -100, 0, -1]), 5) },
  { name: 'crossEntropyRows', shapes: [[2, 3, 5]], run: ([x], engine) => nn.crossEntropyRows(x!, ids(engine, [3, -1, 0, 4, 2, -7], [2, 3])) },
  { name: 'logProbabilities', shapes: [[4, 129]], run: ([x], engine) => nn.logProbabilities(x!, ids(engine, [128, 5, -1, 0])) },
  { name: 'dropout', shapes: [[129]], run: one((x) => nn.dropout(x, 0.4)) },
];

/** Odd sizes, kernels that are not square, and every option with every other. */
const images: OpCase[] = [
  ...(
    [
      [[2, 5, 6, 3], [3, 2, 3, 4], {}],
      [[1, 7, 9, 1], [3, 3, 1, 5], { padding: 1 }],
      [[2, 8, 7, 2], [3, 3, 2, 9], { stride: 2, padding: 'same' }],
      [[1, 11, 10, 2], [3, 3, 2, 3], { stride: 2, dilation: 2, padding: 3 }],
      [[1, 6, 13, 1], [2, 5, 1, 2], { stride: 3 }],
      [[2, 4, 3, 5], [1, 1, 5, 3], {}],
    ] as const
  ).map(
    ([x, weight, options]): OpCase => ({
      name: `conv2d of (${x.join()}) with (${weight.join()}) and ${JSON.stringify(options)}`,
      shapes: [[...x], [...weight]],
      run: ([image, kernel]) => nn.conv2d(image!, kernel!, options),
    }),
  ),
  ...(['none', 'relu', 'geluErf'] as const).map(
    (activation): OpCase => ({
      name: `conv2d with bias and ${activation}`,
      shapes: [[2, 6, 5, 2], [3, 3, 2, 4], [4]],
      run: ([x, weight, bias]) => nn.conv2d(x!, weight!, { bias, activation, padding: 1 }),
    }),
  ),
  ...[
    { window: 2 },
    { window: 3, stride: 2, padding: 1 },
    { window: 2, stride: 3 },
    { window: 3, stride: 1 },
  ].flatMap((options): OpCase[] => [
    { name: `maxPool2d ${JSON.stringify(options)}`, shapes: [[2, 7, 6, 5]], run: one((x) => nn.maxPool2d(x, options)) },
    { name: `averagePool2d ${JSON.stringify(options)}`, shapes: [[2, 7, 6, 5]], run: one((x) => nn.averagePool2d(x, options)) },
  ]),
];

export const opCases: OpCase[] = [...elementwise, ...shape, ...reductions, ...matmul, ...rows, ...checkpointed, ...attention, ...losses, ...model, ...images];

/** Operations that have no gradient, and so no case above: the test that each has, from the folder `packages` on. */
export const withoutGradient: Readonly<Record<string, string>> = {
  argmax: 'nn-core/test/losses.test.ts',
  argmin: 'nn-core/test/losses.test.ts',
  attentionWeights: 'nn-core/test/attention.test.ts',
  cachedAttention: 'nn-core/test/attention.test.ts',
  cachePlaces: 'nn-core/test/attention.test.ts',
  countTargets: 'nn-core/test/cross-entropy.test.ts',
  lowRankSum: 'nn-core/test/ops-formulas.test.ts',
  matmulInt8: 'nn-core/test/quantization.test.ts',
  rotaryTable: 'nn-core/test/rotary.test.ts',
  writeCache: 'nn-core/test/ops-formulas.test.ts',
};

/** Products that a BLAS computes, forward and backward: too large for finite differences. */
export const largeOpCases: OpCase[] = [
  { name: 'matmul (67,70) x (70,61)', shapes: [[67, 70], [70, 61]], run: two((a, b) => nn.matmul(a, b)) },
  { name: 'matmul (70,67) transposed x (61,70) transposed', shapes: [[70, 67], [61, 70]], run: two((a, b) => nn.matmul(a, b, { transposeA: true, transposeB: true })) },
  { name: 'matmul of pairs (3,67,40) x (3,40,33)', shapes: [[3, 67, 40], [3, 40, 33]], run: two((a, b) => nn.matmul(a, b)) },
  ...(['none', 'relu', 'gelu', 'geluErf', 'silu'] as const).map((activation): OpCase => ({ name: `matmul (67,70) x (70,61) with bias and ${activation}`, shapes: [[67, 70], [70, 61], [61]], run: ([a, b, bias]) => nn.matmul(a!, b!, { bias, activation }) })),
  { name: 'a network of two layers', shapes: [[130, 24], [24, 48], [48, 24]], run: ([x, up, down]) => nn.matmul(nn.matmul(x!, up!, { activation: 'gelu' }), down!) },
];
