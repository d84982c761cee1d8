// Every kernel with sizes and random contents to run it on, for tests that compare backends or divide the work. A kernel without a row
// is run as the cases of operations call it (`recorded-cases.ts`); a row adds sizes and contents that no operation gives it.
import { kernelBuffers, kernelLengths, type KernelName } from '../../src/backends/kernels.js';
import { recordedCases } from './recorded-cases.js';

/** A number for position `i` of a buffer; `random` gives uniform numbers in [0, 1). */
type Fill = (random: () => number, numbers: readonly number[], i: number) => number;

interface KernelRow {
  /** The kernel's numbers, one list per case. */
  readonly sizes: readonly (readonly number[])[];
  /** Contents of buffers by name; others are uniform in [-2, 2). */
  readonly fill?: Readonly<Record<string, Fill>>;
  /** How far two backends may differ: |a - b| <= tolerance * max(1, |b|). 0: they must agree to the bit. */
  readonly tolerance: number;
}

export interface KernelBuffer {
  readonly name: string;
  readonly role: 'input' | 'update' | 'output';
  readonly integer: boolean;
  readonly length: number;
  /** What it holds before the call; outputs are left out. Null where an optional buffer is absent. */
  readonly contents: Float32Array | Int32Array | null;
  readonly absent: boolean;
}

export interface KernelCase {
  readonly kernel: KernelName;
  readonly numbers: readonly number[];
  readonly buffers: readonly KernelBuffer[];
  readonly tolerance: number;
  readonly title: string;
}

/** Whole numbers from -2 to 2, so that there are equal ones and zeros. */
const small: Fill = (random) => Math.floor(random() * 5) - 2;
/** Near 16,384, exactly: what is taken from it first must lose no digit. */
const large: Fill = (random) => 2 ** 14 + Math.floor(256 * random()) / 64;
const positive: Fill = (random) => 0.01 + 3 * random();
const flat = [0, 1, 3, 4, 5, 16, 17, 129, 1000, 4100].map((size) => [size]);
/** (rows, columns), with rows short and long, odd and even. */
const matrices = [[0, 5], [1, 1], [1, 3], [3, 4], [4, 17], [5, 65], [17, 129], [33, 16], [2, 3000]];
/** (outer, length, inner) */
const cubes = [
  [0, 3, 2], [1, 1, 1], [1, 5, 1], [3, 17, 1], [40, 129, 1], [2, 2500, 1], [1, 3, 4], [1, 17, 129], [2, 4, 3], [3, 5, 33], [1, 9, 5000], [2, 6, 64],
];
const whole = (limit: (numbers: readonly number[]) => number): Fill => (random, numbers) => Math.floor(random() * limit(numbers));
const state: Fill = (random) => Math.floor((random() - 0.5) * 2 ** 32);
const index = whole(([, length]) => length);
/** (outer, length, inner, count) */
const picks = [[0, 3, 2, 1], [1, 1, 1, 1], [1, 5, 1, 3], [40, 129, 1, 1], [3, 4, 5, 6], [2, 7, 129, 3], [1, 6, 64, 40], [1, 300, 3, 700]];
/**
 * batch, time, keyTime, heads, keyValueHeads, headSize, behind, ahead, and then maskBatch and maskHeads: causal and full, windows, grouped
 * heads, other keys than queries; masks for each sequence, each head, both and neither
 */
