// Singular values and vectors of a small square matrix, by one-sided Jacobi rotations: pairs of columns are turned until all are at right
// angles; their lengths are the singular values.
//
// Source: Golub and Van Loan, "Matrix Computations", 4th edition, section 8.6.3.

const MOST_SWEEPS = 60;
const SMALL = 1e-15;

export interface SingularValues {
  /** Of the columns of `left` and `right`; in no order. */
  readonly values: Float64Array;
  /** (size, size): the columns have length 1 and are at right angles, also where the value is 0. */
  readonly left: Float64Array;
  /** (size, size), likewise. The matrix is left x values x transposed right. */
  readonly right: Float64Array;
}

/** @param matrix (size, size) row by row, finite; not changed */
export function singularValues(matrix: Float64Array, size: number): SingularValues {
  // Columns as arrays of their own.
  const columns = Array.from({ length: size }, (_, column) => Float64Array.from({ length: size }, (_, row) => matrix[row * size + column]));
  const right = Array.from({ length: size }, (_, column) => new Float64Array(size).fill(1, column, column + 1));
  for (let sweep = 0, isTurning = true; isTurning && sweep < MOST_SWEEPS; sweep++) {
    isTurning = false;
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) isTurning = turnApart(columns, right, p, q) || isTurning;
  }
  const values = Float64Array.from(columns, (column) => Math.hypot(...column));
  return { values, left: fromColumns(complete(columns, values)), right: fromColumns(right) };
}

/** Turns two columns until they are at right angles. @returns false when they are already */
function turnApart(columns: Float64Array[], right: Float64Array[], p: number, q: number): boolean {
  let [first, second, both] = [0, 0, 0];
  for (let i = 0; i < columns.length; i++) {
    first += columns[p][i] ** 2;
    second += columns[q][i] ** 2;
    both += columns[p][i] * columns[q][i];
  }
  if (Math.abs(both) <= SMALL * Math.sqrt(first * second)) return false;
  const theta = (second - first) / (2 * both);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = cosine * tangent;
  for (const list of [columns, right]) {
    for (let i = 0; i < columns.length; i++) {
      const [x, y] = [list[p][i], list[q][i]];
      list[p][i] = cosine * x - sine * y;
      list[q][i] = sine * x + cosine * y;
    }
  }
  return true;
}

/** The columns with length 1; those of no length are replaced by others at right angles to all. */
function complete(columns: readonly Float64Array[], values: Float64Array): Float64Array[] {
  const enough = 1e-13 * Math.max(...values, Number.MIN_VALUE);
  const done: Float64Array[] = columns.map((column, i) => (values[i] > enough ? column.map((value) => value / values[i]) : column));
  const basis = done.filter((_, i) => values[i] > enough);
  done.forEach((_, i) => {
    if (values[i] > enough) return;
    // Of all axes take the one that is least within what is there.
    const candidates = columns.map((_, axis) => rest(new Float64Array(columns.length).fill(1, axis, axis + 1), basis));
    const best = candidates.reduce((a, b) => (Math.hypot(...a) >= Math.hypot(...b) ? a : b));
    const length = Math.hypot(...best);
    done[i] = rest(best.map((value) => value / length), basis);
    basis.push(done[i]);
  });
  return done;
}

/** What is left of a vector without its parts along others. */
function rest(vector: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const left = vector.slice();
  for (const other of basis) {
    const share = left.reduce((sum, value, i) => sum + value * other[i], 0);
    for (let i = 0; i < left.length; i++) left[i] -= share * other[i];
  }
  return left;
}

function fromColumns(columns: readonly Float64Array[]): Float64Array {
  const size = columns.length;
  return Float64Array.from({ length: size * size }, (_, at) => columns[at % size][Math.floor(at / size)]);
}
