// Agreement with others: nltk's models, irstlm's reading of our ARPA files, and a modified Kneser-Ney model by hand.
import { readFileSync } from 'node:fs';
import { Random } from '@kk/sampler';
import { describe, expect, it } from 'vitest';
import { MarkovModel, type Smoothing } from '../src/index.js';
import { modifiedDiscounts } from '../src/estimators/modified-kneser-ney.js';
import { goodTuringFactors } from '../src/estimators/katz.js';
import { countsOfCounts } from '../src/estimators/counts-of-counts.js';

interface NltkFixture {
  text: string;
  words: string[];
  contexts: string[][];
  /** Of nltk's vocabulary, which has <UNK>, too. */
  vocabulary: number;
  scores: Record<string, number[][]>;
}

const fixture = JSON.parse(readFileSync(new URL('fixtures/nltk.json', import.meta.url), 'utf8')) as NltkFixture;

// Where the definitions are the same. nltk lets the empty context be relative frequencies (our floor 'none'), counts <s> as a token like any
// other except in Kneser-Ney, where nothing stands before it, and gives contexts that it does not know no (MLE) or even (additive)
// probabilities, where ours go on to shorter contexts.
describe.each(Object.keys(fixture.scores))('nltk: %s', (name) => {
  const { text, words, contexts, vocabulary, scores } = fixture;
  const ids = (tokens: readonly string[]): number[] => tokens.map((token) => words.indexOf(token));
  const startToken = name.startsWith('kneser-ney') ? words.indexOf('<s>') : undefined;
  const model = MarkovModel.trainAll(
    text.split('\n').map((line) => ({ ids: ids(['<s>', ...line.split(' '), '</s>']) })),
    { order: 2, vocabSize: vocabulary, smoothing: name as Smoothing, floor: name.startsWith('additive') ? 'uniform' : 'none', startToken },
  );
  const backsOff = !name.startsWith('mle') && !name.startsWith('additive');

  it('is the same for every token after every context', () => {
    let compared = 0;
    contexts.forEach((context, i) => {
      if (!backsOff && context.length > 0 && model.counts(ids(context)).length === 0) return;
      words.forEach((word, j) => {
        // Under Kneser-Ney, <s> is no outcome; nltk gives it the zero that it counts.
        if (word === '<s>' && startToken !== undefined) return;
        expect(Math.exp(model.backoff.logScore(ids(context), words.indexOf(word)))).toBeCloseTo(scores[name][i][j], 8);
        compared++;
      });
    });
    expect(compared).toBeGreaterThan(backsOff ? 700 : 300);
  });
});

interface IrstlmFixture {
  text: string;
  heldOut: string;
  /** Per smoothing: log10 of each token, to two digits, and the sum. */
  answers: Record<string, { tokens: number[]; sum: number }>;
}

describe('modified Kneser-Ney by hand', () => {
  // Bigrams of "a b a b a b a b a c a d a d b": sorted with their counts.
  const [a, b, c, d] = [0, 1, 2, 3];
  const ids = [a, b, a, b, a, b, a, b, a, c, a, d, a, d, b];
  const model = MarkovModel.train(ids, { order: 1, vocabSize: 5, smoothing: 'modified-kneser-ney' });

  it('has the counts of counts and discounts of Chen and Goodman', () => {
    // Five of one, four of two, two of three, one of four: Y = 5 / 13.
    const values = Int32Array.from([1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 9]);
    expect(countsOfCounts(values, 4)).toEqual([0, 5, 4, 2, 1]);
    const [one, two, more] = modifiedDiscounts(values);
    expect(one).toBeCloseTo(1 - 2 * (5 / 13) * (4 / 5), 12);
    expect(two).toBeCloseTo(2 - 3 * (5 / 13) * (2 / 4), 12);
    expect(more).toBeCloseTo(3 - 4 * (5 / 13) * (1 / 2), 12);
  });

  it('falls back on 0.5, 1 and 1.5 where these are undefined or out of range', () => {
    expect(modifiedDiscounts(Int32Array.of(1, 2, 3))).toEqual([0.5, 1, 1.5]);
    // n1 to n4 are 1, 1, 9, 1: D2 = 2 - 3 * 1/3 * 9 is below 0.
    expect(modifiedDiscounts(Int32Array.of(1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4))).toEqual([0.5, 1, 1.5]);
  });

  it('gives these probabilities', () => {
    // Bigrams: ab 4, ac 1, ad 2, ba 4 (the last b ends the text: 4), ca 1, da 1, db 1; both lengths use the fallback discounts.
    // Continuations: a is behind b, c, d and the beginning: 4; b behind a, d: 2; c behind a: 1; d behind a: 1. Together 8.
    // Empty context: left (1.5 + 1 + 0.5 + 0.5) / 8 = 3.5/8, evenly over 5 tokens: 0.0875 each.
    const unigrams = [(4 - 1.5) / 8 + 0.0875, (2 - 1) / 8 + 0.0875, 0.5 / 8 + 0.0875, 0.5 / 8 + 0.0875, 0.0875];
    unigrams.forEach((p, id) => expect(Math.exp(model.logProbability([], id))).toBeCloseTo(p, 12));
    // After a: 7 in all, left (1.5 + 0.5 + 1) / 7 = 3/7.
    const afterA = [0, 2.5 / 7, 0.5 / 7, 1 / 7, 0].map((p, id) => p + (3 / 7) * unigrams[id]);
    afterA.forEach((p, id) => expect(Math.exp(model.logProbability([a], id))).toBeCloseTo(p, 12));
    // After d: a and b once each, left (0.5 + 0.5) / 2.
    expect(Math.exp(model.logProbability([d], b))).toBeCloseTo(0.25 + 0.5 * unigrams[b], 12);
    expect(Math.exp(model.logProbability([d], c))).toBeCloseTo(0.5 * unigrams[c], 12);
  });
});

