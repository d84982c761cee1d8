// Scores token by token, with a state in place of the context.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarkovModel, readArpa, type Smoothing, smoothingNames } from '../src/index.js';

/** The scores of a sequence from a state on. */
function scores(model: Pick<MarkovModel, 'score'>, state: number, ids: readonly number[]): number[] {
  return ids.map((id) => {
    const scored = model.score(state, id);
    state = scored.state;
    return scored.logProbability;
  });
}

describe('score', () => {
  it('walks through an ARPA file as by hand', () => {
    const { model } = readArpa(
      ['\\data\\', 'ngram 1=5', 'ngram 2=4', 'ngram 3=1', '\\1-grams:', '-1.5 <unk> -2', '-99 <s> -0.25', '-0.75 </s>', '-0.5 a -0.125', '-1 b -0.375', '\\2-grams:', '-0.25 <s> a -0.0625', '-0.5 a b -0.5', '-0.625 a <unk>', '-0.75 b </s>', '\\3-grams:', '-0.03125 <s> a b', '\\end\\'].join('\n'),
    );
    const [unknown, start, end, a, b] = [0, 1, 2, 3, 4];
    const log10 = (ids: number[], state = model.stateOf([start])): number[] => scores(model, state, ids).map((nats) => Number((nats / Math.LN10).toFixed(6)));
    // <s> a, <s> a b; then </s> after "a b": its weight, then the 2-gram "b </s>".
    expect(log10([a, b, end])).toEqual([-0.25, -0.03125, -0.5 - 0.75]);
    // "a a": "<s> a" has a weight and no such 3-gram, "a" a weight and no such 2-gram; then "a <unk>", and </s> after <unk>, which has a weight.
    expect(log10([a, a, unknown, end])).toEqual([-0.25, -0.0625 - 0.125 - 0.5, -0.625, -2 - 0.75]);
    // From the empty context, and after the start token anywhere.
    expect(log10([b, b], 0)).toEqual([-1, -0.375 - 1]);
    expect(model.score(model.stateOf([b]), start)).toEqual({ logProbability: -Infinity, state: model.stateOf([start]) });
  });

  it.each<Smoothing>([...smoothingNames])('is what %s gives each token after its whole context, and what evaluate() sums', (smoothing) => {
    const problem = fc.record({
      ids: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 40 }),
      text: fc.array(fc.nat(6), { maxLength: 20 }),
      order: fc.integer({ min: 0, max: 4 }),
      startToken: fc.constantFrom(undefined, 0),
    });
    fc.assert(
      fc.property(problem, ({ ids, text, order, startToken }) => {
        const model = MarkovModel.trainAll([{ ids: [0, ...ids] }, { ids: [0, ...ids.slice(3)] }], { order, vocabSize: 7, startToken, smoothing });
        const given = scores(model, model.stateOf([]), text);
        text.forEach((id, i) => {
          // What stands before a start token is of another sentence.
          const from = startToken === undefined ? 0 : Math.max(0, text.lastIndexOf(0, i - 1));
          const expected = i === 0 ? model.logProbability([], id) : model.logProbability(text.slice(from, i), id);
          expect(given[i] === expected || Math.abs(given[i] - expected) < 1e-9).toBe(true);
        });
        const predicted = given.filter((_, i) => text[i] !== startToken);
        if (predicted.length === 0) return;
        const nats = predicted.reduce((sum, score) => sum - score, 0);
        expect(nats === model.evaluate(text).nats || Math.abs(nats - model.evaluate(text).nats) < 1e-9).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses states and ids that are none', () => {
    const model = MarkovModel.train([0, 1, 0], { order: 1, vocabSize: 2 });
    expect(() => model.score(3, 0)).toThrow('state is 3: expected one that stateOf() or score() of this model gave, 0 to 2');
    expect(() => model.score(0.5, 0)).toThrow(RangeError);
    expect(() => model.score(0, 2)).toThrow('id is 2: expected a token id from 0 to 1');
  });
});
