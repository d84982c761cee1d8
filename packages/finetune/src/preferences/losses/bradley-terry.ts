// The loss of a reward model: the chosen answer shall have the higher reward (Bradley and Terry 1952).
import { add, checkOptions, mean, negate, scale, square, subtract, type OptionNames, type Tensor } from '@kk/nn-core';
import { checkNumber, checkRows } from './check.js';
import { logSigmoid } from './log-sigmoid.js';
import type { Pair, PreferenceLoss } from './pair.js';

export interface BradleyTerryOptions {
  /** The weight of the squared sum of both rewards, which keeps them around 0, 0 or more; default 0. TRL recommends 0.01. */
  centering?: number;
}

const OPTIONS: OptionNames<BradleyTerryOptions> = { centering: 'optional' };

/** (pairs) each. */
export interface BradleyTerryInputs {
  readonly rewards: Pair<Tensor>;
  /** By how much the chosen answer is better, as far as it is known; default 0. */
  readonly margins?: Tensor;
}

export interface BradleyTerryLoss extends PreferenceLoss {
  /** A single number: the mean of the squared sums. */
  readonly centering: Tensor;
}

/** @throws TypeError when an option is unknown; RangeError when one is out of range */
export function checkBradleyTerryOptions(options: BradleyTerryOptions): void {
  checkOptions('bradleyTerryLoss', options, OPTIONS);
  checkNumber('bradleyTerryLoss', 'centering', options.centering ?? 0, { from: 0 });
}

/**
 * mean(-log s(chosen - rejected - margin)) + centering mean((chosen + rejected)^2): Ouyang et al. 2022 (arXiv:2203.02155), eq. 1, with the margin of
 * Llama 2 (Touvron et al. 2023, arXiv:2307.09288, eq. 2) and the centring of Eisenstein et al. 2023 (arXiv:2312.09244, eq. 2).
 * @throws as `checkBradleyTerryOptions`; RangeError when shapes differ
 */
export function bradleyTerryLoss({ rewards, margins }: BradleyTerryInputs, options: BradleyTerryOptions = {}): BradleyTerryLoss {
  checkBradleyTerryOptions(options);
  const { centering: weight = 0 } = options;
  const { chosen, rejected } = rewards;
  checkRows('bradleyTerryLoss', { 'rewards.chosen': chosen, 'rewards.rejected': rejected, ...(margins && { margins }) });
  const difference = subtract(chosen, rejected);
  const losses = negate(logSigmoid(margins ? subtract(difference, margins) : difference));
  const centering = mean(square(add(chosen, rejected)));
  const loss = weight === 0 ? mean(losses) : add(mean(losses), scale(centering, weight));
  const { engine } = chosen;
  return { losses, loss, centering, rewards: { chosen: engine.alias(chosen), rejected: engine.alias(rejected) } };
}
