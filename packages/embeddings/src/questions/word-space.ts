// Answers all questions about words, by a search over their vectors.
import { checkOptions } from '@kk/nn-core';
import type { WordVectors } from '../word-vectors.js';
import { clampCosine, dotProduct, toUnit } from './cosine.js';
import { NeighbourSearch, type NeighbourSearchOptions } from './neighbour-search.js';

export interface WordNeighbour {
  readonly word: string;
  /** The row of the word, from 0. */
  readonly place: number;
  /** Cosine similarity, from -1 to 1; of 3CosMul its score, from 0. */
  readonly similarity: number;
}

export interface WordNeighbourOptions {
  /** How many are wanted; default 10. */
  count?: number;
  /** Words that are left out, besides those of the question. */
  exclude?: Iterable<string>;
  /** Look only at the first so many words, which are the most frequent ones where the words are sorted by frequency. Default: all. */
  limit?: number;
}

/** Word vectors, prepared once for many questions. After the vectors changed, make a new one. */
export class WordSpace {
  readonly vectors: WordVectors;
  readonly search: NeighbourSearch;

  /** @throws RangeError when a vector has a number that is not finite */
  constructor(vectors: WordVectors, options: NeighbourSearchOptions = {}) {
    checkOptions<NeighbourSearchOptions>('WordSpace', options, { simd: 'flag' });
    this.vectors = vectors;
    this.search = new NeighbourSearch(vectors.matrix, vectors.width, options);
  }

  /**
   * The direction of a word: its vector with length 1, or zeros where the vector is all zeros. Words outside of the list get theirs from subwords,
   * if there are any.
   * @throws RangeError when neither knows the word
   */
  direction(word: string): Float64Array {
    const vector = this.vectors.vector(word);
    if (!vector) throw unknownWord(word, this.vectors);
    return toUnit(vector);
  }

  /** The cosine of the angle between two words, from -1 to 1; 0 when one is all zeros. @throws RangeError when a word is unknown */
  similarity(a: string, b: string): number {
    return clampCosine(dotProduct(this.direction(a), this.direction(b)));
  }

  /**
   * The words that are most similar to a word, without itself, or to a vector of any length.
   * @throws RangeError when the word is unknown, or the vector is all zeros or has another width
   */
  neighbours(of: string | ArrayLike<number>, options: WordNeighbourOptions = {}): WordNeighbour[] {
    checkOptions<WordNeighbourOptions>('WordSpace.neighbours', options, { count: 'optional', exclude: 'optional', limit: 'optional' });
    const [vector, own] = typeof of === 'string' ? [certainDirection(this, of), [of]] : [of, []];
    return this.named(this.search.nearest(vector, options.count ?? 10, { limit: options.limit, exclude: this.places(own, options.exclude) }));
  }

  /** The rows of words, for those that have one. */
  places(...words: readonly (Iterable<string> | undefined)[]): number[] {
    return words.flatMap((some) => [...(some ?? [])]).flatMap((word) => this.vectors.place(word) ?? []);
  }

  /** Rows that were found, with their words. */
  named(found: readonly { id: number; similarity: number }[]): WordNeighbour[] {
    return found.map(({ id, similarity }) => ({ word: this.vectors.words[id], place: id, similarity }));
  }
}

export function unknownWord(word: string, { words, subwords }: WordVectors): RangeError {
  return new RangeError(`There is no vector for ${JSON.stringify(word)} among the ${words.length} words${subwords ? ', nor for any of its n-grams' : ''}. Ask with \`vectors.vector(word)\` first, which answers undefined.`);
}

/** The direction of a word of a question that has no answer without one. @throws RangeError when the word is unknown, or its vector is all zeros */
export function certainDirection(space: WordSpace, word: string): Float64Array {
  const direction = space.direction(word);
  if (direction.every((value) => value === 0)) throw new RangeError(`The vector of ${JSON.stringify(word)} is all zeros: it has no direction. Ask about another word.`);
  return direction;
}