const attention: readonly (readonly number[])[] = (
  [
  [0, 4, 4, 2, 2, 8, 9, 0], [2, 0, 3, 1, 1, 4, 9, 9], [2, 3, 0, 1, 1, 4, 9, 9], [1, 1, 1, 1, 1, 4, 9, 0], [2, 3, 3, 1, 1, 3, 9, 0], [1, 17, 17, 2, 1, 5, 40, 0],
  [2, 33, 33, 3, 3, 16, 99, 99], [2, 9, 70, 4, 2, 8, 99, 99], [1, 70, 9, 2, 2, 5, 99, 0], [1, 20, 90, 2, 1, 7, 5, 0], [1, 129, 129, 2, 2, 32, 999, 0], [1, 150, 140, 2, 1, 16, 30, 30],
    [2, 100, 100, 2, 1, 8, 12, 0],
  ] as const
).map((sizes, i) => [...sizes, i % 2 === 0 ? 1 : sizes[0], i % 4 < 2 ? 1 : sizes[3]]);
/** The same with the probability and the stream of dropout. */
const trainedAttention = attention.map((sizes, i) => [...sizes, i % 3 === 0 ? 0.4 : 0.125, i]);
const selfAttention = trainedAttention.filter(([, time, keyTime]) => time === keyTime).map(([batch, time, , ...others]) => [batch!, time!, ...others]);
/** The first half of the rows are a run of the second sequence of a cache; each of the others belongs to the first sequence. */
const places: Fill = (_random, [rows, , longest], i) => {
  const row = i >> 1;
  const half = rows! >> 1;
  if (row < half) return i % 2 === 0 ? longest! : longest! - half + row;
  return i % 2 === 0 ? 0 : (row * 5) % longest!;
};
/** Filler at both ends; in some sequences nothing but filler. */
const keyRanges: Fill = (random, [, time], i) => Math.floor((i % 2 === 0 ? 0.4 : 0.3 + random()) * random() * 1.5 * (time! + 1));
const segments: Fill = (random) => Math.floor(random() * 3);
const masks: Record<string, Fill> = {
  keyRanges, segments, keySegments: segments,
  prefixLengths: (random, [, time]) => Math.floor(random() * (time! + 2)) - 1,
  mask: (random) => (random() < 0.2 ? -Infinity : random() - 0.5),
  alibiSlopes: (random) => random() / 4,
  dropoutState: state,
};
// Near what such scores have, so that the probabilities are near those of a softmax.
const softmaxParts: Record<string, Fill> = { maximum: (random) => 3 + random(), sum: (random) => 2 + 3 * random() };
/** Negative in some cases: then nothing may change. */
const factor: Fill = (random, [size]) => (size! % 2 === 1 && size! > 10 ? -1 : random());
const optimizer: readonly (readonly number[])[] = flat.flatMap(([size]) => [[size, 0], [size, 1]]);

/** batch, height, width, channels, kernelHeight, kernelWidth, outChannels, stride, dilation: one and many channels, beyond a block of inner indices, of columns and of positions. */
const convolutions: readonly (readonly number[])[] = [
  [0, 5, 5, 2, 3, 3, 4, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1], [2, 6, 7, 1, 3, 3, 8, 1, 1], [1, 9, 8, 1, 3, 2, 5, 2, 2], [3, 7, 9, 3, 2, 3, 9, 1, 1],
  [1, 12, 10, 4, 3, 3, 17, 2, 1], [2, 9, 11, 5, 2, 2, 3, 1, 3], [1, 6, 5, 40, 3, 3, 6, 1, 1], [1, 4, 4, 3, 2, 2, 530, 1, 1], [1, 20, 31, 2, 3, 3, 4, 1, 1], [17, 4, 5, 2, 3, 3, 2, 1, 1],
];
/** batch, height, width, channels, window, stride, padding */
const poolings: readonly (readonly number[])[] = [
  [0, 4, 4, 2, 2, 2, 0], [1, 1, 1, 1, 1, 1, 0], [2, 6, 8, 3, 2, 2, 0], [1, 7, 9, 4, 3, 2, 1], [3, 5, 6, 9, 3, 1, 1], [2, 28, 28, 8, 2, 2, 0], [1, 9, 7, 1, 2, 3, 1],
];

/** Sizes and transpositions of a matrix product, with each activation somewhere. */
function products(): number[][] {
  const shapes = [[1, 0, 3, 4], [1, 1, 1, 1], [1, 1, 17, 129], [1, 3, 4, 0], [2, 3, 5, 7], [1, 17, 1, 33], [3, 4, 8, 16], [1, 33, 65, 129], [1, 70, 40, 300], [1, 45, 530, 270]];
  return shapes.flatMap((shape, i) => [0, 1].flatMap((a) => [0, 1].map((b) => [...shape, a, b, (i + a + b) % 5])));
}

