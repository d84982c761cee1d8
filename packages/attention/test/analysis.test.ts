// What the analyses of attention weights find: numpy's numbers, hand-made patterns, and bounds that hold for any weights.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attentionEntropy, attentionRollout, firstTokenScores, inductionLinks, inductionScores, meanAttentionDistance, previousTokenScores, type AttentionPatterns } from '../src/index.js';

const numpy = JSON.parse(readFileSync(new URL('./fixtures/analysis.numpy.json', import.meta.url), 'utf8')) as Record<
  'entropy' | 'meanDistance' | 'previousToken' | 'firstToken' | 'induction' | 'links' | 'rollouts',
  number[][]
> & { shape: number[]; weights: number[]; ids: number[] };

function expectClose(found: number[][], expected: number[][]): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((row, i) => {
    expect(found[i]!.length).toBe(row.length);
    row.forEach((value, j) => expect(found[i]![j], `${i}, ${j}`).toBeCloseTo(value, 9));
  });
}

/** One head of one layer, from its rows. */
const oneHead = (rows: number[][]): AttentionPatterns => ({ weights: rows.flat(), shape: [1, 1, rows.length, rows.length] });

describe('agrees with numpy', () => {
  it.each([
    ['entropy', attentionEntropy(numpy)],
    ['meanDistance', meanAttentionDistance(numpy)],
    ['previousToken', previousTokenScores(numpy)],
    ['firstToken', firstTokenScores(numpy)],
    ['induction', inductionScores(numpy, numpy.ids)],
    ['links', inductionLinks(numpy.ids).map(({ query, key }) => [query, key])],
    ['rollouts', attentionRollout(numpy).map((rollout) => [...rollout])],
  ] as const)('%s', (name, found) => expectClose(found, numpy[name]));
});

