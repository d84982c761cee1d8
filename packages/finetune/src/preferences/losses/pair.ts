// Declares what a preference consists of: something of the answer that was chosen, and the same of the one that was rejected.
import type { Tensor } from '@kk/nn-core';

export interface Pair<T> {
  readonly chosen: T;
  readonly rejected: T;
}

/** What a loss of pairs gives. Rewards have no gradient. */
export interface PreferenceLoss {
  /** A single number: the mean over the pairs, and what an option adds to it. */
  readonly loss: Tensor;
  /** (pairs), without what is added to their mean. */
  readonly losses: Tensor;
  /** (pairs) each: how good the model finds the answers by this loss, as trainers log it. */
  readonly rewards: Pair<Tensor>;
}

/** The pair without its gradients: numbers to log. */
export function constants(make: () => Pair<Tensor>, { engine }: Tensor): Pair<Tensor> {
  return engine.noGradient(make);
}
