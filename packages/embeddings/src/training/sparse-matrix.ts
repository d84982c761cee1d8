// A matrix of mostly zeros, row by row, and its products with narrow dense ones.

/** Row r has the elements `starts[r]` to `starts[r + 1] - 1`, with their columns in `indices`, ascending. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float64Array;
}

/** A dense matrix, row by row: shape (rows, columns). */
export interface DenseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** matrix (m, n) times right (n, k): shape (m, k) */
export function multiply(matrix: SparseMatrix, right: DenseMatrix): DenseMatrix {
  const width = right.columns;
  const values = new Float64Array(matrix.rows * width);
  for (let row = 0; row < matrix.rows; row++) {
    for (let at = matrix.starts[row]; at < matrix.starts[row + 1]; at++) {
      addScaled(values, row * width, right.values, matrix.indices[at] * width, matrix.values[at], width);
    }
  }
  return { rows: matrix.rows, columns: width, values };
}

/** matrix (m, n), transposed, times right (m, k): shape (n, k) */
export function multiplyTransposed(matrix: SparseMatrix, right: DenseMatrix): DenseMatrix {
  const width = right.columns;
  const values = new Float64Array(matrix.columns * width);
  for (let row = 0; row < matrix.rows; row++) {
    for (let at = matrix.starts[row]; at < matrix.starts[row + 1]; at++) {
      addScaled(values, matrix.indices[at] * width, right.values, row * width, matrix.values[at], width);
    }
  }
  return { rows: matrix.columns, columns: width, values };
}

/** target[i] += factor * source[i] */
function addScaled(target: Float64Array, targetAt: number, source: Float64Array, sourceAt: number, factor: number, width: number): void {
  for (let i = 0; i < width; i++) target[targetAt + i] += factor * source[sourceAt + i];
}
