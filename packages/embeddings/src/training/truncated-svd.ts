// Computes the largest singular values of a sparse matrix and their left singular vectors, by random projection: the matrix is multiplied
// by a few random columns, which its largest directions soon dominate, and the small problem that is left is solved exactly.
//
// Source: Halko, Martinsson and Tropp, "Finding structure with randomness", SIAM Review 2011, algorithms 4.4 and 5.1.
import { Random } from '@kk/nn-core';
import { type DenseMatrix, multiply, multiplyTransposed, type SparseMatrix } from './sparse-matrix.js';
import type { Steps } from './steps.js';
import { symmetricEigen } from '../symmetric-eigen.js';

/** More columns than are wanted, so that the last of these are right, too. */
const OVERSAMPLING = 20;

export interface TruncatedSvd {
  /** The left singular vectors as columns, shape (rows, count). In each the number that is farthest from 0 is positive. */
  left: DenseMatrix;
  /** Descending, `count` numbers. */
  singularValues: Float64Array;
}

/**
 * @param count  how many singular values: at most the smaller side of the matrix
 * @param iterations  how often the matrix is applied once more from both sides: each makes small directions smaller
 */
export function* truncatedSvd(matrix: SparseMatrix, count: number, { iterations, seed }: { iterations: number; seed: number }): Steps<TruncatedSvd> {
  const columns = Math.min(count + OVERSAMPLING, matrix.rows, matrix.columns);
  const random = new Random(seed);
  // Signs are as good as normal numbers, and the same bits everywhere.
  const signs = Float64Array.from({ length: matrix.columns * columns }, () => (random.integer(2) === 0 ? -1 : 1));
  const parts = 2 * iterations + 3;
  let part = 0;
  const done = (): number => ++part / parts;

  let basis = multiply(matrix, { rows: matrix.columns, columns, values: signs });
  orthonormalize(basis);
  yield done();
  for (let i = 0; i < iterations; i++) {
    const other = multiplyTransposed(matrix, basis);
    orthonormalize(other);
    yield done();
    basis = multiply(matrix, other);
    orthonormalize(basis);
    yield done();
  }
  // small = basis^T matrix has the same singular values; small small^T is a symmetric matrix of `columns` rows.
  const small = multiplyTransposed(matrix, basis);
  yield done();
  const { values, vectors } = symmetricEigen(gram(small), columns);
  yield done();
  const left = new Float64Array(matrix.rows * count);
  for (let row = 0; row < matrix.rows; row++) {
    for (let k = 0; k < columns; k++) {
      const factor = basis.values[row * columns + k];
      for (let i = 0; i < count; i++) left[row * count + i] += factor * vectors[i * columns + k];
    }
  }
  fixSigns(left, count);
  return { left: { rows: matrix.rows, columns: count, values: left }, singularValues: values.slice(0, count).map((value) => Math.sqrt(Math.max(0, value))) };
}

/**
 * Makes the columns orthonormal (Gram and Schmidt, each column twice, because rounding leaves a rest the first time). A column that depends on those
 * before it becomes zero.
 */
function orthonormalize({ rows, columns, values }: DenseMatrix): void {
  // Column by column lies closer together.
  const work = Array.from({ length: columns }, (_, k) => Float64Array.from({ length: rows }, (_, row) => values[row * columns + k]));
  work.forEach((column, k) => {
    const before = Math.sqrt(dot(column, column));
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < k; other++) {
        const factor = dot(work[other], column);
        for (let row = 0; row < rows; row++) column[row] -= factor * work[other][row];
      }
    }
    const length = Math.sqrt(dot(column, column));
    const factor = length > 1e-12 * before ? 1 / length : 0;
    for (let row = 0; row < rows; row++) values[row * columns + k] = column[row] *= factor;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** matrix^T matrix: shape (columns, columns) */
function gram({ rows, columns, values }: DenseMatrix): Float64Array {
  const result = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    for (let a = 0; a < columns; a++) {
      const factor = values[row * columns + a];
      for (let b = 0; b < columns; b++) result[a * columns + b] += factor * values[row * columns + b];
    }
  }
  return result;
}

/** A singular vector and its negative are equally right; this chooses one. */
function fixSigns(values: Float64Array, columns: number): void {
  for (let column = 0; column < columns; column++) {
    let farthest = 0;
    for (let at = column; at < values.length; at += columns) if (Math.abs(values[at]) > Math.abs(farthest)) farthest = values[at];
    if (farthest < 0) for (let at = column; at < values.length; at += columns) values[at] = -values[at];
  }
}
