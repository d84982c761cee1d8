// What rotary position embedding is made for: products of queries and keys that know their distance, and nothing else changed.
import { describe, expect, it } from 'vitest';
import { attentionWeights, concatenate, init, Random, rotaryEmbedding, rotaryTable, slice, type Engine } from '../src/index.js';
import { rotaryFrequencies } from './support/rotary-frequencies.js';

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['wasm', () => init('wasm', { threads: 1 })],
];

describe.each(devices)('rotary positions on %s', async (_, make) => {
  const engine = await make();
  const random = new Random(5);

  it.each([false, true])('attention weights depend on distances alone, interleaved: %s', async (interleaved) => {
    const [query, key] = [0, 1].map(() => engine.randomNormal([1, 6, 16], random));
    const table = rotaryTable(engine, { positions: 5000, frequencies: rotaryFrequencies(8) });
    const weightsAt = (start: number): ReturnType<typeof attentionWeights> => {
      const [q, k] = [query!, key!].map((x) => rotaryEmbedding(x, table, { headSize: 8, interleaved, start }));
      return attentionWeights(q!, k!, { heads: 2 });
    };
    const [near, far, without] = await Promise.all([weightsAt(0), weightsAt(4990), attentionWeights(query!, key!, { heads: 2 })].map((x) => x.data()));
    near!.forEach((weight, i) => expect(weight).toBeCloseTo(far![i]!, 4));
    expect(Math.max(...near!.map((weight, i) => Math.abs(weight - without![i]!)))).toBeGreaterThan(0.01);
  });

  it('leaves position 0, columns behind the dimension and heads that are not named as they are', async () => {
    const qkv = engine.randomNormal([1, 3, 24], random);
    const table = rotaryTable(engine, { positions: 3, frequencies: rotaryFrequencies(2) });
    const turned = rotaryEmbedding(qkv, table, { headSize: 4, heads: 4 });
    const [before, after] = [await qkv.data(), await turned.data()];
    before.forEach((number, i) => {
      const [position, column] = [Math.floor(i / 24), i % 24];
      if (position === 0 || column >= 16 || column % 4 >= 2) expect(after[i]).toBe(number);
      else expect(after[i]).not.toBe(number);
    });
  });

  it('takes positions as it takes a start', async () => {
    const x = engine.randomNormal([2, 3, 8], random);
    const table = rotaryTable(engine, { positions: 9, frequencies: rotaryFrequencies(8) });
    const positions = engine.tensor([4, 5, 6, 0, 1, 2], [2, 3], 'int32');
    const packed = rotaryEmbedding(x, table, { headSize: 8, positions });
    const apart = concatenate([4, 0].map((start, sequence) => rotaryEmbedding(slice(x, 0, sequence, 1), table, { headSize: 8, start })));
    expect(await packed.data()).toEqual(await apart.data());
  });

  it('gives NaN where a position is set later that the table does not have', async () => {
    const x = engine.randomNormal([1, 2, 4], random);
    const positions = engine.tensor([0, 1], [1, 2], 'int32');
    const y = engine.allocate([1, 2, 4]);
    positions.set([-1, 2]);
    engine.run('rotary', [x, rotaryTable(engine, { positions: 2, frequencies: [1] }), positions, y], [1, 2, 4, 1, 4, 2, 2, 0, 0, 0]);
    const [before, after] = [await x.data(), await y.data()];
    after.forEach((number, i) => expect(number).toBe(i % 4 < 2 ? NaN : before[i]));
  });
});