describe('Katz by hand', () => {
  it('has the factors of Good and Turing', () => {
    // n1 = 10, n2 = 4, n3 = 2, n4 = 1, n5 = 0: only k = 2 or less can do. A = 3 * 2 / 10.
    const values = Int32Array.from([...new Array<number>(10).fill(1), 2, 2, 2, 2, 3, 3, 4]);
    const factors = goodTuringFactors(values);
    expect(factors).toHaveLength(4);
    // k = 3: A = 4 * 1 / 10; d1 = (2 * 4/10 - A) / (1 - A), d2 = (3 * 2 / (2 * 4) - A) / (1 - A), d3 = (4 * 1 / (3 * 2) - A) / (1 - A).
    expect(factors?.[1]).toBeCloseTo((0.8 - 0.4) / 0.6, 12);
    expect(factors?.[2]).toBeCloseTo((0.75 - 0.4) / 0.6, 12);
    expect(factors?.[3]).toBeCloseTo((2 / 3 - 0.4) / 0.6, 12);
    expect(goodTuringFactors(Int32Array.of(5, 7))).toBeUndefined();
  });
});

describe('Jelinek-Mercer', () => {
  it('finds the weights that foresee a held-out text best', async () => {
    const { fitJelinekMercer } = await import('../src/index.js');
    const random = new Random(1);
    // Each token is likely one more than the one before it, and else anything.
    const walk = (length: number): number[] => {
      const tokens = [0];
      while (tokens.length < length) tokens.push(random.uniform() < 0.6 ? (tokens[tokens.length - 1] + 1) % 5 : Math.floor(random.uniform() * 5));
      return tokens;
    };
    const [ids, heldOut] = [walk(200), walk(200)];
    const model = MarkovModel.train(ids, { order: 2, vocabSize: 6 });
    const fitted = fitJelinekMercer(model, heldOut);
    const best = model.withSmoothing(fitted).crossEntropy(heldOut);
    for (const other of ['0.5,0.5,0.5', '0.9,0.9,0.9', '0.9,0.5,0.1', '0.9,0.1,0.1'] as const) expect(best).toBeLessThanOrEqual(model.withSmoothing(`jelinek-mercer:${other}`).crossEntropy(heldOut) + 1e-6);
    // Left to itself it is better on new text than trusting what was seen.
    expect(model.withSmoothing('jelinek-mercer').crossEntropy(heldOut)).toBeLessThan(model.withSmoothing('jelinek-mercer:0.99,0.99,0.99').crossEntropy(heldOut));
  });
});

describe('irstlm', () => {
  const { text, heldOut, answers } = JSON.parse(readFileSync(new URL('fixtures/irstlm.json', import.meta.url), 'utf8')) as IrstlmFixture;

  it.each(Object.keys(answers))('scores our %s file as we do', async (smoothing) => {
    const { TextMarkov } = await import('../src/index.js');
    const markov = TextMarkov.train(text, { unit: 'whitespace', order: 2, sentences: true, unknowns: true, smoothing: smoothing as Smoothing });
    const scores: number[] = [];
    let context: number[] = [];
    for (const id of markov.encode(heldOut)) {
      if (id === markov.model.startToken) context = [];
      else scores.push(markov.model.logProbability(context, id) / Math.LN10);
      context.push(id);
    }
    expect(scores).toHaveLength(answers[smoothing].tokens.length);
    scores.forEach((score, i) => expect(Math.abs(score - answers[smoothing].tokens[i])).toBeLessThan(0.00501));
    expect(Math.abs(scores.reduce((sum, score) => sum + score, 0) - answers[smoothing].sum)).toBeLessThan(0.00501);
  });
});
