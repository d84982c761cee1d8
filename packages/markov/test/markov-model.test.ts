import { softmax } from '@kk/sampler';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished, MarkovModel, type Smoothing } from '../src/index.js';
import { a, b, c, d, ids, r } from './abracadabra.js';

const train = (order: number, smoothing?: Smoothing): MarkovModel => MarkovModel.train(ids, { order, vocabSize: 5, smoothing });

/** Every probability after a context, with its denominator taken out: whole numbers where the table is exact. */
const times = (denominator: number, model: MarkovModel, context: number[]): number[] =>
  [0, 1, 2, 3, 4].map((id) => Number((denominator * Math.exp(model.logProbability(context, id))).toFixed(9)));

describe('Witten-Bell, by hand on "abracadabra"', () => {
  const model = train(2);

  it('without context: 11 letters, 5 different, the uniform 1/5 below', () => {
    // (c(w) + 5 * 1/5) / (11 + 5)
    expect(times(16, model, [])).toEqual([6, 3, 3, 2, 2]);
    expect(times(16, train(0), [a])).toEqual([6, 3, 3, 2, 2]);
  });

  it('after a: b twice, c and d once; three different of four', () => {
    // (c(a w) + 3 P(w)) / (4 + 3) with P(w) in sixteenths
    expect(times(112, model, [a])).toEqual([18, 2 * 16 + 9, 9, 16 + 6, 16 + 6]);
  });

  it('after ra: only c, once (the last "ra" ends the text)', () => {
    // (c(ra w) + 1 P(w | a)) / (1 + 1) with P(w | a) in 112ths
    expect(times(224, model, [r, a])).toEqual([18, 41, 9, 112 + 22, 22]);
  });

  it('after da, where b followed once', () => {
    expect(times(224, model, [d, a])).toEqual([18, 112 + 41, 9, 22, 22]);
  });

  it('after an unknown context: as after its longest known end', () => {
    expect(times(112, model, [b, a])).toEqual(times(112, model, [a]));
    expect(times(16, train(1).withSmoothing('witten-bell'), [])).toEqual([6, 3, 3, 2, 2]);
    const unseenLast = MarkovModel.train(ids, { order: 2, vocabSize: 6 });
    expect(unseenLast.next([5])).toEqual(unseenLast.next([]));
  });

  it('tells the length of the end that it used', () => {
    const { backoff } = MarkovModel.train(ids, { order: 2, vocabSize: 6 });
    // "abracadabra" has no "ba" and no 5, and of "bra" an order of 2 uses "ra".
    const cases: [number[], number][] = [[[], 0], [[a], 1], [[r, a], 2], [[b, r, a], 2], [[b, a], 1], [[5], 0], [[5, a], 1], [[a, 5], 0]];
    expect(cases.map(([context]) => backoff.usedContext(context))).toEqual(cases.map(([, used]) => used));
    // Of "ab", nothing follows "b".
    expect(MarkovModel.train([0, 1], { order: 1, vocabSize: 2 }).backoff.usedContext([1])).toBe(0);
  });

  it('a token that never occurred is possible all the same', () => {
    const larger = MarkovModel.train(ids, { order: 0, vocabSize: 10 });
    // (0 + 5 * 1/10) / (11 + 5)
    expect(Math.exp(larger.logProbability([], 9))).toBeCloseTo(0.5 / 16, 12);
  });
});

describe('maximum likelihood, by hand on "abracadabra"', () => {
  const model = train(2, 'mle');

  it('is relative frequency', () => {
    expect(times(11, model, [])).toEqual([5, 2, 2, 1, 1]);
    expect(times(4, model, [a])).toEqual([0, 2, 0, 1, 1]);
    expect(times(2, model, [a, b])).toEqual([0, 0, 2, 0, 0]);
    expect(times(1, model, [r, a])).toEqual([0, 0, 0, 1, 0]);
  });

  it('backs off to a shorter context when the context is unknown', () => {
    expect(times(4, model, [b, a])).toEqual([0, 2, 0, 1, 1]);
    expect(times(1, model, [b, c])).toEqual([1, 0, 0, 0, 0]);
  });

  it('backs off from a token that only ends the text, too', () => {
    const model = MarkovModel.train([0, 0, 1], { order: 1, vocabSize: 2, smoothing: 'mle' });
    expect(Math.exp(model.logProbability([1], 0))).toBeCloseTo(2 / 3, 12);
  });

  it('gives -Infinity to what never followed', () => {
    expect(model.logProbability([a], a)).toBe(-Infinity);
    expect(model.next([a])[a]).toBe(-Infinity);
    expect(model.crossEntropy([a, a, a])).toBe(Infinity);
  });
});

