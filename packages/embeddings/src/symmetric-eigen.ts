// Computes the eigenvalues and eigenvectors of a symmetric matrix: reflections make it tridiagonal, then shifted QR steps make it diagonal,
// each turning neighbouring rows of the eigenvectors a little. A matrix of 300 rows takes about half a second.
//
// Source: Golub and Van Loan, "Matrix Computations", 4th edition, algorithms 8.3.1 to 8.3.3.

/** Usually two or three are needed for a value. */
const MOST_STEPS_A_VALUE = 60;
/** In a matrix whose largest number is 1, this is nothing, and its square is still a number. */
const NOTHING = 1e-30;

export interface Eigenpairs {
  /** Largest first. */
  readonly values: Float64Array;
  /** (values, size) row by row: row i is the eigenvector of value i, of length 1. */
  readonly vectors: Float64Array;
}

/**
 * All eigenvalues and eigenvectors.
 * @param matrix (size, size), symmetric; not changed
 * @returns the sign of a vector is such that its component with the largest magnitude is positive, so that pictures do not flip
 * @throws RangeError when a number is not finite
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigenpairs {
  if (!matrix.every(Number.isFinite)) throw new RangeError('symmetricEigen: the matrix has a number that is not finite.');
  const rows = identity(size);
  const scale = matrix.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  const { diagonal, beside } = tridiagonalize(matrix.map((value) => value / scale), rows, size);
  diagonalize(diagonal, beside, rows);
  const order = Array.from(diagonal, (_, i) => i).sort((i, j) => diagonal[j] - diagonal[i] || i - j);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => vectors.set(withSign(rows[from]), to * size));
  return { values: Float64Array.from(order, (i) => scale * diagonal[i]), vectors };
}

/** The pairs with the largest values. */
export function largestEigenvectors(matrix: Float64Array, size: number, count: number): Eigenpairs {
  const { values, vectors } = symmetricEigen(matrix, size);
  return { values: values.slice(0, count), vectors: vectors.slice(0, count * size) };
}

/** The vector or its opposite, whichever has its largest component above 0. */
export function withSign(vector: Float64Array): Float64Array {
  let largest = 0;
  for (let i = 1; i < vector.length; i++) if (Math.abs(vector[i]) > Math.abs(vector[largest]) * (1 + 1e-9)) largest = i;
  return vector[largest] < 0 ? vector.map((value) => -value) : vector;
}

const identity = (size: number): Float64Array[] => Array.from({ length: size }, (_, i) => new Float64Array(size).fill(1, i, i + 1));

/** Reflects column after column so that nothing is left below its neighbour of the diagonal; `rows` are reflected along. */
function tridiagonalize(a: Float64Array, rows: Float64Array[], size: number): { diagonal: Float64Array; beside: Float64Array } {
  const beside = new Float64Array(Math.max(0, size - 1));
  const v = new Float64Array(size);
  const p = new Float64Array(size);
  for (let column = 0; column < size - 1; column++) {
    const from = column + 1;
    const first = (v[from] = a[from * size + column]);
    let others = 0;
    for (let i = from + 1; i < size; i++) others += (v[i] = a[i * size + column]) ** 2;
    if (others <= NOTHING * NOTHING) {
      beside[column] = first;
      continue;
    }
    const length = Math.sqrt(others + first * first);
    beside[column] = first > 0 ? -length : length;
    v[from] -= beside[column];
    const factor = 1 / (length * (length + Math.abs(first))); // 2 / |v|^2
    // The rest of a becomes a - v w^T - w v^T.
    let overlap = 0;
    for (let i = from; i < size; i++) {
      let sum = 0;
      for (let j = from; j < size; j++) sum += a[i * size + j] * v[j];
      p[i] = factor * sum;
      overlap += p[i] * v[i];
    }
    for (let i = from; i < size; i++) p[i] -= (factor / 2) * overlap * v[i];
    for (let i = from; i < size; i++) for (let j = from; j < size; j++) a[i * size + j] -= v[i] * p[j] + p[i] * v[j];
    reflectRows(rows, v, factor, from);
  }
  return { diagonal: Float64Array.from({ length: size }, (_, i) => a[i * size + i]), beside };
}

function reflectRows(rows: Float64Array[], v: Float64Array, factor: number, from: number): void {
  const sums = new Float64Array(rows.length);
  for (let i = from; i < rows.length; i++) for (let k = 0; k < sums.length; k++) sums[k] += v[i] * rows[i][k];
  for (let i = from; i < rows.length; i++) for (let k = 0; k < sums.length; k++) rows[i][k] -= factor * v[i] * sums[k];
}

/** QR steps on a tridiagonal matrix until what is beside the diagonal vanishes, from the last row up. */
function diagonalize(diagonal: Float64Array, beside: Float64Array, rows: Float64Array[]): void {
  const isSmall = (i: number): boolean => Math.abs(beside[i]) <= Number.EPSILON * (Math.abs(diagonal[i]) + Math.abs(diagonal[i + 1])) + NOTHING;
  let steps = 0;
  for (let high = diagonal.length - 1; high > 0; ) {
    let low = high;
    while (low > 0 && !isSmall(low - 1)) low--;
    if (low === high) {
      high--;
      steps = 0;
    } else if (steps++ === MOST_STEPS_A_VALUE) {
      throw new RangeError('symmetricEigen: the eigenvalues do not converge.');
    } else {
      step(diagonal, beside, rows, low, high);
    }
  }
}

/** One step with the shift of Wilkinson on rows `low` to `high`: a rotation, and others that chase what it made beside the three diagonals out. */
function step(diagonal: Float64Array, beside: Float64Array, rows: Float64Array[], low: number, high: number): void {
  const half = (diagonal[high - 1] - diagonal[high]) / 2;
  const last = beside[high - 1];
  const shift = diagonal[high] - (last * last) / (half + (half < 0 ? -1 : 1) * Math.sqrt(half * half + last * last));
  let x = diagonal[low] - shift;
  let z = beside[low];
  for (let k = low; k < high; k++) {
    const length = Math.sqrt(x * x + z * z); // Math.hypot has other last bits in other engines
    const [cosine, sine] = length === 0 ? [1, 0] : [x / length, z / length];
    if (k > low) beside[k - 1] = length;
    const [upper, lower, side] = [diagonal[k], diagonal[k + 1], beside[k]];
    diagonal[k] = cosine * cosine * upper + 2 * cosine * sine * side + sine * sine * lower;
    diagonal[k + 1] = sine * sine * upper - 2 * cosine * sine * side + cosine * cosine * lower;
    beside[k] = cosine * sine * (lower - upper) + (cosine * cosine - sine * sine) * side;
    if (k < high - 1) {
      x = beside[k];
      z = sine * beside[k + 1];
      beside[k + 1] *= cosine;
    }
    turn(rows[k], rows[k + 1], cosine, sine);
  }
}

function turn(first: Float64Array, second: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < first.length; i++) {
    const [x, y] = [first[i], second[i]];
    first[i] = cosine * x + sine * y;
    second[i] = cosine * y - sine * x;
  }
}
