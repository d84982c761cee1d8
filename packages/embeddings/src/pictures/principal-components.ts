// Principal component analysis: the directions in which points differ most, and the points seen along them. A linear map: straight lines stay
// straight, so arrows of analogies stay parallel, and new points can be put on an old map.
//
// Source: Jolliffe and Cadima, "Principal component analysis: a review and recent developments", 2016.
import { countRows } from './rows-of.js';
import { largestEigenvectors } from '../symmetric-eigen.js';

export class PrincipalComponents {
  readonly width: number;
  /** `width` numbers: the centre of the points. */
  readonly mean: Float64Array;
  /** (components, width) row by row: directions of length 1 at right angles, that of the largest variance first. */
  readonly directions: Float64Array;
  /** The variance along each (divided by rows - 1). */
  readonly variances: Float64Array;
  /** The share of each in the variance of all, from 0 to 1. */
  readonly shares: Float64Array;

  /**
   * Finds the directions, exactly: the eigenvectors of the covariance. The sign of each is such that its largest component is positive.
   * @param matrix (rows, width) row by row, finite, two rows or more
   * @param components from 1 to width; default 2
   * @throws RangeError when the table or the number of components is something else
   */
  constructor(matrix: ArrayLike<number>, width: number, components = 2) {
    const rows = countRows('PrincipalComponents', matrix, width, 2);
    if (!Number.isSafeInteger(components) || components < 1 || components > width) throw new RangeError(`PrincipalComponents: ${String(components)} components were asked for; expected 1 to ${width}, the width of the points.`);
    this.width = width;
    this.mean = meanOf(matrix, width, rows);
    const covariance = covarianceOf(matrix, this.mean, rows);
    const { values, vectors } = largestEigenvectors(covariance, width, components);
    this.directions = vectors;
    this.variances = values.map((value) => Math.max(0, value));
    let total = 0;
    for (let i = 0; i < width; i++) total += covariance[i * width + i];
    this.shares = this.variances.map((variance) => (total === 0 ? 0 : variance / total));
  }

  /**
   * Points as they are seen along the directions.
   * @param matrix (rows, width) row by row
   * @returns (rows, components) row by row
   */
  project(matrix: ArrayLike<number>): Float32Array {
    const { width, mean, directions } = this;
    const rows = countRows('PrincipalComponents', matrix, width, 0);
    const components = directions.length / width;
    const projected = new Float32Array(rows * components);
    for (let row = 0; row < rows; row++) {
      for (let component = 0; component < components; component++) {
        let sum = 0;
        for (let i = 0; i < width; i++) sum += (matrix[row * width + i] - mean[i]) * directions[component * width + i];
        projected[row * components + component] = sum;
      }
    }
    return projected;
  }
}

function meanOf(matrix: ArrayLike<number>, width: number, rows: number): Float64Array {
  const mean = new Float64Array(width);
  for (let at = 0; at < matrix.length; at++) mean[at % width] += matrix[at] / rows;
  return mean;
}

function covarianceOf(matrix: ArrayLike<number>, mean: Float64Array, rows: number): Float64Array {
  const width = mean.length;
  const sums = new Float64Array(width * width);
  const centred = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) centred[i] = matrix[row * width + i] - mean[i];
    for (let i = 0; i < width; i++) {
      const factor = centred[i];
      for (let j = 0; j <= i; j++) sums[i * width + j] += factor * centred[j];
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) sums[j * width + i] = sums[i * width + j] /= rows - 1;
  return sums;
}
