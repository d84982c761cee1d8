// Attention in its readable and its fused form, masks, heads and the cache.
import { backward, init, multiply, Random, selfAttention, sum, type Engine, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { causalMask, CausalSelfAttention, joinHeads, KeyValueCache, MultiHeadAttention, paddingMask, scaledDotProductAttention, splitHeads, splitQueryKeyValue } from '../src/index.js';

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu', { precision: 'float64' })],
  ['wasm', () => init('wasm')],
];

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!), `element ${i}`).toBeLessThan(tolerance);
}

describe.each(devices)('attention on %s', async (_, make) => {
  const engine = await make();
  const random = new Random(1);
  const normal = (shape: number[]): Tensor => engine.randomNormal(shape, random);

  it('gives the average of the values when all scores are equal', async () => {
    const value = engine.tensor([1, 2, 3, 10, 20, 30], [1, 3, 2]);
    const { output, attentionWeights } = scaledDotProductAttention(engine.zeros([1, 1, 4]), engine.zeros([1, 3, 4]), value);
    expectClose(await attentionWeights.data(), [1 / 3, 1 / 3, 1 / 3]);
    expectClose(await output.data(), [(1 + 3 + 20) / 3, (2 + 10 + 30) / 3]);
  });

  it('agrees with the fused operation, forward and backward', async () => {
    const values = Float32Array.from({ length: 2 * 7 * 24 }, () => random.normal());
    const outputWeights = normal([2, 7, 8]);
    const gradients = [];
    for (const fused of [true, false]) {
      const qkv = engine.parameter(engine.tensor(values, [2, 7, 24]));
      const output = engine.scope(() => {
        const [query, key, value] = splitQueryKeyValue(qkv, 2);
        const y = fused ? selfAttention(qkv, { heads: 2, causal: true }) : joinHeads(scaledDotProductAttention(query, key, value, { mask: causalMask(engine, 7) }).output);
        backward(sum(multiply(y, outputWeights)));
        return y;
      });
      gradients.push([await output.data(), await qkv.gradient!.data()]);
    }
    expectClose(gradients[0]![0]!, gradients[1]![0]!);
    expectClose(gradients[0]![1]!, gradients[1]![1]!);
  });

  it('shows what each head looked at: rows sum to one and the future is zero', async () => {
    const layer = new CausalSelfAttention(engine, { width: 12, heads: 3, deviation: 1 }, random);
    const weights = engine.scope(() => layer.attentionWeights(normal([2, 5, 12])));
    expect(weights.shape).toEqual([2, 3, 5, 5]);
    const data = await weights.data();
    for (let row = 0; row < 2 * 3 * 5; row++) {
      const values = [...data.slice(row * 5, row * 5 + 5)];
      expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      values.forEach((value, key) => {
        if (key > row % 5) expect(value).toBe(0);
        else expect(value).toBeGreaterThan(0);
      });
    }
  });

  it('with a cache gives what it gives without, in pieces of any size', async () => {
    const layer = new CausalSelfAttention(engine, { width: 8, heads: 2, deviation: 1, projectionDeviation: 1 }, random);
    const values = Float32Array.from({ length: 7 * 8 }, () => random.normal());
    const whole = engine.scope(() => engine.noGradient(() => layer.forward(engine.tensor(values, [1, 7, 8]))));
    const cache = new KeyValueCache(engine, { layers: 1, batch: 1, capacity: 7, width: 8 });
    const pieces: number[] = [];
    for (const [from, to] of [[0, 3], [3, 4], [4, 7]] as const) {
      const y = engine.scope(() => engine.noGradient(() => layer.forwardCached(engine.tensor(values.slice(from * 8, to * 8), [1, to - from, 8]), cache, 0)));
      cache.length = to;
      pieces.push(...(await y.data()));
    }
    expectClose(pieces, await whole.data());
    expect(() => layer.forwardCached(engine.zeros([1, 1, 8]), cache, 0)).toThrow(/7 positions are cached and 1 are new, but the cache holds 7/);
  });

  it('drops attention weights while training, and only then', async () => {
    const layer = new CausalSelfAttention(engine, { width: 8, heads: 2, dropout: 0.5, deviation: 1, projectionDeviation: 1 }, random);
    const x = normal([1, 6, 8]);
    const run = async (training: boolean): Promise<number[]> => {
      engine.dropoutState.begin(1, 0);
      layer.setTraining(training);
      return [...(await engine.scope(() => layer.forward(x)).data())];
    };
    const plain = await run(false);
    const dropped = await run(true);
    expect(dropped).not.toEqual(plain);
    expect(await run(true)).toEqual(dropped);
    expect(await run(false)).toEqual(plain);
  });

  it('ignores padding wherever it looks', async () => {
    const layer = new MultiHeadAttention(engine, { width: 8, heads: 2 }, random);
    const x = normal([2, 3, 8]);
    const { attentionWeights, output } = layer.forward(x, normal([2, 5, 8]), paddingMask(engine, [2, 5], 5));
    expect(output.shape).toEqual([2, 3, 8]);
    const data = await attentionWeights.data();
    data.slice(0, data.length / 2).forEach((weight, i) => (i % 5 >= 2 ? expect(weight).toBe(0) : expect(weight).toBeGreaterThan(0)));
    data.slice(data.length / 2).forEach((weight) => expect(weight).toBeGreaterThan(0));
  });

  it('joins what it split', async () => {
    const x = normal([2, 3, 8]);
    expect([...(await joinHeads(splitHeads(x, 4)).data())]).toEqual([...(await x.data())]);
  });

  it('names impossible sizes', () => {
    expect(() => new CausalSelfAttention(engine, { width: 10, heads: 3 }, random)).toThrow(/width 10 cannot be split into 3 heads/);
    expect(() => splitHeads(engine.zeros([1, 2, 10]), 3)).toThrow(/cannot be split/);
    expect(() => paddingMask(engine, [6], 5)).toThrow(/length 6/);
    expect(() => new KeyValueCache(engine, { layers: 1, batch: 1, capacity: 2, width: 2 }).truncate(1)).toThrow(/cannot shorten 0 positions to 1/);
  });
});
