// What holds for every estimator: every context sums to one, however it is asked.
import { Random } from '@kk/sampler';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarkovModel, parseSmoothing, type Smoothing, smoothingNames } from '../src/index.js';

const smoothings: Smoothing[] = [...smoothingNames, 'additive:0.1', 'absolute:0.75', 'absolute:1', 'absolute-backoff:1', 'kneser-ney:1', 'kneser-ney-backoff:0.1', 'jelinek-mercer:0.9,0.5,0', 'jelinek-mercer:1', 'stupid-backoff:1'];

/** Texts of few tokens, so that contexts come again, the vocabulary perhaps larger; sentences that begin with token 0 in half of the cases. */
const problem = fc.integer({ min: 2, max: 7 }).chain((used) =>
  fc.record({
    texts: fc.array(fc.record({ ids: fc.array(fc.nat(used - 1), { maxLength: 50 }), weight: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 4 }).filter((texts) => texts.some(({ ids }) => ids.some((id) => id > 0))),
    vocabSize: fc.integer({ min: Math.max(2, used), max: used + 3 }),
    context: fc.array(fc.nat(used), { maxLength: 6 }).map((ids) => ids.map((id) => Math.min(id, used - 1))),
    order: fc.integer({ min: 0, max: 5 }),
    startToken: fc.constantFrom(undefined, 0),
    floor: fc.constantFrom('uniform' as const, 'uniform' as const, 'none' as const),
  }),
);

describe.each(smoothings)('%s', (smoothing) => {
  it('gives every context a distribution, in next(), logProbability() and sample() alike', () => {
    fc.assert(
      fc.property(problem, ({ texts, context, ...options }) => {
        const model = MarkovModel.trainAll(texts, { ...options, smoothing });
        const probabilities = Array.from({ length: options.vocabSize }, (_, id) => Math.exp(model.logProbability(context, id)));
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
        expect(Math.min(...probabilities)).toBeGreaterThanOrEqual(0);
        if (options.startToken !== undefined) expect(probabilities[0]).toBe(0);
        model.next(context).forEach((logit, id) => expect(Math.exp(logit)).toBeCloseTo(probabilities[id], 5));
        expect(probabilities[model.sample(context, new Random(texts.length))]).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});

describe('sample', () => {
  it.each(smoothings)('draws what %s makes probable, as often', (smoothing) => {
    const model = MarkovModel.train([0, 1, 2, 0, 1, 3, 0, 2, 2, 1, 0, 1, 2], { order: 2, vocabSize: 6, smoothing });
    const draws = 20_000;
    const random = new Random(5);
    for (const context of [[], [0, 1], [3], [3, 3]]) {
      const drawn = new Array<number>(6).fill(0);
      for (let i = 0; i < draws; i++) drawn[model.sample(context, random)]++;
      // Chi-square with at most 5 degrees of freedom: 30 is passed once in 80,000 times, and the seed is fixed.
      const chi = drawn.reduce((sum, count, id) => {
        const expected = draws * Math.exp(model.logProbability(context, id));
        if (expected === 0) expect(count).toBe(0);
        return expected === 0 ? sum : sum + (count - expected) ** 2 / expected;
      }, 0);
      expect(chi).toBeLessThan(30);
    }
  });
});

describe('smoothing, except for mle and the ends of parameters', () => {
  it.each(smoothingNames.filter((name) => name !== 'mle' && name !== 'stupid-backoff'))('%s calls nothing impossible', (smoothing) => {
    const model = MarkovModel.train([0, 1, 2, 0, 1, 3, 0, 2, 2, 1, 0, 1, 2], { order: 2, vocabSize: 6, smoothing });
    for (const context of [[], [0, 1], [5], [0, 2]]) for (let id = 0; id < 6; id++) expect(model.logProbability(context, id)).toBeGreaterThan(-Infinity);
  });
});

describe('names', () => {
  it('come with parameters', () => {
    expect(parseSmoothing('additive:1e-3')).toBe('additive:1e-3');
    expect(parseSmoothing('katz')).toBe('katz');
  });

  it.each([
    ['', 'smoothing must be one of mle, additive'],
    ['Kneser-Ney', 'got "Kneser-Ney"'],
    ['__proto__', 'got "__proto__"'],
    ['mle:1', 'the smoothing mle takes no parameter, got mle:1'],
    ['additive:0', 'takes a number above 0 that is added to every count after the colon, got additive:0'],
    ['additive:', 'got additive:'],
    ['additive:-1', 'got additive:-1'],
    ['absolute:1.5', 'takes a discount above 0 to 1'],
    ['jelinek-mercer:0.5,2', 'takes weights from 0 to 1, separated by commas'],
    ['stupid-backoff:NaN', 'takes a factor above 0 to 1'],
  ])('%s is none', (text, message) => {
    expect(() => parseSmoothing(text)).toThrow(RangeError);
    expect(() => parseSmoothing(text)).toThrow(message);
  });
});
