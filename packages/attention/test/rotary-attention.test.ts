// Multi-head attention as the models of today use it: rotary positions, heads of their own size, grouped keys, a window, and a cache.
import { init, Random, type Engine, type Linear, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { attentionMask, joinHeads, KeyValueCache, MultiHeadAttention, repeatHeads, rotaryAngles, RotaryPositions, scaledDotProductAttention, splitHeads, type MultiHeadAttentionOptions } from '../src/index.js';

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu', { precision: 'float64' })],
  ['wasm', () => init('wasm')],
];
const rotaryOptions = { headSize: 6, contextLength: 9, base: 50, scaling: { kind: 'linear', factor: 2 } } as const;

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!), `element ${i}`).toBeLessThan(tolerance);
}

describe.each(devices)('attention with rotary positions on %s', async (_, make) => {
  const engine = await make();
  const random = new Random(3);
  const rotary = new RotaryPositions(engine, rotaryOptions);
  const layerWith = (options: Partial<MultiHeadAttentionOptions>): MultiHeadAttention => new MultiHeadAttention(engine, { width: 8, heads: 4, headSize: 6, rotary, causal: true, ...options }, random);
  const normal = (shape: number[]): Tensor => engine.keep(engine.randomNormal(shape, random));

  /** Turns (1, time, heads * 6) by the formula, number by number. */
  const turned = async (x: Tensor, start = 0): Promise<Tensor> => {
    const angles = rotaryAngles(rotaryOptions.contextLength, 6, { base: rotaryOptions.base, scaling: rotaryOptions.scaling });
    const numbers = await x.data();
    const values = Array.from(numbers, (number, at) => {
      const [pair, position] = [at % 3, Math.floor(at / x.shape[2]!) + start];
      const isFirst = at % 6 < 3;
      const angle = angles[position * 3 + pair]!;
      return isFirst ? number * Math.cos(angle) - numbers[at + 3]! * Math.sin(angle) : number * Math.cos(angle) + numbers[at - 3]! * Math.sin(angle);
    });
    return engine.tensor(values, x.shape);
  };

  it.each([4, 2, 1])('is the readable form between its products, with %i heads of keys', async (keyValueHeads) => {
    const layer = layerWith({ keyValueHeads, window: 3 });
    const x = normal([1, 7, 8]);
    const spread = (y: Tensor): Tensor => repeatHeads(splitHeads(y, keyValueHeads), 4 / keyValueHeads);
    const [query, key] = [await turned(layer.query.forward(x)), await turned(layer.key.forward(x))];
    const { output, attentionWeights } = scaledDotProductAttention(splitHeads(query, 4), spread(key), spread(layer.value.forward(x)), { mask: attentionMask(engine, { queries: 7, causal: true, window: 3 }) });
    expectClose(await layer.forward(x).data(), await layer.projection.forward(joinHeads(output)).data());
    expectClose(await layer.attentionWeights(x).data(), await attentionWeights.data());
  });

  it.each([{}, { keyValueHeads: 2, window: 3 }, { keyValueHeads: 1, queryKeyValueBias: false, projectionBias: false }])('with a cache gives what it gives without, in pieces of any size: %o', async (options) => {
    const layer = layerWith({ ...options, deviation: 0.7, projectionDeviation: 0.7 });
    const values = Float32Array.from({ length: 9 * 8 }, () => random.normal());
    const whole = engine.scope(() => engine.noGradient(() => layer.forward(engine.tensor(values, [1, 9, 8]))));
    const cache = new KeyValueCache(engine, { layers: 1, capacity: 9, width: layer.keyValueHeads * layer.headSize });
    const sequence = cache.add();
    const pieces: number[] = [];
    for (const [from, to] of [[0, 4], [4, 5], [5, 9]] as const) {
      const y = engine.scope(() => engine.noGradient(() => layer.forwardCached(engine.tensor(values.slice(from * 8, to * 8), [1, to - from, 8]), cache.layers[0]!, cache.places([{ sequence, count: to - from }]))));
      sequence.advance(to - from);
      pieces.push(...(await y.data()));
    }
    expectClose(pieces, await whole.data());
  });

  it('counts positions of queries from the end of the keys', async () => {
    const layer = layerWith({});
    const x = normal([1, 6, 8]);
    const values = await x.data();
    const last = engine.tensor(values.slice(4 * 8), [1, 2, 8]);
    expectClose(await layer.forward(last, x).data(), (await layer.forward(x).data()).slice(4 * 8));
    // With fewer keys than queries the last queries stand where they would stand alone.
    expectClose((await layer.forward(x, last).data()).slice(4 * 8), await layer.forward(last).data());
  });

  it('has the biases that are asked for', () => {
    const biases = (options: Partial<MultiHeadAttentionOptions>): boolean[] => {
      const layer = layerWith(options);
      return [layer.query, layer.key, layer.value, layer.projection].map((product) => (product as Linear).bias !== undefined);
    };
    expect(biases({})).toEqual([true, true, true, true]);
    expect(biases({ queryKeyValueBias: false })).toEqual([false, false, false, true]);
    expect(biases({ projectionBias: false })).toEqual([true, true, true, false]);
  });

  it('names what does not fit', () => {
    expect(() => layerWith({ headSize: 4 })).toThrow('the rotary positions are for heads of 6, and these heads have 4 numbers');
    expect(() => layerWith({ headSize: 1.5 })).toThrow('give a headSize, a whole number of 1 or more');
    expect(() => layerWith({}).forward(engine.zeros([1, 10, 8]))).toThrow('positions 0 to 9 are asked for, but the table has 9');
    const full = new KeyValueCache(engine, { layers: 1, capacity: 2, width: 24 });
    expect(() => layerWith({ causal: false }).forwardCached(engine.zeros([1, 1, 8]), full.layers[0]!, full.places([{ sequence: full.add(), count: 1 }]))).toThrow('cachedAttention: causal is false');
    expect(() => new RotaryPositions(engine, { headSize: 5, contextLength: 4 })).toThrow('RotaryPositions: headSize is 5; expected an even number');
  });

  it('keeps the table out of what is saved', () => {
    expect([...layerWith({}).namedTensors().keys()]).toEqual(['query.weight', 'query.bias', 'key.weight', 'key.bias', 'value.weight', 'value.bias', 'projection.weight', 'projection.bias']);
  });
});

