// Several threads that change the same vectors: they learn, report, stop and fail. What exactly they learn depends on chance.
import { describe, expect, it } from 'vitest';
import { cosineSimilarity, readCorpus, trainWordVectors, WordVectorTrainer } from '../src/index.js';
import { ThreadedTrainer } from '../src/training/hogwild.js';
import { finished } from '../src/training/steps.js';
import { littleCorpus } from './support/little-corpus.js';

const text = littleCorpus({ sentences: 400 });
const options = { width: 12, epochs: 3, subsample: 0 };

describe('threads', () => {
  it('one of them has the bits of the trainer', async () => {
    // Long sentences, more than one job, and sentences without words.
    const corpus = await readCorpus([...text, Array.from({ length: 12_500 }, (_, i) => `w${i % 17}`), [], ...text], { minCount: 1 });
    for (const more of [{}, { model: 'cbow' as const }, { loss: 'hierarchical-softmax' as const }, { subwords: { buckets: 50 } }]) {
      const single = finished(new WordVectorTrainer(corpus, { ...options, ...more }).steps());
      expect(await new ThreadedTrainer(corpus, { ...options, ...more }, 1).train()).toEqual(single);
    }
  });

  it('two of them learn all of the text, and say how far they are', async () => {
    const shares: number[] = [];
    const sentences = Array.from({ length: 4000 }, (_, s) => ['the cat eats meat', 'the dog eats meat', 'a bus leaves late', 'a train leaves late'][s % 4]);
    const vectors = await trainWordVectors(sentences, { width: 12, epochs: 6, subsample: 0, minCount: 1, threads: 2, onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    shares.forEach((share, i) => expect(share).toBeGreaterThan(shares[i - 1] ?? 0));
    expect(vectors.matrix.every(Number.isFinite)).toBe(true);
    const similarity = (a: string, b: string): number => cosineSimilarity(vectors.vector(a)!, vectors.vector(b)!);
    expect(similarity('cat', 'dog')).toBeGreaterThan(similarity('cat', 'bus') + 0.3);
  });

  it('stop when they are told to, and say what is wrong', async () => {
    const stop = new AbortController();
    const training = trainWordVectors(text, { ...options, minCount: 1, epochs: 1_000_000, threads: 2, signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(training).rejects.toThrow('enough');
    const trainer = new ThreadedTrainer(await readCorpus(text, { minCount: 1 }), { ...options, epochs: 1_000_000 }, 2);
    const again = new AbortController();
    await expect(trainer.train({ signal: again.signal, onProgress: () => again.abort(new Error('enough')) })).rejects.toThrow('enough');
    expect(trainer.share).toBeGreaterThan(0);
    expect(trainer.share).toBeLessThan(0.1);
    expect(trainer.vectors().matrix.every(Number.isFinite)).toBe(true);
    await expect(trainWordVectors(text, { ...options, minCount: 1, threads: 2, learningRate: 100 })).rejects.toThrow('The vectors became infinite; use a learning rate below 100');
    await expect(trainWordVectors(text, { threads: 0 })).rejects.toThrow('threads is 0; expected an integer from 1 to 64');
    await expect(trainWordVectors(text, { minCount: 1, threads: 2, window: 0 })).rejects.toThrow('window is 0');
  });
});
