// Lays one space upon another by turning, mirroring and moving it, so that matching points come as near as they can: a map that was made anew does
// not jump, and the spaces of two trainings or two languages can be compared.
//
// Source: Schönemann, "A generalized solution of the orthogonal Procrustes problem", 1966.
import { checkOptions } from '@kk/nn-core';
import { countRows } from './rows-of.js';
import { singularValues } from './singular-values.js';

export interface AlignmentOptions {
  /** Whether it may be moved; default true. False for directions of words, whose zero has a meaning. */
  shift?: boolean;
  /** Whether it may be made larger or smaller; default false. */
  scale?: boolean;
}

export class Alignment {
  readonly width: number;
  /** (width, width) row by row: orthogonal. A point is a row, multiplied from the left. */
  readonly rotation: Float64Array;
  readonly scale: number;
  /** The centres of both sides; zeros without `shift`. */
  readonly #centres: readonly [Float64Array, Float64Array];
  /** The root of the mean squared distance between the points that were matched, afterwards. */
  readonly distance: number;

  /**
   * @param from (rows, width) row by row: the points to move
   * @param to (rows, width): where each of them should come
   * @throws RangeError when the tables do not fit together, are empty, or have a number that is not finite
   */
  constructor(from: ArrayLike<number>, to: ArrayLike<number>, width: number, options: AlignmentOptions = {}) {
    checkOptions<AlignmentOptions>('Alignment', options, { shift: 'flag', scale: 'flag' });
    const { shift = true, scale = false } = options;
    const rows = countRows('Alignment', from, width, 1);
    if (countRows('Alignment', to, width, 1) !== rows) throw new RangeError(`Alignment: there are ${rows} points to move and ${to.length / width} places; expected one place for each point.`);
    this.width = width;
    this.#centres = shift ? [centreOf(from, width), centreOf(to, width)] : [new Float64Array(width), new Float64Array(width)];
    const products = new Float64Array(width * width);
    let squared = 0;
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < width; i++) {
        const value = from[row * width + i] - this.#centres[0][i];
        squared += value * value;
        for (let j = 0; j < width; j++) products[i * width + j] += value * (to[row * width + j] - this.#centres[1][j]);
      }
    }
    const { values, left, right } = singularValues(products, width);
    this.rotation = timesTransposed(left, right, width);
    this.scale = scale && squared > 0 ? values.reduce((sum, value) => sum + value, 0) / squared : 1;
    const moved = this.#move(from);
    this.distance = Math.sqrt(moved.reduce((sum, value, i) => sum + (value - to[i]) ** 2, 0) / rows);
  }

  /** Moves points, those of the alignment or others of the same space. @param matrix (rows, width) row by row @returns the same shape */
  apply(matrix: ArrayLike<number>): Float32Array {
    countRows('Alignment', matrix, this.width, 0);
    return Float32Array.from(this.#move(matrix));
  }

  #move(matrix: ArrayLike<number>): Float64Array {
    const { width, rotation, scale } = this;
    const [before, after] = this.#centres;
    return Float64Array.from({ length: matrix.length }, (_, at) => {
      const [row, j] = [at - (at % width), at % width];
      let sum = 0;
      for (let i = 0; i < width; i++) sum += (matrix[row + i] - before[i]) * rotation[i * width + j];
      return scale * sum + after[j];
    });
  }
}

function centreOf(matrix: ArrayLike<number>, width: number): Float64Array {
  const centre = new Float64Array(width);
  const rows = matrix.length / width;
  for (let at = 0; at < matrix.length; at++) centre[at % width] += matrix[at] / rows;
  return centre;
}

/** a times b transposed. */
function timesTransposed(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) for (let k = 0; k < size; k++) product[i * size + j] += a[i * size + k] * b[j * size + k];
  return product;
}
