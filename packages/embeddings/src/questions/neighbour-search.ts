// Finds the exact nearest neighbours among the rows of a table, by cosine. It knows no words: see word-space.ts.
import { checkOptions } from '@kk/nn-core';
import { bestRows, type ScoredRow } from './best-rows.js';
import { clampCosine, toUnit } from './cosine.js';
import type { Estimates, Estimator } from './estimates.js';
import { PlainRows } from './plain-rows.js';
import { productEstimates, productOf } from './product-score.js';
import { RoundedRows } from './rounded-rows.js';

export interface Neighbour {
  /** The row, from 0. */
  readonly id: number;
  /** Cosine similarity, from -1 to 1; of `byProduct` its score, from 0. */
  readonly similarity: number;
}

export interface NeighbourSearchOptions {
  /** False computes in plain TypeScript, with the same results. Default: WebAssembly SIMD where there is. */
  simd?: boolean;
}

export interface NeighbourOptions {
  /** Rows that are left out, such as that of the question. */
  exclude?: Iterable<number>;
  /** Look only at the first so many rows; in files that are sorted by frequency, the most frequent words. Default: all. */
  limit?: number;
}

/**
 * A table, prepared once for many questions. The table is not copied; what is prepared takes width + 12 bytes a row. After the table
 * changed, make a new one.
 */
export class NeighbourSearch {
  readonly rows: number;
  readonly width: number;
  /** What computes: 'WebAssembly SIMD', or 'plain TypeScript' with the reason. */
  readonly kernel: string;
  readonly #matrix: Float32Array;
  readonly #inverseLengths: Float64Array;
  readonly #estimator: Estimator;

  /**
   * @param matrix (rows, width) row by row, finite numbers
   * @throws RangeError when the length is no multiple of the width, or a number is not finite
   */
  constructor(matrix: Float32Array, width: number, options: NeighbourSearchOptions = {}) {
    checkOptions<NeighbourSearchOptions>('NeighbourSearch', options, { simd: 'flag' });
    const { simd = true } = options;
    if (!Number.isSafeInteger(width) || width < 1 || matrix.length % width !== 0) {
      throw new RangeError(`NeighbourSearch: a table of ${matrix.length} numbers does not consist of rows of ${String(width)}.`);
    }
    this.rows = matrix.length / width;
    this.width = width;
    this.#matrix = matrix;
    this.#inverseLengths = inverseLengths(matrix, width);
    this.#estimator = estimatorFor(matrix, this.#inverseLengths, simd);
    this.kernel = this.#estimator.kernel;
  }

  /**
   * The rows with the highest cosine similarity to a vector, best first; the lower row first on ties.
   * @throws RangeError when the vector has another width, a number that is not finite, or only zeros: these have no direction
   */
  nearest(vector: ArrayLike<number>, count: number, options: NeighbourOptions = {}): Neighbour[] {
    checkOptions<NeighbourOptions>('NeighbourSearch.nearest', options, { exclude: 'optional', limit: 'optional' });
    const unit = this.#unit(vector);
    return this.#best(this.#estimator.estimate(unit), count, options, (row) => this.#cosine(row, unit));
  }

  /**
   * The rows x with the highest product of (1 + cos(x, p)) / 2 over the positive vectors p, divided by the product of
   * (1 + cos(x, n)) / 2 over the negative ones, each with 0.000001 added: 3CosMul (Levy and Goldberg 2014, equation 4, whose epsilon is 0.001;
   * this one is gensim's).
   * @throws RangeError as `nearest`
   */
  byProduct(positive: readonly ArrayLike<number>[], negative: readonly ArrayLike<number>[], count: number, options: NeighbourOptions = {}): Neighbour[] {
    checkOptions<NeighbourOptions>('NeighbourSearch.byProduct', options, { exclude: 'optional', limit: 'optional' });
    const units = { positive: positive.map((vector) => this.#unit(vector)), negative: negative.map((vector) => this.#unit(vector)) };
    const estimates = productEstimates(this.#estimator, this.rows, units);
    const cosines = (row: number, vectors: readonly Float64Array[]): number[] => vectors.map((unit) => this.#cosine(row, unit));
    return this.#best(estimates, count, options, (row) => productOf(cosines(row, units.positive), cosines(row, units.negative)));
  }

  #best(estimates: Estimates, count: number, { exclude = [], limit = this.rows }: NeighbourOptions, exact: (row: number) => number): Neighbour[] {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`NeighbourSearch: ${String(count)} neighbours were asked for; expected a whole number of 0 or more.`);
    if (limit !== Infinity && (!Number.isSafeInteger(limit) || limit < 0)) throw new RangeError(`NeighbourSearch: limit is ${String(limit)}; expected a whole number of 0 or more.`);
    for (const row of exclude) if (row >= 0 && row < this.rows) estimates.scores[row] = -Infinity;
    return bestRows(estimates, count, Math.min(limit, this.rows), exact).map(({ row, score }: ScoredRow) => ({ id: row, similarity: score }));
  }

  #cosine(row: number, unit: Float64Array): number {
    let sum = 0;
    for (let i = 0, at = row * this.width; i < this.width; i++, at++) sum += this.#matrix[at] * unit[i];
    return clampCosine(sum * this.#inverseLengths[row]);
  }

  #unit(vector: ArrayLike<number>): Float64Array {
    if (vector.length !== this.width) throw new RangeError(`NeighbourSearch: the vector has ${vector.length} numbers; the rows have ${this.width}.`);
    const unit = toUnit(vector);
    if (!unit.every(Number.isFinite)) throw new RangeError('NeighbourSearch: the vector has a number that is not finite.');
    if (unit.every((value) => value === 0)) throw new RangeError('NeighbourSearch: the vector is all zeros, and so has no direction; ask with another one.');
    return unit;
  }
}

function estimatorFor(matrix: Float32Array, inverse: Float64Array, simd: boolean): Estimator {
  if (!simd) return new PlainRows(matrix, inverse, 'asked for');
  try {
    return new RoundedRows(matrix, inverse);
  } catch (error) {
    // Old browsers, a page's security policy without 'wasm-unsafe-eval', or too little memory.
    return new PlainRows(matrix, inverse, error instanceof Error ? error.message : String(error));
  }
}

function inverseLengths(matrix: Float32Array, width: number): Float64Array {
  const inverse = new Float64Array(matrix.length / width);
  for (let row = 0, at = 0; row < inverse.length; row++) {
    let squared = 0;
    for (let i = 0; i < width; i++, at++) squared += matrix[at] * matrix[at];
    if (!(squared < Infinity)) throw new RangeError(`NeighbourSearch: row ${row} has a number that is not finite.`);
    inverse[row] = squared === 0 ? 0 : 1 / Math.sqrt(squared);
  }
  return inverse;
}
