// Kahneman-Tversky optimization: a loss on single answers, of which is known only whether they are wanted.
import { add, checkOptions, clip, equal, mean, multiply, negate, scale, sigmoid, subtract, type OptionNames, type Tensor } from '@kk/nn-core';
import { checkNumber, checkRows } from './check.js';

export interface KtoOptions {
  /** How dear it is to leave the reference, above 0; default 0.1. */
  beta?: number;
  /** The weight lambda_D of answers that are wanted, 0 or more; default 1. */
  desirableWeight?: number;
  /** The weight lambda_U of the others, 0 or more; default 1. lambda_D n_D / (lambda_U n_U) should be from 1 to 4/3, where n counts the answers. */
  undesirableWeight?: number;
}

const OPTIONS: OptionNames<KtoOptions> = { beta: 'optional', desirableWeight: 'optional', undesirableWeight: 'optional' };

/** (answers) each. Log-probabilities are in nats, summed over the tokens of an answer. */
export interface KtoInputs {
  readonly policy: Tensor;
  readonly reference: Tensor;
  /** 1 where the answer is wanted, else 0. */
  readonly desirable: Tensor;
  /**
   * Log-probabilities of answers after prompts that they do not belong to, of which the KL divergence from the reference is estimated. The paper
   * puts answer i + 1 of the batch after prompt i, TRL answer i - 1: with one answer in a batch, either would be the reward itself.
   */
  readonly mismatched: { readonly policy: Tensor; readonly reference: Tensor };
}

export interface KtoLoss {
  /** A single number. */
  readonly loss: Tensor;
  /** (answers) */
  readonly losses: Tensor;
  /** (answers), without a gradient: beta (log pi - log pi_ref). HALOs logs them without beta. */
  readonly rewards: Tensor;
  /** A single number without a gradient: z0, the estimate of the KL divergence from the reference in nats, at least 0. */
  readonly kl: Tensor;
  /** The same before it was raised to 0. */
  readonly unclampedKl: Tensor;
}

/** @throws TypeError when an option is unknown; RangeError when one is out of range */
export function checkKtoOptions(options: KtoOptions): void {
  checkOptions('ktoLoss', options, OPTIONS);
  checkNumber('ktoLoss', 'beta', options.beta ?? 0.1, { above: 0 });
  checkNumber('ktoLoss', 'desirableWeight', options.desirableWeight ?? 1, { from: 0 });
  checkNumber('ktoLoss', 'undesirableWeight', options.undesirableWeight ?? 1, { from: 0 });
  if (options.desirableWeight === 0 && options.undesirableWeight === 0) throw new RangeError('ktoLoss: desirableWeight and undesirableWeight are both 0, so that nothing is learned; expected one above 0.');
}

/**
 * With r = log pi - log pi_ref, s the sigmoid, z0 = max(0, mean of log pi - log pi_ref of the mismatched answers), through which no gradient flows:
 * lambda_D (1 - s(beta (r - z0))) where the answer is wanted, else lambda_U (1 - s(beta (z0 - r))); the mean over the batch (Ethayarajh et al.
 * 2024, arXiv:2402.01306, eq. 7). z0 is a mean over the batch that is given; TRL takes it over all processes, HALOs over the terms that are not 0.
 * @throws as `checkKtoOptions`; RangeError when shapes differ
 */
export function ktoLoss({ policy, reference, desirable, mismatched }: KtoInputs, options: KtoOptions = {}): KtoLoss {
  checkKtoOptions(options);
  const { beta = 0.1, desirableWeight = 1, undesirableWeight = 1 } = options;
  checkRows('ktoLoss', { policy, reference, desirable, 'mismatched.policy': mismatched.policy, 'mismatched.reference': mismatched.reference });
  const { engine } = policy;
  const ratio = subtract(policy, reference);
  const { unclampedKl, kl, sign, weight, rewards } = engine.noGradient(() => {
    const unclampedKl = mean(subtract(mismatched.policy, mismatched.reference));
    const undesirable = equal(desirable, 0);
    return {
      unclampedKl,
      kl: clip(unclampedKl, 0, Infinity),
      sign: scale(undesirable, -2, 1),
      weight: add(scale(undesirable, undesirableWeight), scale(undesirable, -desirableWeight, desirableWeight)),
      rewards: scale(ratio, beta),
    };
  });
  // 1 - s(x) = s(-x)
  const losses = multiply(sigmoid(negate(multiply(scale(subtract(ratio, kl), beta), sign))), weight);
  return { losses, loss: mean(losses), rewards, kl, unclampedKl };
}
