// Kneser-Ney smoothing: shorter contexts use the number of different contexts of a token instead of its frequency.
import { oneDiscount } from './absolute-discounting.js';
import type { Estimator } from './estimator.js';

/**
 * Absolute discounting in which n-grams below the highest length count N1+(. w1 ... wn), the different tokens before them (see
 * continuationCounts). "Francisco" is frequent, but only after "San": alone it is improbable. (Kneser and Ney 1995, "Improved backing-off
 * for m-gram language modeling", the backoff form; interpolated as in Chen and Goodman 1998, section 4.1.1. The empty context also
 * discounts, and leaves the difference to the uniform distribution.)
 *
 * @param discount above 0 to 1; default: estimated from the counts of each length (see closedFormDiscount)
 */
export const kneserNey = (form: 'interpolated' | 'backoff', discount?: number): Estimator => ({
  counts: 'continuations',
  form,
  lower: 'shorter',
  ...oneDiscount(discount),
});
