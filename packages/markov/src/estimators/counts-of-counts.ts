// Counts of counts: how many n-grams occurred once, twice ... Discounts are estimated from them.

/** Element r is the number of values equal to r, for r from 1 to `highest`; element 0 is unused. */
export function countsOfCounts(values: Int32Array, highest: number): number[] {
  const counts = new Array<number>(highest + 1).fill(0);
  for (let i = 0; i < values.length; i++) if (values[i] > 0 && values[i] <= highest) counts[values[i]]++;
  return counts;
}

// The discount if too few n-grams occurred once or twice for an estimate.
const DISCOUNT_WITHOUT_EVIDENCE = 0.5;

/** n1 / (n1 + 2 n2), which approximately maximizes the leave-one-out likelihood (Ney, Essen and Kneser 1994); 0.5 if n1 or n2 is 0. */
export function closedFormDiscount(values: Int32Array): { discount: number; fallback: boolean } {
  const [, once, twice] = countsOfCounts(values, 2);
  return once > 0 && twice > 0 ? { discount: once / (once + 2 * twice), fallback: false } : { discount: DISCOUNT_WITHOUT_EVIDENCE, fallback: true };
}
