// Losses, and the corners of elementwise operations, against PyTorch (fixtures/losses.torch.json, made by the script beside it):
// logits of 100, ties, limits, powers of 0 and of negative numbers, vectors near zero, numbers without variance.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as nn from '../src/index.js';
import type { Tensor } from '../src/index.js';

type Json = number | 'NaN' | 'Infinity' | '-Infinity';

interface Case {
  readonly operation: string;
  readonly inputs: { readonly shape: number[]; readonly values: Json[] }[];
  readonly output: Json[];
  readonly weights: Json[];
  readonly gradients: Json[][];
}

const cases = JSON.parse(readFileSync(new URL('./fixtures/losses.torch.json', import.meta.url), 'utf8')) as Case[];

const operations: Record<string, (...inputs: [Tensor, Tensor]) => Tensor> = {
  meanSquaredError: nn.meanSquaredError,
  binaryCrossEntropy: nn.binaryCrossEntropy,
  klDivergence: (p, q) => nn.klDivergence(nn.logSoftmax(p), nn.logSoftmax(q)),
  cosineSimilarity: (a, b) => nn.cosineSimilarity(a, b),
  variance: (x) => nn.variance(x, 1),
  'variance with correction 0': (x) => nn.variance(x, 1, { correction: 0 }),
  std: (x) => nn.std(x, 1),
  maximum: nn.maximum,
  minimum: nn.minimum,
  abs: nn.abs,
  clip: (x) => nn.clip(x, -1, 2),
  'pow of tensors': nn.pow,
  ...Object.fromEntries([0, 1, 3, -1, 0.5].map((exponent) => [`pow, ${exponent}`, (x: Tensor): Tensor => nn.pow(x, exponent)])),
  'softmax along the first axis': (x) => nn.softmax(x, 0),
  'logSoftmax along the first axis': (x) => nn.logSoftmax(x, 0),
};

/** Equal within the tolerance, relative above 1; NaN and infinity where they are expected. */
function expectClose(actual: ArrayLike<number>, expected: readonly Json[], tolerance: number, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  expected.map(Number).forEach((value, i) => {
    const close = Object.is(actual[i], value) || Math.abs(actual[i]! - value) <= tolerance * Math.max(1, Math.abs(value));
    if (!close) expect.fail(`${what}, element ${i}: ${actual[i]} instead of ${value}`);
  });
}

describe.each([
  ['cpu in float64', () => nn.init('cpu', { precision: 'float64' }), 1e-12],
  ['wasm', () => nn.init('wasm', { threads: 1 }), 2e-6],
] as const)('on %s', async (_, make, tolerance) => {
  const engine = await make();

  it.each(cases.map((one, i) => [`${one.operation} (case ${i})`, one] as const))('%s', (_name, { operation, inputs, output, weights, gradients }) => {
    const leaves = inputs.map(({ shape, values }) => engine.parameter(engine.tensor(values.map(Number), shape)));
    const result = engine.scope(() => {
      const y = operations[operation]!(...(leaves as [Tensor, Tensor]));
      nn.backward(nn.sum(nn.multiply(y, engine.tensor(weights.map(Number), y.shape))));
      return y;
    });
    expectClose(result.dataSync(), output, tolerance, 'output');
    leaves.forEach((leaf, i) => expectClose(leaf.gradient!.dataSync(), gradients[i]!, tolerance, `gradient of input ${i}`));
  });

  it('powers of one, of zero and of negative numbers are those of PyTorch', () => {
    const base = engine.tensor([1, 1, NaN, 0, 0, -8, -8, -2]);
    const exponent = engine.tensor([NaN, Infinity, 0, -1, 0, 1 / 3, 3, -2]);
    expectClose(nn.pow(base, exponent).dataSync(), [1, 1, 1, 'Infinity', 1, 'NaN', -512, 0.25], tolerance, 'power');
  });

  it('comparisons know NaN and infinity', () => {
    const a = engine.tensor([NaN, 1, Infinity, -0, 2]);
    const b = engine.tensor([NaN, NaN, Infinity, 0, 3]);
    const held = (op: (a: Tensor, b: Tensor) => Tensor): string => [...op(a, b).dataSync()].join('');
    expect([nn.equal, nn.notEqual, nn.greater, nn.greaterOrEqual, nn.less, nn.lessOrEqual].map(held)).toEqual(['00110', '11001', '00000', '00110', '00001', '00111']);
  });

  it('where takes nothing from what is not chosen, neither NaN nor its gradient', () => {
    const x = engine.parameter(engine.tensor([-1, 4]));
    const y = engine.scope(() => {
      const roots = nn.where(nn.greater(x, 0), nn.sqrt(nn.where(nn.greater(x, 0), x, 1)), nn.multiply(x, Infinity));
      const chosen = nn.where(nn.greater(x, 0), roots, 0);
      nn.backward(nn.sum(chosen));
      return chosen;
    });
    expect([...y.dataSync()]).toEqual([0, 2]);
  });

  it('maximum and minimum hand NaN on', () => {
    const [a, b] = [engine.tensor([NaN, 1]), engine.tensor([2, NaN])];
    expect([...nn.maximum(a, b).dataSync(), ...nn.minimum(a, b).dataSync()]).toEqual([NaN, NaN, NaN, NaN]);
  });

  it('the smallest number and where it is', () => {
    const x = engine.tensor([3, 1, 2, 1, 5, 4], [2, 3]);
    expect([...nn.min(x, 1).dataSync(), ...nn.argmin(x, 1).dataSync()]).toEqual([1, 1, 1, 0]);
    expect([...nn.max(x).dataSync(), ...nn.argmax(x).dataSync(), ...nn.argmin(x).dataSync()]).toEqual([5, 4, 1]);
  });
});
