// Chapter 5: how word vectors are trained. The page shows these numbers in its code, the worker trains with them.
import type { SubwordLengths, WordVectorOptions } from '@kk/embeddings';

/** A word that occurs only once teaches nothing about itself. */
export const MIN_COUNT = 2;
/** The course's sentences are read so often; longer texts less often, so that no training takes much longer. */
const MOST_EPOCHS = 100;
const LEAST_EPOCHS = 5;
const MOST_WORDS = 1_500_000;

export const epochsFor = (words: number): number => Math.max(LEAST_EPOCHS, Math.min(MOST_EPOCHS, Math.floor(MOST_WORDS / Math.max(1, words))));

export const trainingOptions = (seed: number, epochs: number, subwords?: SubwordLengths): WordVectorOptions => ({
  width: 16, window: 10, negatives: 5, epochs, learningRate: 0.05, subsample: 0.01, seed, ...(subwords && { subwords }),
});

/** Pieces of three to six letters, as in fastText; but so many buckets that hardly ever two pieces share one. Only those that words need take memory. */
export const SUBWORDS = { minLength: 3, maxLength: 6, buckets: 1_000_000_000 } as const satisfies SubwordLengths;