describe('counts: what followed here', () => {
  const model = train(2);

  it('lists followers, the most frequent first, equal ones by id', () => {
    expect(model.counts([a])).toEqual([
      { id: b, count: 2 },
      { id: c, count: 1 },
      { id: d, count: 1 },
    ]);
    expect(model.counts([]).map(({ count }) => count)).toEqual([5, 2, 2, 1, 1]);
    expect(model.counts([a, b])).toEqual([{ id: r, count: 2 }]);
  });

  it('looks at no more than the last `order` tokens', () => {
    expect(model.counts([d, d, d, a, b])).toEqual([{ id: r, count: 2 }]);
    expect(train(0).counts([a, b])).toEqual(train(0).counts([]));
  });

  it('is empty where nothing followed', () => {
    expect(model.counts([c, d])).toEqual([]);
    expect(MarkovModel.train([0, 1, 2], { order: 2, vocabSize: 3 }).counts([2])).toEqual([]);
    expect(MarkovModel.train([0, 1, 2], { order: 2, vocabSize: 3 }).counts([1, 2])).toEqual([]);
  });
});

describe('cross-entropy', () => {
  it('is the mean of -ln P over all tokens, the first ones with the context that there is', () => {
    const model = train(2);
    const text = [a, b, c, a, d];
    const byHand = text.map((id, i) => -model.logProbability(text.slice(0, i), id)).reduce((sum, nats) => sum + nats, 0) / text.length;
    expect(model.crossEntropy(text)).toBeCloseTo(byHand, 12);
    expect(train(0).crossEntropy([a, b])).toBeCloseTo(-(Math.log(6 / 16) + Math.log(3 / 16)) / 2, 12);
  });

  it('of maximum likelihood on its own text is the entropy of the counts', () => {
    const entropy = -[5, 2, 2, 1, 1].reduce((sum, count) => sum + (count / 11) * Math.log(count / 11), 0);
    expect(train(0, 'mle').crossEntropy(ids)).toBeCloseTo(entropy, 12);
  });
});

const textArbitrary = fc.integer({ min: 1, max: 8 }).chain((vocabSize) =>
  fc.record({
    vocabSize: fc.constant(vocabSize),
    ids: fc.array(fc.nat(vocabSize - 1), { minLength: 1, maxLength: 60 }),
    context: fc.array(fc.nat(vocabSize - 1), { maxLength: 8 }),
    order: fc.integer({ min: 0, max: 12 }),
    smoothing: fc.constantFrom<Smoothing>('witten-bell', 'mle'),
  }),
);

describe('for every text, order and context', () => {
  it('probabilities sum to one, and next() and logProbability() agree', () => {
    fc.assert(
      fc.property(textArbitrary, ({ ids, context, ...options }) => {
        const model = MarkovModel.train(ids, options);
        const single = Array.from({ length: options.vocabSize }, (_, id) => model.logProbability(context, id));
        expect(single.reduce((sum, nats) => sum + Math.exp(nats), 0)).toBeCloseTo(1, 12);
        const logits = model.next(context);
        logits.forEach((logit, id) => expect(logit === single[id] || Math.abs(logit - single[id]) < 1e-5).toBe(true));
        softmax(logits).forEach((p, id) => expect(p).toBeCloseTo(Math.exp(single[id]), 5));
        if (options.smoothing === 'witten-bell') expect(Math.min(...single)).toBeGreaterThan(-Infinity);
      }),
    );
  });

  it('counts are those of a plain search through the text', () => {
    fc.assert(
      fc.property(textArbitrary, ({ ids, context, ...options }) => {
        const seen = context.slice(Math.max(0, context.length - options.order));
        const expected = new Map<number, number>();
        for (let i = seen.length; i < ids.length; i++) {
          if (seen.every((id, j) => ids[i - seen.length + j] === id)) expected.set(ids[i], (expected.get(ids[i]) ?? 0) + 1);
        }
        const found = MarkovModel.train(ids, options).counts(context);
        expect(new Map(found.map(({ id, count }) => [id, count]))).toEqual(expected);
      }),
    );
  });

  it('the context before the last `order` tokens makes no difference', () => {
    fc.assert(
      fc.property(textArbitrary, fc.array(fc.nat(0), { maxLength: 5 }), ({ ids, context, ...options }, before) => {
        const model = MarkovModel.train(ids, { ...options, order: Math.min(options.order, context.length) });
        expect(model.next([...before, ...context])).toEqual(model.next(context));
      }),
    );
  });
});

