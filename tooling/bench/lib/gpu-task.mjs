// The matrices that all candidates multiply, and the comparison of products.

/** A square matrix of pseudorandom numbers in [-1, 1), the same in every process (Marsaglia's xorshift, 2003); seed is not 0. */
export function randomMatrix(side, seed) {
  let state = seed;
  return Float32Array.from({ length: side * side }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  });
}

/** @returns {{ side: number, a: Float32Array, b: Float32Array }} */
export const taskOf = (side) => ({ side, a: randomMatrix(side, 0x2545f491), b: randomMatrix(side, 0x1b873593) });

/**
 * The largest allowed difference between products, relative to the root mean square of their numbers. Sums of float32 in another order
 * differ by about 10^-5 for a side of 2048; numbers rounded to a mantissa of 10 bits (TF32) by about 10^-3.
 */
export const tolerances = { float32: 1e-4, tf32: 1e-2 };

/** The largest difference between two lists of numbers, relative to the root mean square of `expected`. */
export function largestDifference(got, expected) {
  if (got.length !== expected.length) throw new RangeError(`${got.length} numbers came back, ${expected.length} are expected`);
  let squares = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    squares += expected[i] ** 2;
    const difference = Math.abs(got[i] - expected[i]);
    if (Number.isNaN(difference)) return NaN;
    largest = Math.max(largest, difference);
  }
  return largest / Math.sqrt(squares / expected.length);
}

/** @throws Error when `got` differs from `expected`; otherwise returns their largest difference */
export function checkProduct(got, expected, tolerance = tolerances.float32) {
  const difference = largestDifference(got, expected);
  if (!(difference <= tolerance)) throw new WrongProduct(`computes something else: it differs by ${difference.toExponential(1)} of the root mean square, ${tolerance} is allowed`);
  return difference;
}

/** A candidate computed a wrong result (as opposed to: it cannot run here). */
export class WrongProduct extends Error {}
