// Rounds weights to 8-bit integers with one scale for each column, and back: numbers in, numbers out, on the host. What computes
// with them is `matmulInt8`; what puts them on a device is `QuantizedMatrix`.
//
// Symmetric, by the greatest magnitude: scale_j = max over k of |w[k, j]| / 127 and byte[k, j] = round(w[k, j] / scale_j), so that
// w' = scale_j * byte differs from w by at most scale_j / 2 (and the rounding of float32).

import { checkOptions, type OptionNames } from '@kk/options';

/** Int8 values of a matrix (inner, columns), in the order in which `matmulInt8` reads them. */
export interface QuantizedValues {
  readonly inner: number;
  readonly columns: number;
  /**
   * Signed bytes from -127 to 127, four to an element, the lowest first: (ceil(columns / 4), ceil(inner / 16), 4, 16), byte [k, j] at
   * [floor(j / 4), floor(k / 16), j mod 4, k mod 16], padded with zeros. Four columns at a time are a cache line for 16 inner indices.
   */
  readonly packed: Int32Array;
  /** (columns) */
  readonly scales: Float32Array;
}

export interface QuantizeOptions {
  /** The values are stored (columns, inner) instead, as in a table of embeddings that serves as output layer; default false. */
  transposed?: boolean;
}

export const quantizeOptions: OptionNames<QuantizeOptions> = { transposed: 'flag' };

/** What one row of a takes in the working memory of the wasm kernel limits the inner axis. */
const MOST_INNER = 131_072;
const MOST_STEPS = 127;
/** A cache line of float32: all of it is used, whichever way the matrix is stored. */
const COLUMNS_AT_ONCE = 16;

function packedLength(inner: number, columns: number): number {
  return Math.ceil(columns / 4) * Math.ceil(inner / 16) * 16;
}

/** Where byte [k, j] is. */
function place(inner: number, k: number, j: number): number {
  return (((j >> 2) * Math.ceil(inner / 16) + (k >> 4)) * 4 + (j & 3)) * 16 + (k & 15);
}

/**
 * @param values (inner, columns), or (columns, inner) with `transposed`, row-major
 * @throws RangeError when sizes are impossible or do not fit the values, or a value is not finite
 */
export function quantize(values: ArrayLike<number>, inner: number, columns: number, options: QuantizeOptions = {}): QuantizedValues {
  checkOptions('quantize', options, quantizeOptions);
  for (const [name, size] of [['inner', inner], ['columns', columns]] as const) {
    if (!Number.isInteger(size) || size < 0) throw new RangeError(`quantize: ${name} is ${size}; expected a whole number of 0 or more.`);
  }
  if (inner > MOST_INNER) throw new RangeError(`quantize: inner is ${inner}; at most ${MOST_INNER} are possible: split the matrix along that axis and add the products.`);
  if (values.length !== inner * columns) throw new RangeError(`quantize: got ${values.length} numbers for a matrix of ${inner} x ${columns}, which holds ${inner * columns}.`);
  const packed = new Int32Array(packedLength(inner, columns));
  const bytes = new Int8Array(packed.buffer);
  const scales = new Float32Array(columns);
  const largest = new Float64Array(columns);
  const [innerStride, columnStride] = options.transposed ? [1, inner] : [columns, 1];
  for (let first = 0; first < columns; first += COLUMNS_AT_ONCE) {
    const end = Math.min(first + COLUMNS_AT_ONCE, columns);
    for (let k = 0; k < inner; k++) {
      for (let j = first; j < end; j++) {
        const value = values[k * innerStride + j * columnStride]!;
        const magnitude = Math.abs(value);
        if (!(magnitude < Infinity)) throw new RangeError(`quantize: the number at row ${k}, column ${j} is ${value}; expected finite ones: the weights are damaged.`);
        if (magnitude > largest[j]!) largest[j] = magnitude;
      }
    }
    for (let j = first; j < end; j++) scales[j] = largest[j]! / MOST_STEPS;
    for (let k = 0; k < inner; k++) {
      for (let j = first; j < end; j++) {
        const scale = scales[j]!;
        if (scale === 0) continue; // a column of zeros, or of numbers too small for a scale in float32
        const steps = Math.round(values[k * innerStride + j * columnStride]! / scale);
        bytes[place(inner, k, j)] = Math.max(-MOST_STEPS, Math.min(MOST_STEPS, steps));
      }
    }
  }
  return { inner, columns, packed, scales };
}

/** The numbers that the bytes stand for, (inner, columns), row-major. */
export function dequantize({ inner, columns, packed, scales }: QuantizedValues): Float32Array {
  const bytes = new Int8Array(packed.buffer, packed.byteOffset, packed.length * 4);
  const values = new Float32Array(inner * columns);
  for (let k = 0; k < inner; k++) for (let j = 0; j < columns; j++) values[k * columns + j] = scales[j]! * bytes[place(inner, k, j)]!;
  return values;
}
