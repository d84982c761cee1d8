// Lengths, products and angles of single vectors, in double precision.

/** The product of two vectors, summed in double precision. */
export function dotProduct(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** The length of a vector (its Euclidean norm). */
export function lengthOf(vector: ArrayLike<number>): number {
  return Math.sqrt(dotProduct(vector, vector));
}

/** The vector of length 1 in the same direction; zeros stay zeros. */
export function toUnit(vector: ArrayLike<number>): Float64Array {
  const unit = Float64Array.from(vector);
  const length = lengthOf(unit);
  if (length > 0) for (let i = 0; i < unit.length; i++) unit[i] /= length;
  return unit;
}

/**
 * The cosine of the angle between two vectors: 1 same direction, 0 right angle, -1 opposite. 0 when one of them is zero.
 * @throws RangeError when they differ in width
 */
export function cosineSimilarity(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`cosineSimilarity: the vectors have ${a.length} and ${b.length} numbers; they must have equally many.`);
  const lengths = lengthOf(a) * lengthOf(b); // two roots, because the product of the squares may underflow
  return lengths === 0 ? 0 : clampCosine(dotProduct(a, b) / lengths);
}

/** Rounding may push a cosine a little beyond 1. */
export function clampCosine(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
