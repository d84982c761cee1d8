// Computes what trainers log of a batch of pairs.
import { greater, mean, subtract, type Tensor } from '@kk/nn-core';
import type { Pair } from './pair.js';

export interface RewardMeasures {
  /** (pairs): reward of the chosen answer - reward of the rejected one. */
  readonly margins: Tensor;
  /** A single number: their mean. */
  readonly margin: Tensor;
  /** A single number, from 0 to 1: in how many pairs the chosen answer has the higher reward. Equal ones do not count. */
  readonly accuracy: Tensor;
}

/** @param rewards (pairs) each */
export function rewardMeasures({ chosen, rejected }: Pair<Tensor>): RewardMeasures {
  return chosen.engine.noGradient(() => {
    const margins = subtract(chosen, rejected);
    return { margins, margin: mean(margins), accuracy: mean(greater(margins, 0)) };
  });
}
