// Computes cosines with all rows in plain TypeScript, where WebAssembly SIMD is missing or nobody wants it: slower, and the same neighbours.
import { type Estimates, type Estimator, FLOAT_SLACK } from './estimates.js';

export class PlainRows implements Estimator {
  readonly kernel: string;
  readonly #matrix: Float32Array;
  readonly #inverseLengths: Float64Array;
  readonly #scores: Float32Array;
  readonly #rowErrors: Float32Array;

  /**
   * @param matrix (rows, width) row by row
   * @param inverseLengths 1 / length of each row, 0 for rows of zeros
   * @param reason why there is no SIMD
   */
  constructor(matrix: Float32Array, inverseLengths: Float64Array, reason: string) {
    this.kernel = `plain TypeScript (${reason})`;
    this.#matrix = matrix;
    this.#inverseLengths = inverseLengths;
    this.#scores = new Float32Array(inverseLengths.length);
    this.#rowErrors = new Float32Array(inverseLengths.length);
  }

  estimate(unit: Float64Array): Estimates {
    const matrix = this.#matrix;
    const width = unit.length;
    for (let row = 0, at = 0; row < this.#scores.length; row++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += matrix[at++] * unit[i];
      this.#scores[row] = sum * this.#inverseLengths[row];
    }
    return { scores: this.#scores, rowErrors: this.#rowErrors, queryError: FLOAT_SLACK };
  }
}
