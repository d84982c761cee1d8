// Several models with weights are one distribution: the weighted mean of theirs.
import { Random } from '@kk/sampler';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarkovModel, MixtureModel, readArpa, type Smoothing, smoothingNames } from '../src/index.js';

const parts = fc.array(
  fc.record({
    ids: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 30 }),
    order: fc.integer({ min: 0, max: 3 }),
    smoothing: fc.constantFrom<Smoothing>(...smoothingNames),
    weight: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e3, noNaN: true })),
  }),
  { minLength: 1, maxLength: 4 },
).filter((list) => list.some(({ weight }) => weight > 0));

const mixed = (list: { ids: number[]; order: number; smoothing: Smoothing; weight: number }[]): { mixture: MixtureModel; models: MarkovModel[]; shares: number[] } => {
  const models = list.map(({ ids, order, smoothing }) => MarkovModel.train([0, ...ids], { order, smoothing, vocabSize: 6, startToken: 0 }));
  const sum = list.reduce((all, { weight }) => all + weight, 0);
  return { mixture: new MixtureModel(models.map((model, i) => ({ model, weight: list[i].weight }))), models, shares: list.map(({ weight }) => weight / sum) };
};

describe('a mixture', () => {
  it('is the weighted mean of its models and sums to one, whatever they are', () => {
    fc.assert(
      fc.property(parts, fc.array(fc.nat(5), { maxLength: 5 }), (list, context) => {
        const { mixture, models, shares } = mixed(list);
        expect(mixture.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        const probabilities = Array.from({ length: 6 }, (_, id) => Math.exp(mixture.logProbability(context, id)));
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
        probabilities.forEach((p, id) => expect(p).toBeCloseTo(models.reduce((sum, model, i) => sum + shares[i] * Math.exp(model.logProbability(context, id)), 0), 12));
        mixture.next(context).forEach((logit, id) => expect(Math.exp(logit)).toBeCloseTo(probabilities[id], 5));
        expect(probabilities[0]).toBe(0);
        expect(probabilities[mixture.sample(context, new Random(context.length))]).toBeGreaterThan(0);
      }),
    );
  });

  it('measures a text as the mean of what it gives each token', () => {
    fc.assert(
      fc.property(parts, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 }), (list, text) => {
        const { mixture } = mixed(list);
        const ids = [0, ...text, 0, ...text];
        const sentence = text.map((id, i) => mixture.logProbability([0, ...text.slice(0, i)], id)).reduce((sum, nats) => sum - nats, 0) / text.length;
        const measured = mixture.crossEntropy(ids);
        expect(measured === sentence || Math.abs(measured - sentence) < 1e-9).toBe(true);
        expect(mixture.perplexity(ids)).toBe(Math.exp(measured));
      }),
    );
  });

  it('by hand: a quarter of one and three of another', () => {
    const first = MarkovModel.train([0, 1, 0, 1], { order: 0, vocabSize: 2, smoothing: 'mle' });
    const { model: second } = readArpa('\\data\\\nngram 1=2\n\\1-grams:\n-0.09691001301 a\n-0.6989700043 b\n\\end\\');
    const mixture = new MixtureModel([{ model: first, weight: 1 }, { model: second, weight: 3 }]);
    // 1/4 * 1/2 + 3/4 * 8/10, and 1/4 * 1/2 + 3/4 * 2/10.
    expect(Math.exp(mixture.logProbability([], 0))).toBeCloseTo(0.725, 9);
    expect(Math.exp(mixture.logProbability([], 1))).toBeCloseTo(0.275, 9);
    expect(mixture.crossEntropy([0, 0, 1])).toBeCloseTo(-(2 * Math.log(0.725) + Math.log(0.275)) / 3, 9);
    // Of 20,000 draws with this seed; four standard deviations are 0.013.
    const random = new Random(3);
    const drawn = Array.from({ length: 20_000 }, () => mixture.sample([], random)).filter((id) => id === 0).length / 20_000;
    expect(Math.abs(drawn - 0.725)).toBeLessThan(0.013);
  });

  it('is at least as good as the better model less the price of its weight', () => {
    const [good, bad] = [[0, 1, 0, 1, 0, 1], [1, 1, 1, 1, 1, 0]].map((ids) => MarkovModel.train(ids, { order: 1, vocabSize: 2 }));
    const text = [0, 1, 0, 1, 0, 1];
    expect(new MixtureModel([{ model: good, weight: 1 }, { model: bad, weight: 1 }]).crossEntropy(text)).toBeLessThanOrEqual(good.crossEntropy(text) + Math.LN2);
    expect(new MixtureModel([{ model: good, weight: 2 }, { model: bad, weight: 0 }]).crossEntropy(text)).toBeCloseTo(good.crossEntropy(text), 12);
  });

  it.each<[string, () => unknown, string]>([
    ['no models', () => new MixtureModel([]), 'there is no model to mix: expected at least one'],
    ['a negative weight', () => new MixtureModel([{ model: one, weight: -1 }]), 'weight 0 is -1: expected a number from 0'],
    ['weights of 0', () => new MixtureModel([{ model: one, weight: 0 }]), 'the weights sum to 0: expected at least one above 0'],
    ['other vocabularies', () => new MixtureModel([{ model: one, weight: 1 }, { model: MarkovModel.train([0], { order: 1, vocabSize: 3 }), weight: 1 }]), 'model 1 has a vocabulary of 3 and the start token -1, model 0 one of 2 and -1'],
    ['an id that is none', () => new MixtureModel([{ model: one, weight: 1 }]).logProbability([], 2), 'id is 2: expected a token id from 0 to 1'],
    ['nothing to measure', () => new MixtureModel([{ model: one, weight: 1 }]).crossEntropy([]), 'the text to measure is empty'],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(message);
  });
});

const one = MarkovModel.train([0, 1], { order: 1, vocabSize: 2 });
