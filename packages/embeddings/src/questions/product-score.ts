// The score of 3CosMul (Levy and Goldberg 2014): a product of similarities, and what it is at least and at most when the cosines are estimates.
import type { Estimates, Estimator } from './estimates.js';

/** Keeps the divisor above 0; the value of gensim and word2vec's followers. */
const EPSILON = 1e-6;

/** Cosines as similarities from 0 to 1. */
const shifted = (cosine: number): number => Math.min(1, Math.max(0, (1 + cosine) / 2));

/** The score of one row from its cosines with the positive and the negative vectors. */
export function productOf(positive: readonly number[], negative: readonly number[]): number {
  const product = (cosines: readonly number[]): number => cosines.reduce((result, cosine) => result * shifted(cosine), 1);
  return product(positive) / (product(negative) + EPSILON);
}

/** The scores of all rows, in the middle between what they are at least and at most. */
export function productEstimates(estimator: Estimator, rows: number, { positive, negative }: { positive: readonly Float64Array[]; negative: readonly Float64Array[] }): Estimates {
  const above = bounds(estimator, rows, positive);
  const below = bounds(estimator, rows, negative);
  const scores = new Float64Array(rows);
  const rowErrors = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const least = above.least[row] / (below.most[row] + EPSILON);
    const most = above.most[row] / (below.least[row] + EPSILON);
    scores[row] = (least + most) / 2;
    rowErrors[row] = ((most - least) / 2) * (1 + 1e-9); // rounding
  }
  return { scores, rowErrors, queryError: 0 };
}

/** Each row's product of similarities: at least and at most. */
function bounds(estimator: Estimator, rows: number, vectors: readonly Float64Array[]): { least: Float64Array; most: Float64Array } {
  const least = new Float64Array(rows).fill(1);
  const most = new Float64Array(rows).fill(1);
  for (const vector of vectors) {
    const { scores, rowErrors, queryError } = estimator.estimate(vector);
    for (let row = 0; row < rows; row++) {
      const error = rowErrors[row] + queryError;
      least[row] *= shifted(scores[row] - error);
      most[row] *= shifted(scores[row] + error);
    }
  }
  return { least, most };
}
