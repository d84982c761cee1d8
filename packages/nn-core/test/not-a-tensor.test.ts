// Every operation says so where something else than a tensor, a list or an engine stands in its place. None fails with an error of the
// JavaScript engine from somewhere inside, and none computes with it.
import { expect, it } from 'vitest';
import * as nn from '../src/index.js';
import { type OpCase, opCases } from './support/op-cases.js';
import { caseInputs } from './support/run-case.js';

const engine = await nn.init('cpu');
const zeros = (...shape: number[]): nn.Tensor => engine.zeros(shape);
const ids = (...shape: number[]): nn.Tensor => engine.tensor(new Int32Array(shape.reduce((a, b) => a * b)), shape, 'int32');
const x = zeros(2, 4);
const sequence = zeros(1, 2, 4);
const image = zeros(1, 3, 3, 1);
const int8 = new nn.QuantizedMatrix(engine, nn.quantize([1, 1, 1, 1], 4, 1));

/** For each operation arguments that it takes. */
const calls: Record<string, readonly unknown[]> = {
  ...Object.fromEntries(['abs', 'exp', 'log', 'negate', 'sqrt', 'square', 'gelu', 'geluErf', 'relu', 'sigmoid', 'silu', 'swiglu', 'tanh', 'transpose', 'argmax', 'argmin', 'max', 'mean', 'min', 'std', 'sum', 'variance', 'logSoftmax', 'softmax'].map((name) => [name, [x]])),
  ...Object.fromEntries(['add', 'divide', 'multiply', 'subtract', 'equal', 'greater', 'greaterOrEqual', 'less', 'lessOrEqual', 'maximum', 'minimum', 'notEqual', 'pow', 'binaryCrossEntropy', 'cosineSimilarity', 'klDivergence', 'meanSquaredError'].map((name) => [name, [x, x]])),
  scale: [x, 1], clip: [x, 0, 1], where: [x, x, x], dropout: [x, 0.5],
  concatenate: [[x, x]], expand: [x, [2, 4]], permute: [x, [1, 0]], reshape: [x, [8]], slice: [x, 0, 0, 1], gather: [x, 0, ids(1, 4)], embedding: [ids(1), x],
  matmul: [x, zeros(4, 2)], matmulInt8: [x, int8], lowRankMatmul: [x, zeros(4, 2), [{ down: zeros(4, 1), up: zeros(1, 2), scale: 1 }]], lowRankSum: [x, [{ down: zeros(2, 1), up: zeros(1, 4), scale: 1 }]], layerNorm: [x, zeros(4), zeros(4)], rmsNorm: [x, zeros(4)],
  conv2d: [image, zeros(1, 1, 1, 1)], averagePool2d: [image, { window: 2 }], maxPool2d: [image, { window: 2 }],
  countTargets: [ids(1)], crossEntropy: [x, ids(2)], crossEntropyRows: [x, ids(2)], logProbabilities: [x, ids(2)],
  checkpointActivations: [(input: nn.Tensor) => input, x], backward: [zeros()],
  rotaryTable: [engine, { positions: 4, frequencies: [1, 0.01] }], rotaryEmbedding: [sequence, zeros(4, 4), { headSize: 4 }],
  attention: [sequence, sequence, sequence, { heads: 2 }], attentionWeights: [sequence, sequence, { heads: 2 }], selfAttention: [zeros(1, 2, 12), { heads: 2 }],
  cachedAttention: [zeros(1, 1, 3), zeros(1, 4, 2), nn.cachePlaces(engine, [{ sequence: 0, past: 0, count: 1 }], { sequences: 1, capacity: 4 }), { heads: 1 }], writeCache: [zeros(1, 1, 2), zeros(1, 4, 2), 0, 0],
};

/** Not undefined and null everywhere: they leave an optional argument out. */
const others = { text: '2', 'a list of lists': [[1, 2]], 'a batch': { values: [1], shape: [1] }, true: true, 'a tensor of a file': { dtype: 'F32', shape: [1], data: new Uint8Array(4) }, undefined, null: null };

const operations = nn as unknown as Record<string, (...given: unknown[]) => unknown>;

it.each(Object.entries(calls))('%s', (name, given) => {
  given.forEach((right, place) => {
    for (const [what, wrong] of Object.entries(others)) {
      const isTensor = right instanceof nn.Tensor;
      if (!isTensor && (wrong === undefined || wrong === null)) continue;
      const call = (): unknown => operations[name]!(...given.with(place, wrong));
      expect(call, `${what} as argument ${place}`).toThrow(/^\w+(\(\))?( got |: )/);
      if (isTensor) expect(call, `${what} as argument ${place}`).toThrow(/in place of a tensor/);
      expect(call, `${what} as argument ${place}`).not.toThrow(/Cannot|is not (a function|iterable)|\bNaN\b/);
    }
  });
});

