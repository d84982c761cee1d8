// Checks tables of points, and turns them into the lists of rows that the libraries take.

/** @returns how many rows there are */
export function countRows(name: string, matrix: ArrayLike<number>, width: number, fewest: number): number {
  if (!Number.isSafeInteger(width) || width < 1 || matrix.length % width !== 0) throw new RangeError(`${name}: a table of ${matrix.length} numbers does not consist of rows of ${String(width)}.`);
  const rows = matrix.length / width;
  if (rows < fewest) throw new RangeError(`${name}: there are ${rows} rows; expected ${fewest} or more.`);
  for (let i = 0; i < matrix.length; i++) if (!Number.isFinite(matrix[i])) throw new RangeError(`${name}: row ${Math.floor(i / width)} has the number ${matrix[i]}; expected finite numbers.`);
  return rows;
}

/** The rows, as they are or with length 1: the Euclidean distance of two directions grows with the angle between them. */
export function rowsOf(matrix: ArrayLike<number>, width: number, metric: 'cosine' | 'euclidean'): number[][] {
  return Array.from({ length: matrix.length / width }, (_, row) => {
    const own = Array.from({ length: width }, (_, i) => matrix[row * width + i]);
    const length = metric === 'cosine' ? Math.hypot(...own) : 1;
    return length === 0 ? own : own.map((value) => value / length);
  });
}

/** Rows after one another. */
export function joinRows(rows: readonly (readonly number[])[], width: number): Float32Array {
  const matrix = new Float32Array(rows.length * width);
  rows.forEach((row, i) => matrix.set(row, i * width));
  return matrix;
}

/** Lets a page draw and answer between two steps of long work. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
