// All eigenvalues and eigenvectors of a small symmetric matrix: Jacobi's rotations, which set one pair of elements after the other to zero.
//
// Source: Golub and Van Loan, "Matrix Computations", 4th edition, 8.5.

const MOST_SWEEPS = 60;

/**
 * @param matrix  symmetric, shape (size, size), row by row; it is not changed
 * @returns the eigenvalues, descending, and as rows their eigenvectors of length 1
 */
export function symmetricEigen(matrix: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  const scale = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a, size) > 1e-30 * scale; sweep++) {
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) if (a[p * size + q] !== 0) rotate(a, vectors, size, p, q);
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j * size + j] - a[i * size + i]);
  const sorted = new Float64Array(size * size);
  order.forEach((from, to) => sorted.set(vectors.subarray(from * size, (from + 1) * size), to * size));
  return { values: Float64Array.from(order, (i) => a[i * size + i]), vectors: sorted };
}

/** The sum of the squares beside the diagonal. */
function offDiagonal(a: Float64Array, size: number): number {
  let sum = 0;
  for (let p = 0; p < size; p++) for (let q = 0; q < p; q++) sum += 2 * a[p * size + q] * a[p * size + q];
  return sum;
}

/** Turns the plane of p and q so that their common element becomes zero. Eigenvectors are rows. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const ratio = (a[q * size + q] - a[p * size + p]) / (2 * a[p * size + q]);
  const tangent = (ratio >= 0 ? 1 : -1) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  turn(a, p * size, q * size, 1, size, cosine, sine); // rows p and q
  turn(a, p, q, size, size, cosine, sine); // columns p and q
  turn(vectors, p * size, q * size, 1, size, cosine, sine);
}

function turn(values: Float64Array, p: number, q: number, stride: number, count: number, cosine: number, sine: number): void {
  for (let i = 0; i < count; i++) {
    const first = values[p + i * stride];
    const second = values[q + i * stride];
    values[p + i * stride] = cosine * first - sine * second;
    values[q + i * stride] = sine * first + cosine * second;
  }
}
