// Computes what proximal policy optimization learns from: a reward for each token, less what leaving the reference costs, and from it an advantage.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { checkName, checkNumber } from '../preferences/losses/check.js';

/** Divides by the deviation over all tokens that count, with the squares divided by n - 1, or by n; or does not divide. */
export type Whitening = 'unbiased' | 'biased' | 'none';

export interface TokenRewardsOptions {
  /** What a nat of distance from the reference costs, 0 or more. Default 0.05, TRL's; lm-human-preferences began with 0.2. */
  klCoefficient?: number;
  /** The estimate of a token's distance: log pi_old - log pi_ref (`'k1'`, the default), or exp(d) - d - 1 with d = log pi_ref - log pi_old (`'k3'`). */
  kl?: 'k1' | 'k3';
  /** Divides the rewards by their deviation over all tokens that count, and keeps their mean. Default `'none'`, as in TRL; lm-human-preferences does `'biased'`. */
  whiten?: Whitening;
}

const REWARDS: OptionNames<TokenRewardsOptions> = { klCoefficient: 'optional', kl: 'optional', whiten: 'optional' };

/** @throws TypeError when an option is unknown; RangeError when one is out of range */
export function checkTokenRewardsOptions(options: TokenRewardsOptions): void {
  checkOptions('tokenRewards', options, REWARDS);
  const { klCoefficient = 0.05, kl: form = 'k1', whiten: whitening = 'none' } = options;
  checkNumber('tokenRewards', 'klCoefficient', klCoefficient, { from: 0 });
  checkName('tokenRewards', 'kl', form, ['k1', 'k3']);
  checkName('tokenRewards', 'whiten', whitening, WHITENINGS);
}

/** (answers, positions) each, row-major. Nothing is read where the mask is 0. */
export interface TokenRewardsInputs {
  /** (answers): how good each answer was as a whole. */
  readonly scores: ArrayLike<number>;
  /** Log-probabilities in nats, of the model when it wrote. */
  readonly old: ArrayLike<number>;
  readonly reference: ArrayLike<number>;
  /** 1 where a token counts, else 0; at least one of each answer. */
  readonly mask: ArrayLike<number>;
}

/** (answers, positions) each, 0 where the mask is. */
export interface TokenRewards {
  readonly rewards: Float64Array;
  /** Before they were whitened. */
  readonly unwhitened: Float64Array;
  /** The estimate of the KL divergence at each token. */
  readonly kl: Float64Array;
}

/**
 * -klCoefficient kl at each token, and the score at the last one that counts (Ziegler et al. 2019, arXiv:1909.08593, eq. 2). There it stands in
 * lm-human-preferences, verl and HALOs; TRL puts it one place further where there is room.
 * @throws as `checkTokenRewardsOptions`; RangeError when lengths do not fit, or an answer has no token that counts
 */
export function tokenRewards({ scores, old, reference, mask }: TokenRewardsInputs, options: TokenRewardsOptions = {}): TokenRewards {
  checkTokenRewardsOptions(options);
  const { klCoefficient = 0.05, kl: form = 'k1', whiten: whitening = 'none' } = options;
  const positions = positionsOf('tokenRewards', mask, scores.length, { old, reference });
  const kl = overCounted(mask, (i) => {
    const d = reference[i]! - old[i]!;
    return form === 'k1' ? -d : Math.exp(d) - d - 1;
  });
  const unwhitened = kl.map((value) => -klCoefficient * value);
  for (let answer = 0; answer < scores.length; answer++) {
    let last = positions - 1;
    while (last >= 0 && mask[answer * positions + last] === 0) last--;
    if (last < 0) throw new RangeError(`tokenRewards: answer ${answer} has no token that counts; expected at least one, at which its score stands.`);
    unwhitened[answer * positions + last]! += scores[answer]!;
  }
  return { rewards: whitened('tokenRewards', unwhitened, mask, whitening, { keepsMean: true }), unwhitened, kl };
}

export interface GeneralizedAdvantagesOptions {
  /** What a reward is worth one token later, from 0 to 1; default 1. */
  gamma?: number;
  /** From 0, which trusts the values, to 1, which trusts the rewards. Default 0.95; verl takes 1. */
  lambda?: number;
  /** Shifts the advantages over all tokens that count to the mean 0 and divides them by their deviation. Default `'unbiased'`, as in TRL, verl and HALOs; lm-human-preferences has `'biased'`. */
  whiten?: Whitening;
}

const ADVANTAGES: OptionNames<GeneralizedAdvantagesOptions> = { gamma: 'optional', lambda: 'optional', whiten: 'optional' };
const WHITENINGS: readonly Whitening[] = ['unbiased', 'biased', 'none'];

