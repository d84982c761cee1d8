// Which sentences moved two words together, on texts where the answer is known.
import { describe, expect, it } from 'vitest';
import { cosineSimilarity, readCorpus, responsibleSentencesInSteps, trainWordVectors, type WordVectorOptions, type WordVectors } from '../src/index.js';
import { finished } from '../src/training/steps.js';
import { littleCorpus } from './support/little-corpus.js';

/** Cats and dogs do the same in sentences 0 to 3; each does something of its own in 4 and 5. Nothing else connects them. */
const animals = ['cat eats meat', 'dog eats meat', 'cat likes sleep', 'dog likes sleep', 'cat climbs trees', 'dog chases cars'];
const others = littleCorpus({ sentences: 30 }).map((words) => words.join(' '));
const options: WordVectorOptions = { width: 16, epochs: 200, subsample: 0, window: 2, learningRate: 0.1 };

const cosine = (vectors: WordVectors, a: string, b: string): number => cosineSimilarity(vectors.vector(a)!, vectors.vector(b)!);

describe('responsible sentences', () => {
  it.each<[string, WordVectorOptions]>([
    ['skip-gram', {}],
    ['CBOW', { model: 'cbow' }],
    ['hierarchical softmax', { loss: 'hierarchical-softmax' }],
    ['n-grams', { subwords: { minLength: 3, maxLength: 3, buckets: 100_000 } }],
  ])('add up to the similarity of the trained words: %s', async (_, more) => {
    const settings = { ...options, epochs: 5, ...more };
    const text = [...others, ...animals];
    const corpus = await readCorpus(text, { minCount: 1 });
    const { sentences, similarity, beginning } = finished(responsibleSentencesInSteps(corpus, settings, ['w1', 'w2']));
    const vectors = await trainWordVectors(text, { ...settings, minCount: 1 });
    expect(similarity).toBeCloseTo(cosine(vectors, 'w1', 'w2'), 12);
    expect(sentences.reduce((sum, { contribution }) => sum + contribution, beginning)).toBeCloseTo(similarity, 10);
    sentences.forEach(({ contribution }, i) => expect(contribution).toBeLessThanOrEqual(sentences[i - 1]?.contribution ?? Infinity));
    // Only sentences with one of the words change anything; w1 shares the n-grams <w1 and w1> with itself alone, and <w1 with w10.
    const changing = more.subwords === undefined ? /\bw[12]\b/ : /\bw[12]/;
    expect(sentences.map(({ sentence }) => sentence).sort((a, b) => a - b)).toEqual([...text.keys()].filter((s) => changing.test(text[s])));
  });

  it.each([0, 1, 2])('are those in which both words have the same neighbours, in any order of the text; seed %i', async (seed) => {
    const settings = { ...options, seed };
    for (const order of [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [2, 0, 5, 1, 4, 3]]) {
      const corpus = await readCorpus([...order.map((s) => animals[s]), ...others], { minCount: 1 });
      const { sentences, similarity } = finished(responsibleSentencesInSteps(corpus, settings, ['cat', 'dog']));
      const ranked = sentences.map(({ sentence }) => order[sentence]);
      expect(ranked.slice(0, 4).sort()).toEqual([0, 1, 2, 3]);
      expect(ranked.slice(4).sort()).toEqual([4, 5]);
      expect(sentences[3].contribution).toBeGreaterThan(sentences[4].contribution + 0.05);
      // Without them the words stay apart.
      const without = await trainWordVectors([...animals.slice(4), ...others], { ...settings, minCount: 1 });
      expect(cosine(without, 'cat', 'dog')).toBeLessThan(similarity - 0.05);
    }
  });

  it('are found in steps that say how far they are', async () => {
    const corpus = await readCorpus([...animals, ...littleCorpus({ sentences: 500 })], { minCount: 1 });
    const shares = [...responsibleSentencesInSteps(corpus, { ...options, epochs: 2 }, ['cat', 'dog'])];
    expect(shares.length).toBeGreaterThan(5);
    shares.forEach((share, i) => expect(share).toBeGreaterThan(shares[i - 1] ?? 0));
  });

  it('need two words of the corpus', async () => {
    const corpus = await readCorpus(animals, { minCount: 1 });
    expect(() => responsibleSentencesInSteps(corpus, options, ['cat', 'bird']).next()).toThrow('the corpus has no word "bird"');
    expect(() => responsibleSentencesInSteps(corpus, options, ['cat', 'cat']).next()).toThrow('both words are "cat"');
  });
});
