// The estimators by the names under which options know them.
import { type Estimator } from './estimator.js';
import { maximumLikelihood } from './maximum-likelihood.js';
import { wittenBell } from './witten-bell.js';

/** How counts become probabilities: 'witten-bell' (nothing is impossible) or 'mle' (only what was seen). */
export type Smoothing = 'witten-bell' | 'mle';

const estimators: Readonly<Record<Smoothing, Estimator>> = { 'witten-bell': wittenBell, mle: maximumLikelihood };

/** @throws RangeError if there is no estimator of that name */
export function estimatorNamed(smoothing: Smoothing): Estimator {
  if (!Object.hasOwn(estimators, smoothing)) {
    throw new RangeError(`smoothing must be one of ${Object.keys(estimators).join(', ')}, got ${String(smoothing)}`);
  }
  return estimators[smoothing];
}
