// How many n-grams occurred once, twice ...: what discounts are estimated from.

/** Element r is the number of values that are r, for r from 1 to `highest`; element 0 means nothing. */
export function countsOfCounts(values: Int32Array, highest: number): number[] {
  const counts = new Array<number>(highest + 1).fill(0);
  for (let i = 0; i < values.length; i++) if (values[i] > 0 && values[i] <= highest) counts[values[i]]++;
  return counts;
}

// Where too few n-grams occurred once or twice to estimate a discount: half of a count of one.
const DISCOUNT_WITHOUT_EVIDENCE = 0.5;

/** n1 / (n1 + 2 n2), which maximizes the leave-one-out likelihood approximately (Ney, Essen and Kneser 1994); 0.5 if there is no n1 or no n2. */
export function closedFormDiscount(values: Int32Array): { discount: number; fallback: boolean } {
  const [, once, twice] = countsOfCounts(values, 2);
  return once > 0 && twice > 0 ? { discount: once / (once + 2 * twice), fallback: false } : { discount: DISCOUNT_WITHOUT_EVIDENCE, fallback: true };
}
