// One layer with LoRA against PyTorch in float64: outputs, gradients, fresh gradients, merged weights.
import { readFileSync } from 'node:fs';
import { add, backward, Linear, multiply, QuantizedLinear, Random, sum, type Engine, type Tensor } from '@kk/nn-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LoraLinear, LowRankWeights } from '../src/index.js';
import { backends, engineOn } from './support/backends.js';

type Matrix = number[][];

interface Case {
  options: { seed: number; rank: number; alpha: number; rslora: boolean; fan_in_fan_out: boolean; in: number; out: number; batch: number };
  inputs: { x: Matrix; W: Matrix; A: Matrix; B: Matrix; bias: number[]; upstream: Matrix };
  outputs: { scaling: number; base: Matrix; y: Matrix; merged: Matrix; fresh: { A: Matrix; B: Matrix } };
  grads: { A: Matrix; B: Matrix; x: Matrix };
}

const cases = readFileSync(new URL('fixtures/lora.torch.jsonl', import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Case);
const turned = (matrix: Matrix): Matrix => matrix[0]!.map((_, column) => matrix.map((row) => row[column]!));

describe.each(backends)('on $backend', ({ backend, tolerance }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await engineOn(backend);
  });
  afterAll(() => engine.dispose());

  const near = (actual: Tensor, expected: Matrix): void => {
    const numbers = actual.dataSync();
    expect(numbers).toHaveLength(expected.flat().length);
    expected.flat().forEach((value, i) => expect(Math.abs(numbers[i]! - value)).toBeLessThan(tolerance));
  };

  /** The layer with the numbers of a case. Its weight is (inputs, outputs), which a matrix of `fan_in_fan_out` is already. */
  function layerOf({ options, inputs }: Case): { layer: LoraLinear; weights: LowRankWeights; base: Linear } {
    const sizes = { inputs: options.in, outputs: options.out };
    const base = new Linear(engine, sizes, new Random(0));
    base.weight.set((options.fan_in_fan_out ? inputs.W : turned(inputs.W)).flat());
    base.bias!.set(inputs.bias);
    base.freeze();
    const layer = new LoraLinear(base);
    const weights = new LowRankWeights(engine, { ...sizes, rank: options.rank, alpha: options.alpha, rsLora: options.rslora, dropout: 0 }, new Random(0));
    weights.down.set(turned(inputs.A).flat());
    weights.up.set(turned(inputs.B).flat());
    layer.adapters.set('default', weights);
    return { layer, weights, base };
  }

  const named = cases.map((value) => ({ name: JSON.stringify(value.options), value }));

  it.each(named)('computes what PyTorch does: $name', ({ value }) => {
    const { layer, weights } = layerOf(value);
    const x = engine.parameter(engine.tensor(value.inputs.x.flat(), [value.options.batch, value.options.in]));
    expect(weights.scale).toBeCloseTo(value.outputs.scaling, 14);
    const y = layer.forward(x);
    near(y, value.outputs.y);
    backward(sum(multiply(y, engine.tensor(value.inputs.upstream.flat(), [...y.shape]))));
    near(weights.down.gradient!, turned(value.grads.A));
    near(weights.up.gradient!, turned(value.grads.B));
    near(x.gradient!, value.grads.x);
    layer.dispose();
  });

  it.each(named)('row by row, where the weight is not summed, the same: $name', ({ value }) => {
    const { layer, weights } = layerOf(value);
    const x = value.inputs.x.map((row) => engine.parameter(engine.tensor(row, [1, value.options.in])));
    const y = x.map((row) => layer.forward(row));
    y.forEach((row, i) => near(row, [value.outputs.y[i]!]));
    const losses = y.map((row, i) => sum(multiply(row, engine.tensor(value.inputs.upstream[i]!, [1, value.options.out]))));
    backward(losses.reduce((total, loss) => add(total, loss)));
    near(weights.down.gradient!, turned(value.grads.A));
    near(weights.up.gradient!, turned(value.grads.B));
    x.forEach((row, i) => near(row.gradient!, [value.grads.x[i]!]));
    layer.dispose();
  });

  it.each(named)('begins as the base, with a gradient for up alone: $name', ({ value }) => {
    const { layer, weights } = layerOf(value);
    weights.up.set(new Float64Array(weights.up.size));
    const x = engine.tensor(value.inputs.x.flat(), [value.options.batch, value.options.in]);
    const y = layer.forward(x);
    near(y, value.outputs.base);
    backward(sum(multiply(y, engine.tensor(value.inputs.upstream.flat(), [...y.shape]))));
    expect(weights.down.gradient!.dataSync().every((number) => number === 0)).toBe(true);
    near(weights.up.gradient!, turned(value.outputs.fresh.B));
    layer.dispose();
  });

  it.each(named)('merges as PyTorch does, and back to the bit: $name', ({ value }) => {
    const { layer, weights, base } = layerOf(value);
    const before = base.weight.dataSync().slice();
    weights.isMerged = true;
    layer.applyMerged();
    near(base.weight, value.options.fan_in_fan_out ? value.outputs.merged : turned(value.outputs.merged));
    near(layer.forward(engine.tensor(value.inputs.x.flat(), [value.options.batch, value.options.in])), value.outputs.y);
    weights.isMerged = false;
    layer.applyMerged();
    expect(base.weight.dataSync()).toEqual(before);
    layer.dispose();
  });

  it('gives every number of down its place: uniform in +-1 / sqrt(inputs), as PEFT has it', () => {
    const weights = new LowRankWeights(engine, { inputs: 64, outputs: 3, rank: 32, alpha: 1, rsLora: false, dropout: 0 }, new Random(5));
    const numbers = Array.from(weights.down.dataSync());
    expect(Math.max(...numbers.map(Math.abs))).toBeLessThanOrEqual(1 / 8);
    const variance = numbers.reduce((total, number) => total + number * number, 0) / numbers.length;
    expect(variance * 64 * 3).toBeGreaterThan(0.9); // a uniform number in +-b has the variance b^2 / 3
    expect(variance * 64 * 3).toBeLessThan(1.1);
    expect(weights.up.dataSync().every((number) => number === 0)).toBe(true);
    weights.dispose();
  });

  it('applies an activation of the base to the sum', () => {
    for (const activation of ['relu', 'gelu', 'geluErf', 'silu'] as const) {
      const base = new Linear(engine, { inputs: 5, outputs: 6, activation }, new Random(1));
      const layer = new LoraLinear(base);
      const weights = new LowRankWeights(engine, { inputs: 5, outputs: 6, rank: 2, alpha: 4, rsLora: false, dropout: 0 }, new Random(2));
      weights.up.set(Float64Array.from({ length: 12 }, (_, i) => Math.sin(i)));
      layer.adapters.set('default', weights);
      const x = engine.tensor(Float64Array.from({ length: 40 }, (_, i) => Math.cos(i * i)), [8, 5]);
      const [many, few] = engine.noGradient(() => [layer.forward(x), Array.from({ length: 8 }, (_, i) => layer.forward(engine.tensor(x.dataSync().slice(i * 5, i * 5 + 5), [1, 5])))]) as [Tensor, Tensor[]];
      near(many, few.map((row) => [...row.dataSync()]));
      layer.dispose();
    }
  });

  it('adds to int8 weights, without a gradient', async () => {
    const { layer, base } = layerOf(cases[0]!);
    const x = engine.tensor(cases[0]!.inputs.x.flat(), [4, 8]);
    layer.base = await QuantizedLinear.of(base);
    expect(() => layer.forward(engine.parameter(engine.alias(x)))).toThrow(/matmulInt8 has no gradient/);
    const [rounded, expected] = engine.noGradient(() => [layer.forward(x).dataSync(), cases[0]!.outputs.y.flat()]);
    expected.forEach((value, i) => expect(Math.abs(rounded[i]! - value)).toBeLessThan(0.05));
  });
});