/** The first case of each operation: what has a case needs no row above. */
const firstCases = new Map<string, OpCase>();
for (const one of opCases) {
  const operation = /^\w*/.exec(one.name)![0];
  if (!firstCases.has(operation)) firstCases.set(operation, one);
}

it.each([...firstCases])('%s, as its case calls it', (_, one) => {
  const values = caseInputs(one);
  const inputs = one.shapes.map((shape, i) => engine.tensor(values[i]!, shape));
  inputs.forEach((_input, place) => {
    for (const [what, wrong] of Object.entries(others)) {
      if (wrong !== undefined && wrong !== null) expect(() => one.run(inputs.with(place, wrong as never), engine), `${what} as input ${place}`).toThrow(/ got .* in place of a tensor/);
    }
  });
});

it.each<[string, () => unknown, string]>([
  ['a bias', () => nn.matmul(x, zeros(4, 2), { bias: [1, 2] as never }), 'matmul got a list in place of a tensor'],
  ['a bias of int8 weights', () => nn.matmulInt8(x, int8, { bias: [1] as never }), 'matmulInt8 got a list in place of a tensor'],
  ['a narrow matrix', () => nn.lowRankMatmul(x, zeros(4, 2), [{ down: zeros(4, 1), up: [1] as never, scale: 1 }]), 'lowRankMatmul got a list in place of a tensor'],
  ['a mask', () => nn.attention(sequence, sequence, sequence, { heads: 2, keyRanges: [[0, 2]] as never }), 'attention got a list in place of a tensor'],
  ['positions', () => nn.rotaryEmbedding(sequence, zeros(4, 4), { headSize: 4, positions: [0, 1] as never }), 'rotaryEmbedding got a list in place of a tensor'],
  ['a parameter', () => engine.parameter(undefined as never), 'parameter got undefined in place of a tensor'],
  ['a shape', () => engine.zeros(3 as never), 'shape is 3; expected a list.'],
  ['a flag of an operation', () => nn.matmul(x, x, { transposeB: 'no' as never }), 'matmul: transposeB is "no"; expected true or false.'],
  ['keepAxis', () => nn.sum(x, 0, 'no' as never), 'sum: keepAxis is "no"; expected true or false.'],
  ['a flag of a layer', () => new nn.Linear(engine, { inputs: 1, outputs: 1, bias: 'no' as never }, new nn.Random(1)), 'Linear: bias is "no"; expected true or false.'],
  ['a deviation', () => new nn.Linear(engine, { inputs: 1, outputs: 1, deviation: '1' as never }, new nn.Random(1)), 'deviation is "1"; expected a number.'],
  ['a correction', () => nn.variance(x, 0, { correction: '0' as never }), 'variance: correction is "0"; expected a number.'],
  ['an epsilon', () => nn.layerNorm(x, zeros(4), zeros(4), '1e-5' as never), 'layerNorm: epsilon is "1e-5"; expected a number.'],
  ['a value', () => engine.full([2], '3' as never), 'full: value is "3"; expected a number.'],
  ['a probability', () => new nn.Dropout('0.5' as never), 'Dropout: probability is "0.5"; expected a number.'],
  ['a rate', () => nn.warmupCosine(0, { maximum: '1' as never, totalSteps: 4 }), 'warmupCosine: maximum is "1"; expected a number.'],
  ['a number of steps', () => nn.warmupCosine(0, { maximum: 1, totalSteps: '4' as never }), 'warmupCosine: totalSteps is "4"; expected a number.'],
  ['a norm', () => nn.clipFactor([engine.parameter(zeros(1))], '1' as never), 'clipFactor: maximumNorm is "1"; expected a number.'],
  ['a training that is text', () => new nn.Dropout(0.5).setTraining('no' as never), 'setTraining: training is "no"; expected true or false.'],
  ['a factor', () => nn.scale(x, '2' as never), 'scale: factor is "2"; expected a number.'],
  ['an offset', () => nn.scale(x, 2, '1' as never), 'scale: offset is "1"; expected a number.'],
  ['a share to drop', () => nn.dropout(x, '0.5' as never), 'dropout: probability is "0.5"; expected a number.'],
  ['keepAxis of a variance', () => nn.variance(x, 0, { keepAxis: 1 as never }), 'variance: keepAxis is 1; expected true or false.'],
])('%s that is something else', (_, run, message) => {
  expect(run).toThrow(message);
});