describe('sizes', () => {
  it('takes any array of integers, and a vocabulary larger than the text', () => {
    expect(MarkovModel.train(Uint16Array.from(ids), { order: 2, vocabSize: 50_000 }).counts([r, a])).toEqual([{ id: c, count: 1 }]);
  });

  it('a text shorter than the order is no problem', () => {
    const model = MarkovModel.train([3], { order: 12, vocabSize: 4 });
    expect(model.order).toBe(12);
    expect(model.vocabSize).toBe(4);
    expect(model.counts([])).toEqual([{ id: 3, count: 1 }]);
    expect(model.next([3, 3])).toEqual(model.next([]));
  });

  it('shares its counts between estimators', () => {
    const model = train(2);
    expect(model.smoothing).toBe('witten-bell');
    expect(model.withSmoothing('mle').smoothing).toBe('mle');
    expect(model.withSmoothing('mle').next([a])).toEqual(train(2, 'mle').next([a]));
  });
});

describe('bad input', () => {
  const options = { order: 1, vocabSize: 5 };

  it.each<[string, () => unknown, string]>([
    ['an empty text', () => MarkovModel.train([], options), 'the text to train on is empty: expected at least one token'],
    ['an order below 0', () => MarkovModel.train(ids, { ...options, order: -1 }), 'order must be an integer from 0 to 12 (preceding tokens seen), got -1'],
    ['an order above 12', () => MarkovModel.train(ids, { ...options, order: 13 }), 'got 13'],
    ['an order between two', () => MarkovModel.train(ids, { ...options, order: 1.5 }), 'got 1.5'],
    ['no vocabulary', () => MarkovModel.train(ids, { ...options, vocabSize: 0 }), 'vocabSize must be an integer from 1 to 16777216, got 0'],
    ['an endless vocabulary', () => MarkovModel.train(ids, { ...options, vocabSize: 2 ** 40 }), 'vocabSize must be'],
    ['an id beyond it', () => MarkovModel.train([0, 5], options), 'ids[1] is 5: expected a token id from 0 to 4'],
    ['an id that is none', () => MarkovModel.train([0.5], options), 'ids[0] is 0.5'],
    ['a smoothing that is none', () => MarkovModel.train(ids, { ...options, smoothing: 'toString' as Smoothing }), 'modified-kneser-ney-backoff, stupid-backoff, got "toString"'],
    ['a context beyond the vocabulary', () => train(1).next([9]), 'context[0] is 9'],
    ['a token beyond the vocabulary', () => train(1).logProbability([], -1), 'id is -1'],
    ['nothing to measure', () => train(1).crossEntropy([]), 'the text to measure is empty'],
    ['a text beyond the vocabulary', () => train(1).crossEntropy([0, 7]), 'ids[1] is 7'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(message);
  });
});

it('backoffInSteps computes what backoff is, and says how far it is', () => {
  const steps = train(2).backoffInSteps();
  const shares: number[] = [];
  let step = steps.next();
  for (; !step.done; step = steps.next()) shares.push(step.value);
  expect(shares.length).toBeGreaterThan(0);
  expect(shares.every((share, i) => share >= (shares[i - 1] ?? 0) && share <= 1)).toBe(true);
  for (const context of [[], [a], [a, b], [c, r]]) for (const id of [a, b, c, d, r]) expect(step.value.logProbability(context, id)).toBe(train(2).backoff.logProbability(context, id));
  const model = train(2);
  expect(finished(model.backoffInSteps())).toBe(model.backoff);
});
