// GloVe: its kernel beside plain loops and the gradients of the tape, and training as its users see it.
import { backward, init, matmul, Random, scale, square, subtract, sum } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { cosineSimilarity, GloveTrainer, readCorpus, trainGlove } from '../src/index.js';
import { GloveModel, shuffledPairs } from '../src/training/glove.js';
import { countPairs } from '../src/training/pair-counts.js';
import { finished } from '../src/training/steps.js';
import { littleCorpus } from './support/little-corpus.js';
import { type GloveTable, learnPair } from './support/reference-glove.js';

const corpus = await readCorpus(littleCorpus(), { minCount: 1 });
const size = corpus.words.length;
const counts = finished(countPairs(corpus, 5, 'harmonic'));

/** The tables that a model begins with. */
function tablesOf(model: GloveModel, width: number): { words: GloveTable; contexts: GloveTable } {
  const table = (name: 'words' | 'contexts', one: number): GloveTable => ({
    rows: corpus.words.map((_, word) => [...model.row(name, word)]),
    squares: corpus.words.map(() => Array.from({ length: width + 2 }, (_, i) => (i === one ? Infinity : 1))),
  });
  return { words: table('words', width + 1), contexts: table('contexts', width) };
}

const rate = Math.fround(0.1);

describe.each([5, 6, 14])('the kernel, width %i', (width) => {
  const pairs = shuffledPairs(counts, { countLimit: 4, exponent: 0.75, random: new Random(1) });
  const list = Array.from(pairs.words, (word, p) => ({ word, context: pairs.contexts[p], weight: pairs.weights[p], target: pairs.targets[p] }));

  it('has the bits of the loop in float32, and biases learn beside a constant 1', () => {
    const model = new GloveModel(size, width, pairs, 3);
    const { words, contexts } = tablesOf(model, width);
    const cost = model.learn(0, list.length, rate);
    const expected = list.reduce((total, pair) => total + learnPair(words, contexts, pair, rate, Math.fround), 0);
    corpus.words.forEach((_, word) => {
      expect([...model.row('words', word)]).toEqual(words.rows[word]);
      expect([...model.row('contexts', word)]).toEqual(contexts.rows[word]);
      expect(model.row('words', word)[width + 1]).toBe(1);
      expect(model.row('contexts', word)[width]).toBe(1);
      expect(model.row('words', word)[width]).not.toBe(0);
    });
    expect(cost).toBeCloseTo(expected, 9);
  });

  it('is close to the loop in float64', () => {
    const model = new GloveModel(size, width, pairs, 3);
    const { words, contexts } = tablesOf(model, width);
    model.learn(0, list.length, rate);
    for (const pair of list) learnPair(words, contexts, pair, rate, (x) => x);
    corpus.words.forEach((_, word) => model.row('words', word).forEach((value, i) => expect(value).toBeCloseTo(words.rows[word][i], 4)));
  });
});

it('a pair has the gradients of the tape', async () => {
  const engine = await init('cpu', { precision: 'float64' });
  const [word, context] = [[0.3, -0.2, 0.7, 1], [0.1, 0.9, 1, -0.4]]; // the vector, then (bias, 1) and (1, bias)
  const one = (row: number[], constant: number): GloveTable => ({ rows: [[...row]], squares: [row.map((_, i) => (i === constant ? Infinity : 1))] });
  const words = one(word, 3);
  const contexts = one(context, 2);
  const cost = learnPair(words, contexts, { word: 0, context: 0, weight: 0.6, target: 1.7 }, 0.5, (x) => x);
  const w = engine.parameter(engine.tensor(word, [1, 4]));
  const c = engine.parameter(engine.tensor(context, [4, 1]));
  const loss = scale(square(subtract(sum(matmul(w, c)), engine.tensor([1.7], []))), 0.3);
  backward(loss);
  expect(cost).toBeCloseTo(loss.dataSync()[0], 12);
  const [ofWord, ofContext] = [w.gradient!.dataSync(), c.gradient!.dataSync()];
  // The first step divides by the root of 1.
  [0, 1, 2].forEach((i) => expect(words.rows[0][i]).toBeCloseTo(word[i] - 0.5 * ofWord[i], 12));
  [0, 1, 3].forEach((i) => expect(contexts.rows[0][i]).toBeCloseTo(context[i] - 0.5 * ofContext[i], 12));
  expect([words.rows[0][3], contexts.rows[0][2]]).toEqual([1, 1]);
});

describe('pairs', () => {
  it('have a weight of at most 1 and the logarithm of their count, each once', () => {
    const { words, contexts, weights, targets } = shuffledPairs(counts, { countLimit: 3, exponent: 0.5, random: new Random(1) });
    expect(new Set(words.map((word, p) => word * size + contexts[p])).size).toBe(counts.values.length);
    words.forEach((word, p) => {
      const at = counts.indices.indexOf(contexts[p], counts.starts[word]);
      expect(weights[p]).toBeCloseTo(Math.min(1, Math.sqrt(counts.values[at] / 3)), 6);
      expect(targets[p]).toBeCloseTo(Math.log(counts.values[at]), 6);
    });
  });
});

describe('trainGlove', () => {
  const text = Array.from({ length: 20 }, () => ['cat eats meat', 'dog eats meat', 'cat likes sleep', 'dog likes sleep', 'sun shines bright', 'moon shines bright']).flat();
  const options = { minCount: 1, width: 8, countLimit: 20 };

  it('brings words with the same neighbours together', async () => {
    const vectors = await trainGlove(text, { ...options, epochs: 400, learningRate: 0.2 });
    const similarity = (a: string, b: string): number => cosineSimilarity(vectors.vector(a)!, vectors.vector(b)!);
    for (const other of ['sun', 'moon', 'bright']) expect(similarity('cat', 'dog')).toBeGreaterThan(similarity('cat', other) + 0.2);
  });

  it('gives the same bits for the same seed, and says how far it is', async () => {
    const shares: number[] = [];
    const once = await trainGlove(text, { ...options, onProgress: (share) => shares.push(share) });
    expect((await trainGlove(text, options)).matrix).toEqual(once.matrix);
    expect((await trainGlove(text, { ...options, seed: 1 })).matrix).not.toEqual(once.matrix);
    shares.forEach((share, i) => expect(share).toBeGreaterThan(shares[i - 1] ?? 0));
    expect(shares.at(-1)).toBe(1);
  });

  it('has vectors at any time after counting', async () => {
    const whole = await readCorpus(text, { minCount: 1 });
    const trainer = new GloveTrainer(whole, { width: 8, countLimit: 20, epochs: 5 });
    expect(trainer.share).toBe(0);
    expect(() => trainer.vectors()).toThrow('no vectors before the pairs are counted');
    const steps = trainer.steps();
    while (trainer.share < 0.6) steps.next();
    expect(trainer.share).toBeCloseTo(0.6, 12);
    // As those of three epochs: GloVe's learning rate does not fall.
    expect(trainer.vectors()).toEqual(await trainGlove(text, { ...options, epochs: 3 }));
  });

  it('refuses what is out of range, and rates that are too high', async () => {
    await expect(trainGlove(text, { ...options, countLimit: 0 })).rejects.toThrow('countLimit is 0; expected a number above 0');
    await expect(trainGlove(text, { ...options, negatives: 5 } as object)).rejects.toThrow("unknown option 'negatives'");
    expect(() => finished(new GloveTrainer(corpus, { width: 8, learningRate: 1e30 }).steps())).toThrow('The vectors became infinite in epoch 1; use a learning rate below 1e+30');
  });
});
