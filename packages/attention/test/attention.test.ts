// Attention in its readable and its fused form, masks, heads and the cache.
import { attention, backward, init, multiply, Random, slice, sum, type Engine, type Linear, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { attentionMask, CausalSelfAttention, joinHeads, groupedQueryAttention, inspectHeads, KeyValueCache, MultiHeadAttention, repeatHeads, RotaryPositions, scaledDotProductAttention, splitHeads, type MultiHeadAttentionOptions } from '../src/index.js';

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

  // The first queries of the first sequence see no key if causal, and those of the second never: there both forms give 0.
  const keyRanges = [[2, 7], [4, 4]] as const;
  const segments = [[0, 0, 0, 0, 1, 1, 1], [3, 3, 4, 4, 4, 4, 4]];
  const isSet = (index: number, bit: number): boolean => Math.floor(index / 2 ** bit) % 2 === 1;
  it.each(Array.from({ length: 32 }, (_, i) => ({ causal: isSet(i, 0), window: isSet(i, 1) ? 3 : 0, filler: isSet(i, 2), packed: isSet(i, 3), keyValueHeads: isSet(i, 4) ? 2 : 4 })))(
    'agrees with the fused operation, forward and backward: causal $causal, window $window, filler $filler, packed $packed, $keyValueHeads heads of keys',
    async ({ causal, window, filler, packed, keyValueHeads }) => {
      const inputs = [16, 4 * keyValueHeads, 4 * keyValueHeads].map((width) => engine.parameter(normal([2, 7, width])));
      const outputWeights = normal([2, 7, 16]);
      const fused = (query: Tensor, key: Tensor, value: Tensor): Tensor =>
        attention(query, key, value, {
          heads: 4, keyValueHeads, causal, window,
          ...(filler && { keyRanges: engine.tensor(keyRanges.flat(), [2, 2], 'int32') }),
          ...(packed && { segments: engine.tensor(segments.flat(), [2, 7], 'int32') }),
        });
      const readable = (query: Tensor, key: Tensor, value: Tensor): Tensor => {
        const mask = attentionMask(engine, { queries: 7, causal, window, ...(filler && { keyRanges }), ...(packed && { segments }) });
        const shared = (x: Tensor): Tensor => repeatHeads(splitHeads(x, keyValueHeads), 4 / keyValueHeads);
        return joinHeads(scaledDotProductAttention(splitHeads(query, 4), shared(key), shared(value), { mask }).output);
      };
      const results: ArrayLike<number>[][] = [];
      for (const form of [fused, readable]) {
        const output = engine.scope(() => {
          const y = form(inputs[0]!, inputs[1]!, inputs[2]!);
          backward(sum(multiply(y, outputWeights)));
          return y;
        });
        results.push([await output.data(), ...(await Promise.all(inputs.map((input) => input.gradient!.data())))]);
        for (const input of inputs) input.gradient = null;
      }
      results[0]!.forEach((numbers, i) => expectClose(numbers, results[1]![i]!));
    },
  );

  it('gives 0, and takes no gradient, where the mask hides all keys of a query', async () => {
    const [query, key, value] = [0, 1, 2].map(() => engine.parameter(normal([1, 2, 3]))) as [Tensor, Tensor, Tensor];
    const { output, attentionWeights } = engine.scope(() => {
      const result = scaledDotProductAttention(query, key, value, { mask: engine.tensor([-Infinity, -Infinity, 0, -1], [2, 2]) });
      backward(sum(multiply(result.output, result.output)));
      return result;
    });
    expect([...(await output.data())].slice(0, 3)).toEqual([0, 0, 0]);
    expect([...(await attentionWeights.data())].slice(0, 2)).toEqual([0, 0]);
    const gradient = [...(await query.gradient!.data())];
    expect(gradient.slice(0, 3)).toEqual([0, 0, 0]);
    gradient.slice(3).forEach((number) => expect(number).not.toBe(0));
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
    const cache = new KeyValueCache(engine, { layers: 1, capacity: 7, width: 8 });
    const sequence = cache.add();
    const pieces: number[] = [];
    for (const [from, to] of [[0, 3], [3, 4], [4, 7]] as const) {
      const y = engine.scope(() => engine.noGradient(() => layer.forwardCached(engine.tensor(values.slice(from * 8, to * 8), [1, to - from, 8]), cache.layers[0]!, cache.places([{ sequence, count: to - from }]))));
      sequence.advance(to - from);
      pieces.push(...(await y.data()));
    }
    expectClose(pieces, await whole.data());
    expect(() => cache.places([{ sequence, count: 1 }])).toThrow(/7 positions of sequence 0 are cached and 1 are new, but the cache holds 7/);
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

  it.each([[6, 6], [70, 75]])('drops in the fused form what it drops in the readable one: %i queries, %i keys', async (queries, keys) => {
    const inputs = [[queries, 16], [keys, 8], [keys, 8]].map(([time, width]) => engine.parameter(normal([2, time!, width!]))) as [Tensor, Tensor, Tensor];
    const [heads, keyValueHeads, dropout] = [4, 2, 0.3];
    const outputWeights = normal([2, queries, 16]);
    const results: ArrayLike<number>[][] = [];
    for (const isFused of [true, false]) {
      engine.dropoutState.begin(5, 2);
      const output = engine.scope(() => {
        const y = isFused
          ? attention(...inputs, { heads, keyValueHeads, causal: true, dropout })
          : groupedQueryAttention(...inputs, { heads, keyValueHeads, dropout, mask: attentionMask(engine, { queries, keys, causal: true }) }).output;
        backward(sum(multiply(y, outputWeights)));
        return y;
      });
      results.push([await output.data(), ...(await Promise.all(inputs.map((input) => input.gradient!.data())))]);
      for (const input of inputs) input.gradient = null;
    }
    results[0]!.forEach((numbers, i) => expectClose(numbers, results[1]![i]!, 2e-5));
    expect(engine.dropoutState.position).toBe(1);
  });

  it('ignores filler and other examples wherever it looks', async () => {
    const layer = new MultiHeadAttention(engine, { width: 8, heads: 4, keyValueHeads: 2 }, random);
    const [x, memory] = [normal([2, 3, 8]), normal([2, 5, 8])];
    const masks = {
      keyRanges: engine.tensor([0, 2, 1, 5], [2, 2], 'int32'),
      segments: engine.tensor([0, 0, 0, 1, 1, 2], [2, 3], 'int32'),
      keySegments: engine.tensor([0, 0, 0, 0, 0, 1, 1, 1, 2, 2], [2, 5], 'int32'),
    };
    expect(layer.forward(x, memory, masks).shape).toEqual([2, 3, 8]);
    const weights = await layer.attentionWeights(x, memory, masks).data();
    expect(weights.length).toBe(2 * 4 * 3 * 5);
    const isVisible = (sequence: number, query: number, key: number): boolean => (sequence === 0 ? key < 2 : query < 2 ? key === 1 || key === 2 : key >= 3);
    weights.forEach((weight, i) => {
      const [sequence, query, key] = [Math.floor(i / 60), Math.floor(i / 5) % 3, i % 5];
      if (isVisible(sequence, query, key)) expect(weight).toBeGreaterThan(0);
      else expect(weight).toBe(0);
    });
  });

  it('of many heads, seen causally through a window, is the readable form between its products', async () => {
    const layer = new MultiHeadAttention(engine, { width: 8, heads: 4, keyValueHeads: 1, causal: true, window: 2 }, random);
    const x = normal([2, 5, 8]);
    const [key, value] = [layer.key, layer.value].map((product) => repeatHeads(splitHeads(product.forward(x), 1), 4));
    const { output, attentionWeights } = scaledDotProductAttention(splitHeads(layer.query.forward(x), 4), key!, value!, { mask: attentionMask(engine, { queries: 5, causal: true, window: 2 }) });
    expectClose(await layer.forward(x).data(), await layer.projection.forward(joinHeads(output)).data());
    expectClose(await layer.attentionWeights(x).data(), await attentionWeights.data());
  });

  it.each<[string, Partial<MultiHeadAttentionOptions>, boolean]>([
    ['multi-head, full, to itself', {}, false],
    ['grouped-query, causal, to another sequence', { keyValueHeads: 2, causal: true }, true],
    ['multi-query, in a window, with ALiBi', { keyValueHeads: 1, causal: true, window: 3, alibi: true }, false],
    ['grouped-query, causal, with dropout while it trains', { keyValueHeads: 2, causal: true, dropout: 0.3 }, false],
    ['with rotary positions and ALiBi in both directions', { alibi: true, rotary: new RotaryPositions(engine, { headSize: 4, contextLength: 9 }) }, true],
  ])('as a layer gives the same in both forms: %s', async (_, options, toMemory) => {
    const layer = new MultiHeadAttention(engine, { width: 16, heads: 4, ...options }, random);
    const other = new MultiHeadAttention(engine, { width: 16, heads: 4, form: 'step by step', ...options }, random);
    (['query', 'key', 'value', 'projection'] as const).forEach((name) => (other[name] = layer[name]));
    const x = engine.parameter(normal([2, 6, 16]));
    const memory = toMemory ? normal([2, 9, 16]) : x;
    const own = normal([1, 4, 6, memory.shape[1]!]);
    for (const mask of [undefined, own]) {
      const results: ArrayLike<number>[][] = [];
      for (const one of [layer, other]) {
        engine.dropoutState.begin(3, 1);
        one.setTraining(true);
        const y = engine.scope(() => {
          const output = one.forward(x, memory, mask && { mask });
          backward(sum(multiply(output, output)));
          return output;
        });
        results.push([await y.data(), await x.gradient!.data(), await (layer.key as Linear).weight.gradient!.data()]);
        for (const tensor of [x, ...layer.parameters()]) tensor.gradient = null;
      }
      results[0]!.forEach((numbers, i) => expectClose(results[1]![i]!, numbers, 2e-6 * Math.max(5, ...Array.from(numbers, Math.abs))));
      layer.setTraining(false);
      const drops = options.dropout !== undefined;
      const calm = await engine.scope(() => layer.forward(x, memory, mask && { mask })).data();
      expect(calm.some((number, i) => Math.abs(number - results[0]![0]![i]!) > 1e-3)).toBe(drops);
    }
  });

  it('gives all masks of a batch to both forms, and the steps take them as one', async () => {
    const layer = new MultiHeadAttention(engine, { width: 8, heads: 2, causal: true }, random);
    const readable = new MultiHeadAttention(engine, { width: 8, heads: 2, causal: false, form: 'step by step' }, random);
    (['query', 'key', 'value', 'projection'] as const).forEach((name) => (readable[name] = layer[name]));
    const x = normal([2, 6, 8]);
    const prefixLengths = [4, 0];
    const keyRanges = [[0, 5], [0, 6]] as const;
    const fused = layer.forward(x, x, { prefixLengths: engine.tensor(prefixLengths, [2], 'int32'), keyRanges: engine.tensor(keyRanges.flat(), [2, 2], 'int32') });
    const mask = attentionMask(engine, { queries: 6, causal: true, prefixLengths, keyRanges });
    expectClose(await readable.forward(x, x, { mask }).data(), await fused.data());
    expect(() => readable.forward(x, x, { prefixLengths: engine.tensor(prefixLengths, [2], 'int32') })).toThrow(/step by step, masks come as numbers.*got prefixLengths: give \{ mask: attentionMask/);
  });

  it('with ALiBi continues from a cache', async () => {
    const layer = new MultiHeadAttention(engine, { width: 8, heads: 2, keyValueHeads: 1, causal: true, alibi: true }, random);
    const x = normal([1, 7, 8]);
    const cache = new KeyValueCache(engine, { layers: 1, capacity: 7, width: 4 });
    const sequence = cache.add();
    const pieces: number[] = [];
    for (const [from, to] of [[0, 3], [3, 4], [4, 7]] as const) {
      pieces.push(...(await layer.forwardCached(slice(x, 1, from, to - from), cache.layers[0]!, cache.places([{ sequence, count: to - from }])).data()));
      sequence.advance(to - from);
    }
    expectClose(pieces, await layer.forward(x).data());
  });

  it('joins what it split', async () => {
    const x = normal([2, 3, 8]);
    expect([...(await joinHeads(splitHeads(x, 4)).data())]).toEqual([...(await x.data())]);
  });

  it('refuses options that it does not know, and values that cannot be', () => {
    const wide = engine.zeros([2, 9, 32]);
    const narrow = engine.zeros([2, 9, 16]);
    const half = engine.zeros([2, 9, 8]);
    expect(() => groupedQueryAttention(wide, wide, wide, { heads: 4, causal: true } as never)).toThrow("groupedQueryAttention: unknown option 'causal'; known: heads, keyValueHeads?, mask?, dropout?.");
    expect(() => groupedQueryAttention(wide, wide, wide, {} as never)).toThrow("groupedQueryAttention: the option 'heads' is missing");
    expect(() => groupedQueryAttention(wide, wide, wide, { heads: 0 })).toThrow('groupedQueryAttention: heads is 0; expected a whole number of 1 or more.');
    expect(() => groupedQueryAttention(wide, narrow, wide, { heads: 4, keyValueHeads: 2 })).toThrow('groupedQueryAttention: queries are (2, 9, 32) with 4 heads of 8, so values must be (2, keys, 16) for 2 heads, with the same number of keys and values; got (2, 9, 32).');
    expect(() => groupedQueryAttention(wide, narrow, narrow, { heads: 4 })).toThrow('so keys must be (2, keys, 32) for 4 heads, with the same number of keys and values; got (2, 9, 16). For keys of 2 heads, give { keyValueHeads: 2 }.');
    expect(() => groupedQueryAttention(wide, half, half, { heads: 4 })).toThrow('For keys of 1 head, give { keyValueHeads: 1 }.');
    expect(() => groupedQueryAttention(wide, engine.zeros([1, 9, 32]), wide, { heads: 4 })).toThrow('so keys must be (2, keys, 32)');
    expect(() => groupedQueryAttention(wide, wide, engine.zeros([2, 8, 32]), { heads: 4 })).toThrow('so values must be (2, keys, 32)');
    expect(() => groupedQueryAttention(wide, wide, wide, { heads: 5 })).toThrow('groupedQueryAttention: queries are (2, 9, 32); expected (batch, queries, width), with a width that 5 heads divide.');
    expect(() => scaledDotProductAttention(wide, wide, wide, { maks: wide } as never)).toThrow("scaledDotProductAttention: unknown option 'maks'; known: mask?, dropout?.");
    expect(() => scaledDotProductAttention(wide, wide, wide, wide as never)).toThrow('expected an object with mask?, dropout?');
    expect(() => attentionMask(engine, { queries: 4, casual: true } as never)).toThrow("attentionMask: unknown option 'casual', did you mean 'causal'?");
    expect(() => attentionMask(engine, { queries: 4, causal: 1 } as never)).toThrow(/attentionMask: causal is 1.*true or false/);
    for (const window of [-2, 1.5, NaN]) {
      expect(() => attentionMask(engine, { queries: 3, causal: true, window })).toThrow(`attentionMask: window is ${window}; expected a whole number of 0 or more.`);
      expect(() => new MultiHeadAttention(engine, { width: 8, heads: 4, window }, random)).toThrow(`MultiHeadAttention: window is ${window}; expected a whole number of 0 or more.`);
      expect(() => inspectHeads(engine.zeros([1, 1, 2, 4]), engine.zeros([1, 1, 2, 4]), engine.zeros([1, 1, 2, 4]), {}, { window })).toThrow(`inspectHeads: window is ${window}`);
    }
    expect(() => inspectHeads(engine.zeros([1, 1, 2, 4]), engine.zeros([1, 1, 2, 4]), engine.zeros([1, 1, 2, 4]), {}, { windows: 2 } as never)).toThrow("inspectHeads: unknown option 'windows', did you mean 'window'?");
    expect(() => attentionMask(engine, { queries: -1 })).toThrow('attentionMask: queries is -1');
  });

  it('names impossible sizes', () => {
    expect(() => new CausalSelfAttention(engine, { width: 10, heads: 3 }, random)).toThrow(/width 10 cannot be split into 3 heads/);
    expect(() => splitHeads(engine.zeros([1, 2, 10]), 3)).toThrow(/cannot be split/);
    expect(() => new MultiHeadAttention(engine, { width: 8, heads: 4, keyValueHeads: 3 }, random)).toThrow(/4 heads cannot share 3 heads/);
    expect(() => new MultiHeadAttention(engine, { width: 8, heads: 4, casual: true } as never, random)).toThrow("MultiHeadAttention: unknown option 'casual', did you mean 'causal'?; known: width, heads, keyValueHeads?");
    expect(() => new MultiHeadAttention(engine, { width: 8, heads: 4, causal: 'x' } as never, random)).toThrow(/MultiHeadAttention: causal is .*true or false/);
    for (const contextLength of [0, -1, 1.5, NaN]) expect(() => new RotaryPositions(engine, { headSize: 4, contextLength })).toThrow(`RotaryPositions: contextLength is ${contextLength}; expected a whole number of 1 or more.`);
    expect(() => new RotaryPositions(engine, { headSize: 3, contextLength: 4 })).toThrow('RotaryPositions: headSize is 3; expected an even number of 2 or more.');
    expect(() => new RotaryPositions(engine, { headSize: 4, contextLength: 4, theta: 500 } as never)).toThrow("RotaryPositions: unknown option 'theta'");
    expect(() => new CausalSelfAttention(engine, { width: 8, heads: 4, bias: false } as never, random)).toThrow("CausalSelfAttention: unknown option 'bias'");
    for (const dropout of [-0.1, 1, NaN]) expect(() => new MultiHeadAttention(engine, { width: 8, heads: 4, dropout }, random)).toThrow(/dropout is .*; expected a probability from 0 to below 1/);
    expect(() => attentionMask(engine, { queries: 2, keys: 3, segments: [[0, 0]] })).toThrow(/segments of 2 queries and 3 keys for each of 1 sequences/);
    expect(() => attentionMask(engine, { queries: 2, keyRanges: [[0, 2], [0, 1]], prefixLengths: [1] })).toThrow(/1 prefixLengths for 2 sequences/);
    expect(() => groupedQueryAttention(engine.zeros([1, 2, 8]), engine.zeros([1, 2, 6]), engine.zeros([1, 2, 6]), { heads: 4, keyValueHeads: 3 })).toThrow(/4 heads cannot share 3 heads/);
    expect(() => new MultiHeadAttention(engine, { width: 8, heads: 4, form: 'slow' as 'fused' }, random)).toThrow(/form is "slow"; expected 'fused' or 'step by step'/);
  });
});
