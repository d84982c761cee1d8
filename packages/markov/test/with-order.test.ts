// Lower orders from the counts of a higher one, and drawing without an estimate: both give what the long way gives.
import { Random } from '@kk/sampler';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarkovModel, TextMarkov, type UnitName } from '../src/index.js';

const letters = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '.', '\n'), maxLength: 40 }), { minLength: 1, maxLength: 3 }).filter((texts) => texts.some((text) => text.trim() !== ''));
const orders = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 })).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);

describe('withOrder', () => {
  it('is the chain that training with that order gives', () => {
    fc.assert(
      fc.property(letters, orders, fc.constantFrom<UnitName>('character', 'word'), fc.boolean(), (texts, [low, high], unit, sentences) => {
        const direct = TextMarkov.train(texts, { unit, order: low, sentences });
        const shared = TextMarkov.train(texts, { unit, order: high, sentences }).withOrder(low);
        expect(shared.counted.ngrams.order).toBe(low);
        expect(shared.counted.ngrams.table).toEqual(direct.counted.ngrams.table);
        expect(shared.generate({ length: 20, seed: 1 })).toBe(direct.generate({ length: 20, seed: 1 }));
        expect(shared.generate({ length: 20, seed: 1, beginning: 'sentence', temperature: 0.8 })).toBe(direct.generate({ length: 20, seed: 1, beginning: 'sentence', temperature: 0.8 }));
        expect(shared.withSmoothing('witten-bell').evaluate(texts.find((text) => text.trim() !== '')!)).toEqual(direct.withSmoothing('witten-bell').evaluate(texts.find((text) => text.trim() !== '')!));
      }),
      { numRuns: 200 },
    );
  });

  it('copies nothing, and finds sources with the same index', () => {
    const high = MarkovModel.train([0, 1, 2, 0, 1], { order: 3, vocabSize: 3 });
    const low = high.withOrder(1);
    expect(low.ngrams.table.tokens.buffer).toBe(high.ngrams.table.tokens.buffer);
    expect(low.sourceIndex).toBe(high.sourceIndex);
    low.add({ ids: [2] });
    expect(low.sourceIndex).not.toBe(high.sourceIndex);
    expect(high.counts([2])).toEqual([{ id: 0, count: 1 }]);
  });

  it.each([-1, 4, 1.5])('refuses %s', (order) => {
    expect(() => MarkovModel.train([0, 1], { order: 3, vocabSize: 2 }).withOrder(order)).toThrow('order must be an integer from 0 to 3');
  });
});

describe('drawing without smoothing', () => {
  it('gives the tokens that the estimated probabilities give', () => {
    const ids = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(ids, ids, fc.integer({ min: 0, max: 4 }), fc.constantFrom(undefined, 0), (text, context, order, startToken) => {
        const sequence = startToken === undefined ? text : [startToken, ...text, 1];
        const model = MarkovModel.train(sequence, { order, vocabSize: 5, smoothing: 'mle', startToken });
        const estimated = MarkovModel.train(sequence, { order, vocabSize: 5, smoothing: 'mle', startToken }).backoff;
        for (let seed = 0; seed < 10; seed++) expect(model.sample(context, new Random(seed))).toBe(estimated.sample(context, new Random(seed)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('stream', () => {
  it('gives the ids of generate(), one by one, after a text or ids', () => {
    const nonsense = TextMarkov.train('Der Hund bellt. Die Katze schläft. Der Hund schläft.', { unit: 'word', order: 2 });
    for (const prompt of ['', 'Der Hund', nonsense.encode('Die')]) {
      const stream = nonsense.stream({ seed: 5, prompt });
      const ids = Array.from({ length: 12 }, () => stream.next().value);
      expect(ids).toEqual([...nonsense.generateTokens({ length: 12, seed: 5, prompt })]);
    }
    expect(nonsense.generate({ length: 3, seed: 1, prompt: nonsense.encode('Die') })).toBe(nonsense.generate({ length: 3, seed: 1, prompt: 'Die' }));
  });

  it('ends with an error where nothing but <unk> comes', () => {
    const unknown = TextMarkov.train('a b c', { unit: 'word', order: 1, unknowns: true, minCount: 2 });
    expect(() => unknown.stream({ seed: 1 }).next()).toThrow('hardly anything but <unk>');
  });
});

it('finds sources of ids as of text', () => {
  const nonsense = TextMarkov.train('Der Hund bellt. Die Katze bellt.', { unit: 'word', order: 1 });
  const ids = nonsense.encode('Der Hund bellt');
  expect(nonsense.occurrences(ids)).toEqual(nonsense.occurrences('Der Hund bellt'));
  expect(nonsense.trace(ids)).toEqual(nonsense.trace('Der Hund bellt'));
  expect(nonsense.copies(ids, { minimumRun: 2 })).toEqual(nonsense.copies('Der Hund bellt', { minimumRun: 2 }));
});