const rows: { readonly [Name in KernelName]?: KernelRow } = {
  fill: { sizes: flat.map(([size]) => [size, 0.1]), tolerance: 0 },
  copy: { sizes: flat, tolerance: 0 },
  add: { sizes: flat, tolerance: 0 },
  subtract: { sizes: flat, tolerance: 0 },
  multiply: { sizes: flat, tolerance: 0 },
  divide: { sizes: flat, tolerance: 0 },
  accumulate: { sizes: flat, tolerance: 0 },
  scale: { sizes: flat.map(([size]) => [size, 1.5, -0.25]), tolerance: 5e-7 },
  scaleBy: { sizes: flat, tolerance: 0 },
  power: {
    sizes: flat,
    // Every second base may be negative, and then has a whole exponent.
    fill: { a: (random, _numbers, i) => (i % 2 === 0 ? 0.01 + 3 * random() : 4 * random() - 2), b: (random, _numbers, i) => (i % 2 === 0 ? 4 * random() - 2 : Math.floor(5 * random()) - 2) },
    tolerance: 3e-7,
  },
  abs: { sizes: flat, tolerance: 0 },
  absGradient: { sizes: flat, fill: { x: small }, tolerance: 0 },
  maximum: { sizes: flat, fill: { a: small, b: small }, tolerance: 0 },
  minimum: { sizes: flat, fill: { a: small, b: small }, tolerance: 0 },
  equal: { sizes: flat, fill: { a: small, b: small }, tolerance: 0 },
  greater: { sizes: flat, fill: { a: small, b: small }, tolerance: 0 },
  greaterOrEqual: { sizes: flat, fill: { a: small, b: small }, tolerance: 0 },
  where: { sizes: flat, fill: { condition: small }, tolerance: 0 },
  clip: { sizes: flat.map(([size]) => [size, -0.5, 1]), tolerance: 0 },
  clipGradient: { sizes: flat.map(([size]) => [size, -0.5, Infinity]), tolerance: 0 },
  exp: { sizes: flat, tolerance: 2e-7 },
  log: { sizes: flat, fill: { x: positive }, tolerance: 2e-7 },
  sqrt: { sizes: flat, fill: { x: positive }, tolerance: 0 },
  tanh: { sizes: flat, tolerance: 3e-7 },
  sigmoid: { sizes: flat, tolerance: 3e-7 },
  relu: { sizes: flat, tolerance: 0 },
  gelu: { sizes: flat, tolerance: 5e-7 },
  geluErf: { sizes: flat, tolerance: 7e-7 },
  silu: { sizes: flat, tolerance: 5e-7 },
  swiglu: { sizes: flat, tolerance: 1e-6 },
  tanhGradient: { sizes: flat, tolerance: 2e-6 },
  sigmoidGradient: { sizes: flat, tolerance: 2e-6 },
  reluGradient: { sizes: flat, tolerance: 0 },
  geluGradient: { sizes: flat, tolerance: 1e-6 },
  geluErfGradient: { sizes: flat, tolerance: 1e-6 },
  siluGradient: { sizes: flat, tolerance: 1e-6 },
  swigluGradient: { sizes: flat, tolerance: 2e-6 },
  dropout: { sizes: flat.flatMap(([size]) => [[size, 0.25, 7], [size, 0, 0]]), fill: { state }, tolerance: 3e-7 },
  stridedCopy: {
    sizes: [
      // nothing, one number, a run, a repeat, a column, a transpose, a batch of transposes, heads apart, anything
      [1, 1, 1, 0, 3, 4, 0, 0, 0, 12, 4, 1],
      [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
      [1, 1, 2, 3, 4, 5, 0, 0, 60, 20, 5, 1],
      [1, 1, 1, 1, 17, 129, 0, 0, 0, 0, 1, 0],
      [1, 1, 1, 1, 17, 129, 0, 0, 0, 0, 0, 1],
      [1, 1, 1, 1, 1, 33, 0, 0, 0, 0, 0, 7],
      [1, 1, 1, 1, 33, 17, 0, 0, 0, 0, 1, 33],
      [1, 1, 1, 1, 4, 64, 0, 0, 0, 0, 1, 4],
      [1, 1, 1, 3, 129, 5, 0, 0, 0, 645, 1, 129],
      [1, 1, 2, 3, 16, 20, 0, 0, 960, 20, 60, 1],
      [2, 1, 2, 3, 7, 6, 0, 0, 21, 7, 1, 42],
      [2, 3, 2, 2, 3, 2, 72, 1, 36, 3, 12, 6],
    ],
    tolerance: 0,
  },
  slice: { sizes: [[0, 3, 2, 1, 1], [1, 5, 1, 2, 3], [3, 7, 5, 2, 4], [4, 6, 17, 0, 6], [2, 3, 1000, 1, 2], [5, 4, 3, 1, 0]], tolerance: 0 },
  copyRows: { sizes: [[0, 3, 2, 4, 0, 1, 2, 1], [1, 5, 1, 5, 0, 0, 1, 0], [3, 7, 9, 20, 4, 5, 6, 2], [70, 16, 80, 48, 3, 16, 90, 11], [2, 1000, 2, 1000, 0, 0, 3, 1]], tolerance: 0 },
  sliceGradient: { sizes: [[0, 3, 2, 1, 1], [1, 5, 1, 2, 3], [3, 7, 5, 2, 4], [4, 6, 17, 0, 6], [2, 3, 1000, 1, 1], [5, 4, 3, 1, 0]], tolerance: 0 },
  concatenate: { sizes: [[0, 3, 2, 1], [1, 5, 1, 2], [3, 7, 5, 2], [4, 0, 3, 17], [2, 3, 1, 1000], [5, 4, 3, 1]], tolerance: 0 },
  sum: { sizes: cubes, tolerance: 2e-5 },
  max: { sizes: cubes, tolerance: 0 },
  maxGradient: { sizes: cubes, fill: { index }, tolerance: 0 },
  // Beyond a block of 16,384, too.
  addSumOfSquares: { sizes: [...flat, [16_385], [50_001]], tolerance: 2e-7 },
  matmul: { sizes: products(), tolerance: 1e-4 },
  // Beyond a block of the inner index (2048), beyond the rows that are rounded at a time (64), columns of no full group of four.
  matmulInt8: {
    sizes: [[0, 3, 4, 0], [1, 0, 4, 0], [1, 3, 0, 0], [1, 1, 1, 0], [1, 17, 129, 1], [3, 5, 7, 2], [2, 64, 16, 2], [1, 33, 2100, 0], [70, 6, 31, 3], [5, 39, 4100, 4]],
    fill: { packed: state, scales: (random) => 0.001 * random() },
    tolerance: 3e-4,
  },
  softmax: { sizes: matrices, fill: { x: large }, tolerance: 3e-7 },
  softmaxGradient: { sizes: matrices, fill: { y: (random) => random() }, tolerance: 3e-5 },
  logSoftmax: { sizes: matrices, fill: { x: large }, tolerance: 1e-6 },
  logSoftmaxGradient: { sizes: matrices, fill: { y: (random) => -8 * random() }, tolerance: 3e-5 },
  layerNorm: { sizes: matrices.map((sizes) => [...sizes, 1e-5]), tolerance: 5e-6 },
  layerNormGradient: { sizes: matrices, fill: { inverseDeviation: positive }, tolerance: 1e-4 },
  layerNormParameterGradient: { sizes: matrices, fill: { inverseDeviation: positive }, tolerance: 1e-4 },
  rmsNorm: { sizes: matrices.map((sizes) => [...sizes, 1e-5]), tolerance: 5e-6 },
  rmsNormGradient: { sizes: matrices, fill: { inverseRms: positive }, tolerance: 1e-4 },
  rmsNormParameterGradient: { sizes: matrices, fill: { inverseRms: positive }, tolerance: 1e-4 },
  embedding: {
    sizes: [[0, 4, 3], [1, 1, 1], [5, 3, 7], [40, 17, 9], [9, 400, 4]],
    fill: { ids: whole(([, , tableRows]) => tableRows) },
    tolerance: 0,
  },
  embeddingGradient: {
    sizes: [[0, 4, 3], [1, 1, 1], [5, 3, 7], [40, 17, 9], [9, 400, 4], [64, 64, 3]],
    fill: { ids: whole(([, , tableRows]) => tableRows) },
    tolerance: 2e-5,
  },
  gather: { sizes: picks, fill: { index }, tolerance: 0 },
  gatherGradient: { sizes: picks, fill: { index }, tolerance: 2e-6 },
  binaryCrossEntropy: { sizes: flat, fill: { x: (random) => 30 * random() - 15, target: (random) => random() }, tolerance: 2e-6 },
  crossEntropy: { sizes: matrices, fill: { logits: large, targets: whole(([, columns]) => columns) }, tolerance: 2e-6 },
  crossEntropyGradient: {
    sizes: matrices.flatMap((sizes) => [[...sizes, 0], [...sizes, 1]]),
    fill: {
      // Every third row is ignored.
      targets: (random, [, columns], i) => (i % 3 === 2 ? -1 : Math.floor(random() * columns)),
      maximum: (random) => 1 + random(),
      sum: (random) => 2 + 3 * random(),
    },
    tolerance: 1e-6,
  },
  meanOverTargets: { sizes: flat, fill: { targets: (random) => Math.floor(random() * 3) - 1, total: () => 7 }, tolerance: 1e-6 },
  countTargets: { sizes: flat, fill: { targets: (random) => Math.floor(random() * 3) - 1 }, tolerance: 0 },
  attention: { sizes: trainedAttention, fill: masks, tolerance: 1e-5 },
  attentionGradient: { sizes: trainedAttention, fill: { ...masks, ...softmaxParts }, tolerance: 3e-4 },
  selfAttention: { sizes: selfAttention, fill: masks, tolerance: 1e-5 },
  selfAttentionGradient: { sizes: selfAttention, fill: { ...masks, ...softmaxParts }, tolerance: 3e-4 },
  attentionWeights: { sizes: attention, fill: masks, tolerance: 2e-6 },
  cachedAttention: {
    // rows, cacheRows, longest, heads, keyValueHeads, headSize, behind
    sizes: [[0, 8, 4, 2, 2, 4, 9], [1, 4, 1, 1, 1, 4, 9], [7, 60, 20, 2, 1, 8, 30], [5, 50, 17, 2, 2, 5, 3], [40, 300, 64, 3, 3, 16, 99], [33, 200, 64, 4, 2, 8, 7], [3, 400, 129, 4, 1, 32, 200]],
    fill: { places, alibiSlopes: (random) => random() },
    tolerance: 1e-5,
  },
  rotary: {
    // batch, time, columns, heads, headSize, dimension, tableRows, interleaved, start, backwards
    sizes: [
      [0, 3, 8, 2, 4, 4, 9, 0, 0, 0], [1, 1, 2, 1, 2, 2, 1, 0, 0, 0], [2, 5, 24, 3, 8, 8, 9, 0, 3, 0], [2, 5, 24, 3, 8, 8, 9, 1, 3, 1], [1, 7, 60, 2, 20, 14, 7, 0, 0, 1],
      [1, 7, 60, 2, 20, 14, 7, 1, 0, 0], [3, 17, 129, 1, 129, 66, 40, 0, 9, 0], [3, 17, 129, 1, 129, 66, 40, 1, 9, 1], [2, 9, 32, 0, 16, 16, 20, 0, 0, 0],
    ],
    fill: { positions: whole(([, , , , , , tableRows]) => tableRows!) },
    tolerance: 1e-6,
  },
  pad2d: {
    sizes: [[0, 3, 3, 2, 5, 5, 1, 1, 1], [2, 3, 4, 1, 5, 7, 1, 2, 1], [1, 3, 2, 5, 9, 6, 2, 1, 2], [1, 4, 4, 3, 3, 2, 0, 1, 1], [2, 28, 28, 8, 30, 30, 1, 1, 1], [1, 2, 3, 4, 7, 9, 0, 0, 3]],
    tolerance: 0,
  },
  conv2d: { sizes: convolutions.map((sizes, i) => [...sizes, i % 2, i % 5]), tolerance: 1e-4 },
  conv2dWeightGradient: { sizes: convolutions.flatMap((sizes) => [[...sizes, 1], [...sizes, sizes[0]]]), tolerance: 2e-4 },
  maxPool2d: { sizes: poolings, tolerance: 0 },
  maxPool2dGradient: { sizes: poolings, fill: { index: whole((numbers) => numbers[4]! ** 2) }, tolerance: 1e-6 },
  averagePool2d: { sizes: poolings, tolerance: 1e-6 },
  averagePool2dGradient: { sizes: poolings, tolerance: 1e-6 },
  clipFactor: {
    sizes: [[1, 10], [0.001, 10], [1, 0.001], [2, 10], [3, 10], [4, 10], [5, 10]],
    fill: {
      total: (random, [maxNorm]) => (maxNorm === 2 ? NaN : maxNorm === 3 ? Infinity : positive(random, [], 0)),
      loss: (random, [maxNorm]) => (maxNorm === 4 ? NaN : maxNorm === 5 ? -Infinity : positive(random, [], 0)),
    },
    tolerance: 3e-7,
  },
  adamW: {
    sizes: optimizer,
    fill: { secondMoment: positive, gradientFactor: factor, settings: (_random, _numbers, i) => [1e-2, 0.9, 0.99, 1e-8, 0.1, 0.271, 0.029701, 0.1, 0.01][i] },
    tolerance: 2e-6,
  },
  sgd: { sizes: optimizer, fill: { gradientFactor: factor, settings: (_random, _numbers, i) => [0.1, 0.9, 0.01][i] }, tolerance: 2e-6 },
};

/** A small generator, so that a failing case comes back (mulberry32). */
function generator(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The cases of a kernel: those of its row, or as operations call it. */
export function casesOf(kernel: KernelName): readonly KernelCase[] {
  const row = rows[kernel];
  return row ? casesOfRow(kernel, row) : recordedCases(kernel);
}

/** The cases of its row, and the kernel as operations call it. */
export function allCasesOf(kernel: KernelName): readonly KernelCase[] {
  const row = rows[kernel];
  if (!row) return recordedCases(kernel);
  return [...casesOfRow(kernel, row), ...recordedCases(kernel).map((one) => ({ ...one, tolerance: row.tolerance }))];
}

/** Optional buffers are present, then absent. */
function casesOfRow(kernel: KernelName, row: KernelRow): KernelCase[] {
  const described = kernelBuffers(kernel);
  const without = described.some(({ optional }) => optional) ? [false, true] : [false];
  return row.sizes.flatMap((numbers, number) =>
    without.map((absent): KernelCase => {
      const lengths = kernelLengths(kernel, numbers);
      const random = generator(1 + number * 7919);
      const buffers = described.map(({ name, role, type, optional }, i): KernelBuffer => {
        const integer = type === 'int32';
        const fill = row.fill?.[name] ?? ((): number => (integer ? 0 : 4 * random() - 2));
        const contents = Array.from({ length: lengths[i] }, (_, at) => fill(random, numbers, at));
        return {
          name, role, integer, length: lengths[i], absent: absent && optional,
          contents: role === 'output' ? null : integer ? Int32Array.from(contents) : Float32Array.from(contents),
        };
      });
      return { kernel, numbers, buffers, tolerance: row.tolerance, title: `${kernel}(${numbers.join(', ')})${absent ? ', optional buffers absent' : ''}` };
    }),
  );
}
