// Kneser-Ney smoothing: shorter contexts ask in how many surroundings a token stood instead of how often it did.
import { oneDiscount } from './absolute-discounting.js';
import { type Estimator } from './estimator.js';

/**
 * Absolute discounting whose n-grams below the highest length count N1+(. w1 ... wn), the different tokens before them (see
 * continuationCounts). "Francisco" is frequent, but only after "San": alone it is improbable.
 * (Kneser and Ney 1995, "Improved backing-off for m-gram language modeling", the backoff form; interpolated as in Chen and Goodman 1998,
 * section 4.1.1. The empty context discounts, too, and leaves what it took to the uniform distribution.)
 *
 * @param discount above 0 to 1; estimated from the counts of each length (see closedFormDiscount) if left out
 */
export const kneserNey = (form: 'interpolated' | 'backoff', discount?: number): Estimator => ({
  counts: 'continuations',
  form,
  lower: 'shorter',
  ...oneDiscount(discount),
});
