// Estimates cosines with all rows with WebAssembly SIMD from numbers that are rounded to 8 bits. A search for neighbours waits for memory, and
// these rows are a quarter of the floats. What rounding may do to a cosine is known for each row, so that the few rows that may be among the
// nearest can be told from all others; only these are then computed from the floats. The result is exact.
//
// Row x is kept as q in -127 .. 127 with x ~ s q, query u as p with u ~ t p. By the inequality of Cauchy and Schwarz, for |x| = |u| = 1:
//   |x u - s t q p| = |x (u - t p) + (x - s q) t p| <= |u - t p| + |x - s q| |t p|
import { binary } from '../generated/neighbours.js';
import { lengthOf } from './cosine.js';
import { type Estimates, type Estimator, FLOAT_SLACK } from './estimates.js';

const PAGE_BYTES = 65_536;
const MOST_PAGES = 65_536;
/** The largest rounded number of a row. */
const LEVELS = 127;

type Kernel = (query: number, rows: number, scales: number, scores: number, rowCount: number, stride: number, queryScale: number) => void;

export class RoundedRows implements Estimator {
  readonly kernel = 'WebAssembly SIMD';
  readonly #run: Kernel;
  readonly #query: Int16Array;
  readonly #scores: Float32Array;
  readonly #rowErrors: Float32Array;
  /** The greatest of the row errors. */
  #worstError = 0;
  readonly #places: { readonly rows: number; readonly scales: number; readonly scores: number };
  readonly #rowCount: number;

  /**
   * @param matrix (rows, width) row by row
   * @param inverseLengths 1 / length of each row, 0 for rows of zeros
   * @throws whatever WebAssembly throws where it is missing, forbidden, or has too little memory
   */
  constructor(matrix: Float32Array, inverseLengths: Float64Array) {
    const count = inverseLengths.length;
    const width = count === 0 ? 0 : matrix.length / count;
    const stride = Math.ceil(width / 8) * 8; // the kernel takes 8 numbers at a time
    this.#rowCount = Math.ceil(count / 4) * 4; // and 4 rows
    const rows = align(2 * stride);
    const scales = align(rows + this.#rowCount * stride);
    const scores = align(scales + 4 * this.#rowCount);
    const pages = Math.ceil((scores + 4 * this.#rowCount) / PAGE_BYTES) + 1;
    if (pages > MOST_PAGES) throw new RangeError(`the rounded vectors need ${pages * PAGE_BYTES} bytes, more than a WebAssembly memory has`);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const module = new WebAssembly.Module(Uint8Array.from(atob(binary), (character) => character.charCodeAt(0)));
    this.#run = new WebAssembly.Instance(module, { env: { memory } }).exports.estimateCosines as Kernel;
    this.#places = { rows, scales, scores };
    this.#query = new Int16Array(memory.buffer, 0, stride);
    this.#scores = new Float32Array(memory.buffer, scores, count);
    this.#rowErrors = new Float32Array(count);
    this.#round(matrix, width, inverseLengths, new Int8Array(memory.buffer, rows, count * stride), new Float32Array(memory.buffer, scales, count));
  }

  #round(matrix: Float32Array, width: number, inverseLengths: Float64Array, rounded: Int8Array, scales: Float32Array): void {
    const stride = this.#query.length;
    for (let row = 0; row < inverseLengths.length; row++) {
      const from = row * width;
      let largest = 0;
      for (let i = 0; i < width; i++) largest = Math.max(largest, Math.abs(matrix[from + i]));
      if (largest === 0) continue;
      const step = largest / LEVELS;
      let squared = 0;
      for (let i = 0, to = row * stride; i < width; i++, to++) {
        const ratio = matrix[from + i] / step;
        const level = Math.round(ratio);
        rounded[to] = level;
        squared += (ratio - level) ** 2;
      }
      scales[row] = step * inverseLengths[row];
      this.#rowErrors[row] = Math.sqrt(squared) * step * inverseLengths[row];
      this.#worstError = Math.max(this.#worstError, this.#rowErrors[row]);
    }
  }

  estimate(unit: Float64Array): Estimates {
    // As fine as 16 bits allow, and no sum of a whole row exceeds 32 bits.
    const levels = Math.min(32_767, Math.floor((2 ** 31 - 1) / (LEVELS * Math.max(1, this.#query.length))));
    const largest = unit.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const step = largest === 0 ? 1 : largest / levels;
    const lost = new Float64Array(unit.length);
    for (let i = 0; i < unit.length; i++) {
      this.#query[i] = Math.round(unit[i] / step);
      lost[i] = unit[i] - this.#query[i] * step;
    }
    const { rows, scales, scores } = this.#places;
    this.#run(0, rows, scales, scores, this.#rowCount, this.#query.length, step);
    return { scores: this.#scores, rowErrors: this.#rowErrors, queryError: lengthOf(lost) * (1 + this.#worstError) + FLOAT_SLACK };
  }
}

/** The next boundary of a cache line. */
function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}