describe('knows hand-made patterns', () => {
  const identity = oneHead([[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
  const previous = oneHead([[1, 0, 0], [1, 0, 0], [0, 1, 0]]);
  const first = oneHead([[1, 0, 0], [1, 0, 0], [1, 0, 0]]);
  const even = oneHead(Array.from({ length: 4 }, () => [0.25, 0.25, 0.25, 0.25]));

  it('of a head that looks at itself', () => {
    expect([attentionEntropy(identity), meanAttentionDistance(identity), previousTokenScores(identity), firstTokenScores(identity)]).toEqual([[[0]], [[0]], [[0]], [[0]]]);
    expect([...attentionRollout(identity)[0]!]).toEqual(identity.weights);
  });

  it('of a head that looks one position back', () => {
    expect([previousTokenScores(previous), meanAttentionDistance(previous)]).toEqual([[[1]], [[2 / 3]]]);
  });

  it('of a head that looks at the first position', () => {
    expect([firstTokenScores(first), meanAttentionDistance(first)]).toEqual([[[1]], [[1]]]);
  });

  it('of a head that looks everywhere alike', () => {
    expect(attentionEntropy(even)[0]![0]).toBeCloseTo(Math.log(4), 12);
    expect(meanAttentionDistance(even)[0]![0]).toBeCloseTo(1.25, 12);
  });

  it('of an induction head: in A B C A the last A looks at B', () => {
    const induction = oneHead([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0.1, 0.7, 0.2, 0]]);
    expect(inductionScores(induction, [5, 6, 7, 5])).toEqual([[0.7]]);
    expect(inductionLinks([5, 6, 7, 5])).toEqual([{ query: 3, key: 1 }]);
    expect(inductionLinks([5, 5])).toEqual([]); // it would look at itself
    expect(inductionLinks([5, 5, 5])).toEqual([{ query: 2, key: 1 }]);
  });

  it('of two layers: what arrives went through both', () => {
    const [, last] = attentionRollout({ weights: [...Array.from(previous.weights), ...Array.from(previous.weights)], shape: [2, 1, 3, 3] });
    expect([...last!]).toEqual([1, 0, 0, 0.75, 0.25, 0, 0.25, 0.5, 0.25]); // ((W + I) / 2) squared
  });
});

/** Weights of any shape, causal or not; some queries see nothing. */
const anyPatterns = fc
  .record({ layers: fc.integer({ min: 1, max: 2 }), heads: fc.integer({ min: 1, max: 3 }), time: fc.integer({ min: 2, max: 6 }), isCausal: fc.boolean() })
  .chain(({ layers, heads, time, isCausal }) =>
    fc.array(fc.integer({ min: 0, max: 20 }), { minLength: layers * heads * time * time, maxLength: layers * heads * time * time }).map((raw): AttentionPatterns => {
      const weights = raw.map((value, i) => (isCausal && i % time > Math.floor(i / time) % time ? 0 : value));
      for (let from = 0; from < weights.length; from += time) {
        const sum = weights.slice(from, from + time).reduce((a, b) => a + b, 0);
        for (let i = from; sum > 0 && i < from + time; i++) weights[i]! /= sum;
      }
      return { weights, shape: [layers, heads, time, time] };
    }),
  );

describe('for any weights', () => {
  it('stays within its bounds, for every head of every layer', () => {
    fc.assert(
      fc.property(anyPatterns, (patterns) => {
        const [layers, heads, time] = patterns.shape as [number, number, number];
        const bounds = [[attentionEntropy, Math.log(time)], [meanAttentionDistance, time - 1], [previousTokenScores, 1], [firstTokenScores, 1]] as const;
        for (const [analysis, highest] of bounds) {
          const scores = analysis(patterns);
          expect(scores.map((row) => row.length)).toEqual(Array.from({ length: layers }, () => heads));
          for (const score of scores.flat()) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(highest + 1e-9);
          }
        }
      }),
    );
  });

  it('gives each head the numbers that it has alone', () => {
    fc.assert(
      fc.property(anyPatterns, (patterns) => {
        const [layers, heads, time] = patterns.shape as [number, number, number];
        for (const analysis of [attentionEntropy, meanAttentionDistance, previousTokenScores, firstTokenScores]) {
          const alone = Array.from({ length: layers * heads }, (_, i) => analysis({ weights: Array.from(patterns.weights).slice(i * time * time, (i + 1) * time * time), shape: [1, 1, time, time] })[0]![0]);
          expect(analysis(patterns).flat()).toEqual(alone);
        }
      }),
    );
  });

  it('rolls out to shares: rows sum to one where every query sees a key', () => {
    fc.assert(
      fc.property(anyPatterns, (patterns) => {
        const [, , time] = patterns.shape as [number, number, number];
        const seesAll = !Array.from(patterns.weights).some((_, i, all) => i % time === 0 && all.slice(i, i + time).every((weight) => weight === 0));
        for (const rollout of attentionRollout(patterns)) {
          for (let row = 0; row < time; row++) {
            const shares = [...rollout.slice(row * time, (row + 1) * time)];
            expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
            const sum = shares.reduce((a, b) => a + b, 0);
            if (seesAll) expect(sum).toBeCloseTo(1, 9);
            else expect(sum).toBeLessThanOrEqual(1 + 1e-9);
          }
        }
      }),
    );
  });

  it('finds the links of induction: the token before the key is that of the query, and comes earlier', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 9 }), (ids) => {
        const expected = ids.flatMap((id, query) => ids.flatMap((_, key) => (key > 0 && key < query && ids[key - 1] === id ? [{ query, key }] : [])));
        expect(inductionLinks(ids)).toEqual(expected);
      }),
    );
  });
});

it('refuses what are no attention weights, and says what to do', () => {
  expect(() => attentionEntropy({ weights: [1, 0, 0.5], shape: [1, 1, 2, 2] })).toThrow(/attentionEntropy: got 3 weights of shape \(1, 1, 2, 2\)/);
  expect(() => attentionEntropy({ weights: [1, 1], shape: [1, 1, 1, 2] })).toThrow(/expected \(layers, heads, time, time\)/);
  expect(() => attentionRollout({ weights: [1, 0, -1, 2], shape: [1, 1, 2, 2] })).toThrow(/weight 2 is -1; expected shares .* not the scores/);
  expect(() => attentionRollout({ weights: [1, 0, NaN, 2], shape: [1, 1, 2, 2] })).toThrow(/weight 2 is NaN/);
  expect(() => attentionRollout({ weights: [1, 0, 1, 2], shape: [1, 1, 2, 2] })).toThrow(/weights from 2 to 3 sum to 3; expected 1/);
  expect(() => previousTokenScores({ weights: [1], shape: [1, 1, 1, 1] })).toThrow(/the text has 1 positions; at least 2 are needed/);
  expect(() => inductionScores({ weights: [1, 0, 1, 0], shape: [1, 1, 2, 2] }, [1])).toThrow(/1 token ids for weights of 2 positions/);
  expect(() => inductionScores({ weights: [1, 0, 1, 0], shape: [1, 1, 2, 2] }, [1, 2])).toThrow(/no token occurs a second time/);
});