/** @throws TypeError when an option is unknown; RangeError when one is out of range */
export function checkGeneralizedAdvantagesOptions(options: GeneralizedAdvantagesOptions): void {
  checkOptions('generalizedAdvantages', options, ADVANTAGES);
  const { gamma = 1, lambda = 0.95, whiten: whitening = 'unbiased' } = options;
  for (const [name, value] of Object.entries({ gamma, lambda })) {
    if (!(value >= 0 && value <= 1)) throw new RangeError(`generalizedAdvantages: ${name} is ${String(value)}; expected a number from 0 to 1.`);
  }
  checkName('generalizedAdvantages', 'whiten', whitening, WHITENINGS);
}

/** (answers, positions) each, row-major. Nothing is read where the mask is 0. */
export interface GeneralizedAdvantagesInputs {
  readonly rewards: ArrayLike<number>;
  /** What the value model expected at each token when the answers were written. */
  readonly values: ArrayLike<number>;
  readonly mask: ArrayLike<number>;
  readonly answers: number;
}

/** (answers, positions) each, 0 where the mask is. */
export interface GeneralizedAdvantages {
  readonly advantages: Float64Array;
  /** Before they were whitened. */
  readonly unwhitened: Float64Array;
  /** What the values shall become: unwhitened advantages + values. */
  readonly returns: Float64Array;
}

/**
 * A_t = delta_t + gamma lambda A_(t+1) with delta_t = r_t + gamma V_(t+1) - V_t, and V = 0 behind the last token: Schulman et al. 2016
 * (arXiv:1506.02438, eq. 16). Tokens that do not count are stepped over.
 * @throws as `checkGeneralizedAdvantagesOptions`; RangeError when lengths do not fit
 */
export function generalizedAdvantages({ rewards, values, mask, answers }: GeneralizedAdvantagesInputs, options: GeneralizedAdvantagesOptions = {}): GeneralizedAdvantages {
  checkGeneralizedAdvantagesOptions(options);
  const { gamma = 1, lambda = 0.95, whiten: whitening = 'unbiased' } = options;
  const positions = positionsOf('generalizedAdvantages', mask, answers, { rewards, values });
  const unwhitened = new Float64Array(mask.length);
  for (let answer = 0; answer < answers; answer++) {
    let [nextValue, nextAdvantage] = [0, 0];
    for (let i = (answer + 1) * positions - 1; i >= answer * positions; i--) {
      if (mask[i] === 0) continue;
      nextAdvantage = rewards[i]! + gamma * nextValue - values[i]! + gamma * lambda * nextAdvantage;
      nextValue = values[i]!;
      unwhitened[i] = nextAdvantage;
    }
  }
  return { advantages: whitened('generalizedAdvantages', unwhitened, mask, whitening, { keepsMean: false }), unwhitened, returns: overCounted(mask, (i) => unwhitened[i]! + values[i]!) };
}

function positionsOf(owner: string, mask: ArrayLike<number>, answers: number, others: Readonly<Record<string, ArrayLike<number>>>): number {
  if (!Number.isSafeInteger(answers) || answers < 1 || mask.length === 0 || mask.length % answers !== 0) throw new RangeError(`${owner}: the mask has ${mask.length} numbers for ${String(answers)} answers; expected as many positions for each answer.`);
  for (const [name, { length }] of Object.entries(others)) {
    if (length !== mask.length) throw new RangeError(`${owner}: ${name} has ${length} numbers; expected ${mask.length}, as the mask has.`);
  }
  return mask.length / answers;
}

const overCounted = (mask: ArrayLike<number>, value: (i: number) => number): Float64Array => Float64Array.from(mask, (counts, i) => (counts === 0 ? 0 : value(i)));

/** Keeps a deviation of 0 from dividing. The number is that of all implementations. */
const VARIANCE_EPSILON = 1e-8;

function whitened(owner: string, values: Float64Array, mask: ArrayLike<number>, form: Whitening, { keepsMean }: { keepsMean: boolean }): Float64Array {
  if (form === 'none') return values;
  const own = values.filter((_, i) => mask[i] !== 0);
  if (form === 'unbiased' && own.length < 2) throw new RangeError(`${owner}: ${own.length} tokens count, of which no unbiased deviation can be computed; expected at least two, or whiten: 'biased' or 'none'.`);
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (own.length - (form === 'unbiased' ? 1 : 0));
  return overCounted(mask, (i) => (values[i]! - mean) / Math.sqrt(variance + VARIANCE_EPSILON) + (keepsMean ? mean : 0));
}
