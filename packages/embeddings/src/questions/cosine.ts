// Computes lengths, products and angles of single vectors, in double precision.

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
  const unit = Float64Array.from(squarable(vector));
  const length = lengthOf(unit);
  if (length > 0) for (let i = 0; i < unit.length; i++) unit[i] /= length;
  return unit;
}

/** Whether a sum of directions is as short as rounding may leave of zero: then it leads nowhere. */
export function isNothing(sum: ArrayLike<number>): boolean {
  return lengthOf(sum) < 1e-9;
}

/** The squares of numbers between these can be added up without overflow, and without losing digits. */
const [LEAST_SQUARABLE, MOST_SQUARABLE] = [1e-130, 1e130];

/** The vector, divided by its largest number if squares would overflow or vanish: its direction stays. */
function squarable(vector: ArrayLike<number>): ArrayLike<number> {
  let largest = 0;
  for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i]));
  if (largest === 0 || !(largest < LEAST_SQUARABLE || largest > MOST_SQUARABLE)) return vector;
  return Float64Array.from(vector, (value) => value / largest);
}

/**
 * The cosine of the angle between two vectors: 1 same direction, 0 right angle, -1 opposite. 0 when one of them is zero.
 * @throws RangeError when they differ in width
 */
export function cosineSimilarity(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`cosineSimilarity: the vectors have ${a.length} and ${b.length} numbers; they must have equally many.`);
  const [first, second] = [squarable(a), squarable(b)];
  const lengths = lengthOf(first) * lengthOf(second); // two roots, because the product of the squares may underflow
  return lengths === 0 ? 0 : clampCosine(dotProduct(first, second) / lengths);
}

/** Rounding may push a cosine a little beyond 1. */
export function clampCosine(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
