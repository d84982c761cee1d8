// Makes vectors of sentences from those of their words: the plain mean, and smooth inverse frequency, a baseline that is hard to beat.
import { checkOptions } from '@kk/nn-core';
import { largestEigenvectors } from '../symmetric-eigen.js';
import type { WordVectors } from '../word-vectors.js';
import { cosineSimilarity, dotProduct } from './cosine.js';

export interface SentenceVector {
  /** `width` numbers; zeros when no word is known. */
  readonly vector: Float64Array;
  /** Words without a vector, in their order; they count for nothing. */
  readonly unknown: readonly string[];
}

/** The mean of the words' vectors. */
export function meanVector(vectors: WordVectors, words: readonly string[]): SentenceVector {
  return weightedMean(vectors, words, () => 1);
}

/** The cosine between the means of two sentences, as gensim's `n_similarity`; 0 when a sentence has no known word. */
export function sentenceSimilarity(vectors: WordVectors, a: readonly string[], b: readonly string[]): number {
  return cosineSimilarity(meanVector(vectors, a).vector, meanVector(vectors, b).vector);
}

export interface SmoothInverseFrequencyOptions {
  /** a in the weight a / (a + p(word)), above 0; default 0.001, the paper's. Smaller ones silence frequent words more. */
  smoothing?: number;
  /** How often words are, when the vectors do not say it; words that are missing count as never seen, and weigh most. */
  counts?: ReadonlyMap<string, number>;
}

/**
 * Sentence vectors by smooth inverse frequency (Arora, Liang and Ma 2017, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", algorithm 1): the
 * mean of the words' vectors, weighted by a / (a + p(word)), minus what all sentences have in common: the projection on the first
 * singular vector of the sentences that it was made with.
 */
export class SmoothInverseFrequency {
  /** What the sentences have in common: `width` numbers of length 1. */
  readonly common: Float64Array;
  readonly #vectors: WordVectors;
  readonly #weight: (word: string) => number;

  /**
   * @param sentences in words; some hundreds give a stable common part
   * @throws RangeError when nobody knows how often words are, or no sentence has a known word
   */
  constructor(vectors: WordVectors, sentences: readonly (readonly string[])[], options: SmoothInverseFrequencyOptions = {}) {
    checkOptions<SmoothInverseFrequencyOptions>('SmoothInverseFrequency', options, { smoothing: 'optional', counts: 'optional' });
    const { smoothing = 1e-3, counts } = options;
    if (!(smoothing > 0 && smoothing < Infinity)) throw new RangeError(`SmoothInverseFrequency: smoothing is ${String(smoothing)}; expected a number above 0.`);
    this.#vectors = vectors;
    const probability = probabilities(vectors, counts);
    this.#weight = (word) => smoothing / (smoothing + probability(word));
    const means = sentences.map((sentence) => weightedMean(vectors, sentence, this.#weight).vector).filter((vector) => vector.some((value) => value !== 0));
    if (means.length === 0) throw new RangeError(`SmoothInverseFrequency: none of the ${sentences.length} sentences has a known word.`);
    this.common = largestEigenvectors(productsOf(means, vectors.width), vectors.width, 1).vectors;
  }

  /** The vector of a sentence, not necessarily one of those that the common part comes from. */
  vector(words: readonly string[]): SentenceVector {
    const { vector, unknown } = weightedMean(this.#vectors, words, this.#weight);
    const share = dotProduct(vector, this.common);
    return { vector: vector.map((value, i) => value - share * this.common[i]), unknown };
  }

  /** The cosine between two sentences, from -1 to 1; 0 when one has no known word. */
  similarity(a: readonly string[], b: readonly string[]): number {
    return cosineSimilarity(this.vector(a).vector, this.vector(b).vector);
  }
}

function weightedMean(vectors: WordVectors, words: readonly string[], weight: (word: string) => number): SentenceVector {
  const vector = new Float64Array(vectors.width);
  const unknown: string[] = [];
  for (const word of words) {
    const own = vectors.vector(word);
    if (!own) {
      unknown.push(word);
      continue;
    }
    const share = weight(word);
    for (let i = 0; i < vector.length; i++) vector[i] += share * own[i];
  }
  const known = words.length - unknown.length;
  if (known > 0) for (let i = 0; i < vector.length; i++) vector[i] /= known;
  return { vector, unknown };
}

function probabilities(vectors: WordVectors, given: ReadonlyMap<string, number> | undefined): (word: string) => number {
  const count = given ? (word: string) => given.get(word) ?? 0 : countsOf(vectors);
  const total = given ? [...given.values()].reduce((sum, value) => sum + value, 0) : Array.from(vectors.counts ?? []).reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) throw new RangeError('SmoothInverseFrequency: the counts of all words add up to nothing; expected some above 0.');
  return (word) => count(word) / total;
}

function countsOf(vectors: WordVectors): (word: string) => number {
  const { counts } = vectors;
  if (!counts) throw new RangeError('SmoothInverseFrequency: these vectors do not say how often each word is; pass `counts`, a Map from words to numbers.');
  return (word) => {
    const place = vectors.place(word);
    return place === undefined ? 0 : counts[place];
  };
}

/** The sum of v v^T over all vectors: its first eigenvector is the first right singular vector of the matrix with these rows. */
function productsOf(vectors: readonly Float64Array[], width: number): Float64Array {
  const products = new Float64Array(width * width);
  for (const vector of vectors) {
    for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) products[i * width + j] += vector[i] * vector[j];
  }
  return products;
}
