// Words and their vectors: the one type that training returns, files hold, and questions and pictures take. What a word is made of, its
// n-grams, is in subwords.ts.
import { type Subwords, subwordVector } from './subwords.js';

export interface WordVectorsParts {
  /** Every word once. Where counts are known, the most frequent word comes first, as in the files of word2vec, GloVe and fastText. */
  words: readonly string[];
  /** How often each word is in the training text, in the order of the words; absent when nobody knows. */
  counts?: ArrayLike<number> | undefined;
  /** Numbers per vector: an integer from 1. */
  width: number;
  /** The vectors row by row, shape (words, width): word i has `matrix[i * width]` to `matrix[(i + 1) * width - 1]`. It is not copied. */
  matrix: Float32Array;
  /** The vectors of n-grams, from which words that are not in the list get theirs; absent when there are none. */
  subwords?: Subwords | undefined;
}

/**
 * Words and their vectors. The members of the same names are the parts, so a copy that a worker sent is `new WordVectors(copy)`.
 * Nothing here is changed after it was made.
 */
export class WordVectors implements WordVectorsParts {
  readonly words: readonly string[];
  readonly counts: ArrayLike<number> | undefined;
  readonly width: number;
  readonly matrix: Float32Array;
  readonly subwords: Subwords | undefined;
  #places: Map<string, number> | undefined;

  /** @throws RangeError when the lengths contradict each other, or a word is given twice */
  constructor({ words, counts, width, matrix, subwords }: WordVectorsParts) {
    if (!Number.isSafeInteger(width) || width < 1) throw new RangeError(`WordVectors: width is ${String(width)}; expected an integer from 1.`);
    if (matrix.length !== words.length * width) throw new RangeError(`WordVectors: the matrix has ${matrix.length} numbers; ${words.length} words of width ${width} need ${words.length * width}.`);
    if (counts !== undefined && counts.length !== words.length) throw new RangeError(`WordVectors: there are ${words.length} words and ${counts.length} counts; expected equally many, or no counts.`);
    const rows = subwords && (subwords.present?.length ?? subwords.buckets);
    if (subwords !== undefined && subwords.matrix.length !== rows! * width) throw new RangeError(`WordVectors: the matrix of the n-grams has ${subwords.matrix.length} numbers; ${rows} n-grams of width ${width} need ${rows! * width}.`);
    this.words = words;
    this.counts = counts;
    this.width = width;
    this.matrix = matrix;
    this.subwords = subwords;
    if (this.#index().size < words.length) throw new RangeError(`WordVectors: the word ${JSON.stringify(words.find((word, place) => this.#index().get(word) !== place))} is given twice; give each word once.`);
  }

  /** The row of a word, from 0, or undefined when the word is not in the list. */
  place(word: string): number | undefined {
    return this.#index().get(word);
  }

  /** The vector at a place, a view of the matrix with `width` numbers. @throws RangeError when there is no such place */
  row(place: number): Float32Array {
    if (!Number.isSafeInteger(place) || place < 0 || place >= this.words.length) throw new RangeError(`WordVectors: there is no row ${String(place)}; there are rows 0 to ${this.words.length - 1}.`);
    return this.matrix.subarray(place * this.width, (place + 1) * this.width);
  }

  /**
   * The vector of a word: its row (a view), or for a word outside of the list the mean of its n-grams' vectors, if there are subwords.
   * Undefined when neither knows it.
   */
  vector(word: string): Float32Array | undefined {
    const place = this.place(word);
    if (place !== undefined) return this.row(place);
    return this.subwords && subwordVector(this.subwords, this.width, word);
  }

  #index(): Map<string, number> {
    this.#places ??= new Map(this.words.map((word, place) => [word, place]));
    return this.#places;
  }
}