it('queries, keys and values of a layer are those that its weights are made of', async () => {
  const engine = await init('cpu', { precision: 'float64' });
  const random = new Random(5);
  const rotary = new RotaryPositions(engine, rotaryOptions);
  const layer = new MultiHeadAttention(engine, { width: 8, heads: 4, keyValueHeads: 2, headSize: 6, rotary, causal: true }, random);
  const x = engine.randomNormal([2, 5, 8], random);
  const [query, key, value] = layer.queryKeyAndValue(x);
  expect([query.shape, key.shape, value.shape]).toEqual([[2, 5, 24], [2, 5, 12], [2, 5, 12]]);
  expectClose(await value.data(), await layer.value.forward(x).data());
  const [keys, values] = [key, value].map((one) => repeatHeads(splitHeads(one, 2), 2)) as [Tensor, Tensor];
  const { output } = scaledDotProductAttention(splitHeads(query, 4), keys, values, { mask: attentionMask(engine, { queries: 5, causal: true }) });
  expectClose(await layer.projection.forward(joinHeads(output)).data(), await layer.forward(x).data());
  const shifted = engine.tensor(Array.from({ length: 10 }, (_, i) => (i % 5) + 3), [2, 5], 'int32');
  const [later] = layer.queryKeyAndValue(x, shifted);
  expect(await later.data()).not.toEqual(await query.data());
});
