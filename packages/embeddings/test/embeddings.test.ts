// Token and position embeddings.
import { backward, init, Random, sum } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { OutputEmbedding, PositionEmbedding, sinusoidalPositions, TokenEmbedding } from '../src/index.js';

describe('token embeddings', async () => {
  const engine = await init('cpu', { precision: 'float64' });

  it('look up rows, and score all tokens by their dot product', async () => {
    const tokens = new TokenEmbedding(engine, { rows: 3, width: 2 }, new Random(0));
    tokens.weight.set([1, 0, 0, 1, 2, 2]);
    expect([...tokens.forward(engine.tensor([2, 0], [1, 2], 'int32')).dataSync()]).toEqual([2, 2, 1, 0]);
    expect([...new OutputEmbedding(tokens.weight).forward(engine.tensor([3, 4], [1, 2])).dataSync()]).toEqual([3, 4, 14]);
  });

  it('learn as input and as output at once', () => {
    const tokens = new TokenEmbedding(engine, { rows: 3, width: 2 }, new Random(0));
    tokens.weight.set([1, 0, 0, 1, 2, 2]);
    engine.scope(() => backward(sum(new OutputEmbedding(tokens.weight).forward(tokens.forward(engine.tensor([1], [1], 'int32'))))));
    // loss = e1 . (e0 + e1 + e2): by e0 and e2 it is e1; by e1 it is (e0 + e1 + e2) + e1
    expect([...tokens.weight.gradient!.dataSync()]).toEqual([0, 1, 3, 4, 0, 1]);
  });

  it('can have a table of its own at the output', () => {
    const output = OutputEmbedding.untied(engine, { rows: 3, width: 2, deviation: 0.5 }, new Random(0));
    expect(output.weight.shape).toEqual([3, 2]);
    expect([...output.namedParameters().keys()]).toEqual(['weight']);
    const [a, b] = output.weight.dataSync();
    expect(output.forward(engine.tensor([1, 2], [1, 2])).dataSync()[0]).toBeCloseTo(a! + 2 * b!, 12);
  });

  it('refuse ids that do not exist', () => {
    const tokens = new TokenEmbedding(engine, { rows: 3, width: 2 }, new Random(0));
    expect(() => tokens.forward(engine.tensor([3], [1], 'int32'))).toThrow(/id 3 is out of range.*highest id is 2/);
    expect(() => tokens.forward(engine.tensor([-1], [1], 'int32'))).toThrow(/negative/);
    expect(() => tokens.forward(engine.tensor([1]))).toThrow(/int32/);
  });
});

describe('position embeddings', async () => {
  const engine = await init('cpu');

  it('give the rows from a place on', () => {
    const positions = new PositionEmbedding(engine, { rows: 4, width: 2 }, new Random(0));
    positions.weight.set([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...positions.at(1, 2).dataSync()]).toEqual([2, 3, 4, 5]);
    expect(() => positions.at(3, 2)).toThrow(/Positions 3 to 4 .* only 4/);
  });

  it('of sines and cosines follow the formula', () => {
    const table = sinusoidalPositions(50, 6);
    expect([...table.slice(0, 6)]).toEqual([0, 1, 0, 1, 0, 1]);
    expect(table[7 * 6 + 2]).toBeCloseTo(Math.sin(7 / 10000 ** (2 / 6)), 6);
    expect(table[7 * 6 + 5]).toBeCloseTo(Math.cos(7 / 10000 ** (4 / 6)), 6);
    expect(() => sinusoidalPositions(3, 5)).toThrow(/an even number/);
  });
});
