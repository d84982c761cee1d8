// The losses of proximal policy optimization: the policy's, and that of the values that its advantages are counted from.
import { abs, add, checkOptions, clip, exp, greater, maximum, multiply, negate, scale, square, subtract, type OptionNames, type Tensor } from '@kk/nn-core';
import { checkNumber } from '../../preferences/losses/check.js';
import { checkTokenTensors, counted, maskedMean } from './token-rows.js';

export interface PpoOptions {
  /** How far from 1 the ratio pi / pi_old has an effect, above 0 and below 1; default 0.2. */
  clip?: number;
  /** How far from the old value a new one has an effect, above 0. Default 0.2; verl takes 0.5. */
  clipValue?: number;
  /** The weight of the values' loss, 0 or more; default 0.1. */
  valueCoefficient?: number;
}

const OPTIONS: OptionNames<PpoOptions> = { clip: 'optional', clipValue: 'optional', valueCoefficient: 'optional' };

/** @throws TypeError when an option is unknown; RangeError when one is out of range */
export function checkPpoOptions(options: PpoOptions): void {
  checkOptions('ppoLoss', options, OPTIONS);
  const { clip: range = 0.2, clipValue = 0.2, valueCoefficient = 0.1 } = options;
  checkNumber('ppoLoss', 'clip', range, { above: 0, below: 1 });
  checkNumber('ppoLoss', 'clipValue', clipValue, { above: 0 });
  checkNumber('ppoLoss', 'valueCoefficient', valueCoefficient, { from: 0 });
}

/** (answers, positions) each. Log-probabilities are in nats, one for each token. Nothing is read where the mask is 0. */
export interface PpoInputs {
  /** Log-probabilities of the model that is trained; they and `values` get gradients. */
  readonly policy: Tensor;
  /** Those of the model when it wrote the answers. */
  readonly old: Tensor;
  readonly values: Tensor;
  /** Those of the value model when the answers were written. */
  readonly oldValues: Tensor;
  /** As `generalizedAdvantages` gives them. */
  readonly advantages: Tensor;
  readonly returns: Tensor;
  /** 1 where a token counts, else 0; at least one does. */
  readonly mask: Tensor;
}

/** Single numbers, means over the tokens that count. `loss`, `policyLoss` and `valueLoss` have gradients. */
export interface PpoLoss {
  readonly loss: Tensor;
  readonly policyLoss: Tensor;
  readonly valueLoss: Tensor;
  /** The share of tokens at which the clipped term of the policy's loss is the larger one. */
  readonly clippedPolicy: Tensor;
  /** The same of the values' loss. */
  readonly clippedValue: Tensor;
  /** An estimate of the KL divergence of the old model from the new one in nats a token: "k3" (Schulman 2020), 0 or more. TRL logs "k2", over padding too. */
  readonly approximateKl: Tensor;
}

/**
 * mean(max(-A rho, -A clip(rho, 1 - clip, 1 + clip))) + valueCoefficient 1/2 mean(max((V - returns)^2, (V_old + clip(V - V_old, -clipValue,
 * clipValue) - returns)^2)) with rho = exp(log pi - log pi_old): Schulman et al. 2017 (arXiv:1707.06347, eq. 7 and 9), the values clipped as in
 * OpenAI's baselines. verl adds a second limit for bad answers, which this has not.
 * @throws as `checkPpoOptions`; RangeError when shapes differ
 */
export function ppoLoss({ policy, old, values, oldValues, advantages, returns, mask }: PpoInputs, options: PpoOptions = {}): PpoLoss {
  checkPpoOptions(options);
  const { clip: range = 0.2, clipValue = 0.2, valueCoefficient = 0.1 } = options;
  const tokens = { policy, old, values, oldValues, advantages, returns };
  checkTokenTensors('ppoLoss', mask, { tokens });
  const own = Object.fromEntries(Object.entries(tokens).map(([name, tensor]) => [name, counted(mask, tensor)])) as typeof tokens;
  const step = subtract(own.policy, own.old);
  const ratio = exp(step);
  const loss = negate(own.advantages);
  const [free, clipped] = [multiply(loss, ratio), multiply(loss, clip(ratio, 1 - range, 1 + range))];
  const moved = subtract(own.values, own.oldValues);
  const near = add(own.oldValues, clip(moved, -clipValue, clipValue));
  const [freeValue, clippedValue] = [square(subtract(own.values, own.returns)), square(subtract(near, own.returns))];
  const policyLoss = maskedMean(maximum(free, clipped), mask);
  const valueLoss = scale(maskedMean(maximum(freeValue, clippedValue), mask), 0.5);
  return {
    loss: add(policyLoss, scale(valueLoss, valueCoefficient)),
    policyLoss,
    valueLoss,
    ...policy.engine.noGradient(() => ({
      clippedPolicy: maskedMean(greater(clipped, free), mask),
      // Within the limits both terms are equal but for rounding.
      clippedValue: maskedMean(multiply(greater(clippedValue, freeValue), greater(abs(moved), clipValue)), mask),
      approximateKl: maskedMean(scale(subtract(ratio, step), 1, -1), mask),
    })),
  };
}
