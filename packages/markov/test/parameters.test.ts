// What estimators worked out, against counts of counts by hand and by a Map.
import { Random } from '@kk/sampler';
import { describe, expect, it } from 'vitest';
import { MarkovModel, type Smoothing } from '../src/index.js';
import { ids } from './abracadabra.js';

const parametersOf = (smoothing: Smoothing, floor?: 'none') => MarkovModel.train(ids, { order: 1, vocabSize: 5, smoothing, floor }).parameters();

describe('parameters of abracadabra', () => {
  // Letters: a 5, b 2, r 2, c 1, d 1. Pairs: ab 2, br 2, ra 2, ac 1, ca 1, ad 1, da 1. Surroundings: a 4 (r, c, d, the beginning), all others 1.
  it.each<[Smoothing, object[]]>([
    ['absolute', [{ kind: 'discounts', values: [1 / 3], fallback: false }, { kind: 'discounts', values: [0.4], fallback: false }]],
    ['absolute-backoff:0.75', [{ kind: 'discounts', values: [0.75], fallback: false }, { kind: 'discounts', values: [0.75], fallback: false }]],
    ['kneser-ney', [{ kind: 'discounts', values: [0.5], fallback: true }, { kind: 'discounts', values: [0.4], fallback: false }]],
    ['modified-kneser-ney', [{ kind: 'discounts', values: [0.5, 1, 1.5], fallback: true }, { kind: 'discounts', values: [0.5, 1, 1.5], fallback: true }]],
    ['katz', [{ kind: 'discounts', values: [1 / 3], fallback: true }, { kind: 'discounts', values: [0.4], fallback: true }]],
    ['jelinek-mercer:0.9,0.6', [{ kind: 'weight', values: [0.9], fallback: false }, { kind: 'weight', values: [0.6], fallback: false }]],
    ['witten-bell', []],
    ['mle', []],
  ])('%s', (smoothing, expected) => {
    expect(parametersOf(smoothing)).toEqual(expected.map((parameters, length) => ({ length, ...parameters })));
  });

  it('are those of shares that depend on them', () => {
    expect(parametersOf('absolute', 'none').map(({ length }) => length)).toEqual([1]);
  });
});

describe('parameters of a longer text', () => {
  // Rare and frequent tokens, so that all counts of counts are there.
  const random = new Random(5);
  const text = Int32Array.from({ length: 5000 }, () => Math.floor(400 * random.uniform() ** 3));
  const model = MarkovModel.train(text, { order: 1, vocabSize: 400 });
  const pairs = new Map<number, number>();
  for (let i = 1; i < text.length; i++) pairs.set(400 * text[i - 1] + text[i], (pairs.get(400 * text[i - 1] + text[i]) ?? 0) + 1);
  const n = (count: number): number => [...pairs.values()].filter((value) => value === count).length;

  it('follow Chen and Goodman', () => {
    const y = n(1) / (n(1) + 2 * n(2));
    const { values, fallback } = model.withSmoothing('modified-kneser-ney').parameters()[1];
    expect(fallback).toBe(false);
    [1, 2, 3].forEach((count, i) => expect(values[i]).toBeCloseTo(count - ((count + 1) * y * n(count + 1)) / n(count), 12));
  });

  it('follow Good and Turing', () => {
    const [, { kind, values, fallback }] = model.withSmoothing('katz').parameters();
    expect([kind, fallback]).toEqual(['factors', false]);
    const k = values.length;
    const common = ((k + 1) * n(k + 1)) / n(1);
    values.forEach((value, i) => expect(value).toBeCloseTo((((i + 2) * n(i + 2)) / ((i + 1) * n(i + 1)) - common) / (1 - common), 12));
  });

  it('are what the probabilities are made with', () => {
    const weighted = model.withSmoothing('jelinek-mercer');
    const [, { values: [weight] }] = weighted.parameters();
    const followers = model.counts([7]);
    const total = followers.reduce((sum, { count }) => sum + count, 0);
    for (const { id, count } of followers) {
      const shorter = Math.exp(weighted.logProbability([], id));
      expect(Math.exp(weighted.logProbability([7], id))).toBeCloseTo((weight * count) / total + (1 - weight) * shorter, 12);
    }
  });
});
