// The loss of group relative policy optimization and its relatives: answers that were better than their group become more probable.
import { add, checkOptions, clip, divide, exp, greater, less, mean, minimum, multiply, negate, reshape, scale, slice, subtract, sum, type OptionNames, type Tensor } from '@kk/nn-core';
import { checkName, checkNumber } from '../../preferences/losses/check.js';
import { checkTokenTensors, counted, k3, maskedMean } from './token-rows.js';

/**
 * How the losses of tokens become one number. With S_i the sum over the n_i tokens of answer i, and N answers:
 * - `'grpo'`: the mean over the answers of S_i / n_i (Shao et al. 2024, arXiv:2402.03300, eq. 3). In a long answer each token counts less.
 * - `'dapo'`: sum of S / sum of n, all tokens count the same: DAPO (Yu et al. 2025, arXiv:2503.14476) as TRL and verl compute it.
 * - `'dapo-paper'`: the same within each group, then the mean over the groups, as the paper writes it (eq. 8).
 * - `'dr-grpo'`: sum of S / (N `maximumLength`) (Liu et al. 2025, arXiv:2503.20783). oat and TRL divide by the most tokens that an answer may have;
 *   the paper's form has no length in it, which is `maximumLength: 1`.
 * - `'bnpo'`: as `'dapo'` within each of `parts` consecutive equal parts of the batch, then the mean over the parts. The name is TRL's; the paper
 *   of this name (arXiv:2506.02864) is about rewards.
 */
export type GrpoReduction = 'grpo' | 'dapo' | 'dapo-paper' | 'dr-grpo' | 'bnpo';

export interface GrpoOptions {
  /** Default `'grpo'`. */
  reduction?: GrpoReduction;
  /** How far below 1 the ratio pi / pi_old has an effect when the answer was bad, from 0 to below 1; default 0.2. */
  epsilonLow?: number;
  /** How far above 1 it has one when the answer was good, 0 or more; default 0.2, of `'dapo'` and `'dapo-paper'` 0.28, as in their paper. */
  epsilonHigh?: number;
  /** The greatest ratio of bad answers, above 1 + epsilonHigh (Wang et al. 2025, "INTELLECT-2", arXiv:2505.07291, two-sided clipping); default none. */
  delta?: number;
  /** The weight of the KL divergence from the reference, 0 or more. Default 0, as in TRL since 2025-05 and in DAPO; the paper of GRPO takes 0.04. */
  beta?: number;
  /** For `'dr-grpo'`, above 0: see there. */
  maximumLength?: number;
  /** For `'dapo-paper'` the number of groups, for `'bnpo'` of batches that are computed one by one: a whole number that divides the answers. Default of `'bnpo'` 1. */
  parts?: number;
}

const OPTIONS: OptionNames<GrpoOptions> = { reduction: 'optional', epsilonLow: 'optional', epsilonHigh: 'optional', delta: 'optional', beta: 'optional', maximumLength: 'optional', parts: 'optional' };
const REDUCTIONS: readonly GrpoReduction[] = ['grpo', 'dapo', 'dapo-paper', 'dr-grpo', 'bnpo'];

/** Log-probabilities are in nats, one for each token, (answers, positions). Nothing reads them where the mask is 0. */
export interface GrpoInputs {
  /** Of the model that is trained; the only one that gets a gradient. */
  readonly policy: Tensor;
  /** Of the model when it wrote the answers. */
  readonly old: Tensor;
  /** Needed where beta is above 0. */
  readonly reference?: Tensor;
  /** (answers): by how much each was better than its group, as `groupAdvantages` gives them. */
  readonly advantages: Tensor;
  /** (answers, positions): 1 where a token counts, else 0. An answer of which no token counts adds nothing. */
  readonly mask: Tensor;
}

/** Only `loss` and `tokenLosses` have a gradient. */
export interface GrpoLoss {
  /** A single number. */
  readonly loss: Tensor;
  /** (answers, positions), 0 where the mask is. */
  readonly tokenLosses: Tensor;
  /** (answers, positions): pi / pi_old, 0 where the mask is. */
  readonly ratios: Tensor;
  /** (answers, positions): the estimate of the KL divergence from the reference, 0 where the mask is. Without a reference undefined. */
  readonly tokenKl: Tensor | undefined;
  /** A single number: its mean over the tokens that count. */
  readonly kl: Tensor | undefined;
  /** A single number: the share of tokens that count whose ratio is below 1 - epsilonLow in a bad answer: they have no gradient. */
  readonly clippedLow: Tensor;
  /** The same above 1 + epsilonHigh in a good answer. */
  readonly clippedHigh: Tensor;
}

/** @throws TypeError when an option is unknown; RangeError when one is out of range, missing, or does not belong to the reduction */
export function checkGrpoOptions(options: GrpoOptions): void {
  checkOptions('grpoLoss', options, OPTIONS);
  const { reduction = 'grpo', epsilonLow = 0.2, delta, beta = 0, maximumLength, parts } = options;
  checkName('grpoLoss', 'reduction', reduction, REDUCTIONS);
  checkNumber('grpoLoss', 'epsilonLow', epsilonLow, { from: 0, below: 1 });
  checkNumber('grpoLoss', 'epsilonHigh', epsilonHighOf(options), { from: 0 });
  if (delta !== undefined) checkNumber('grpoLoss', 'delta', delta, { above: 1 + epsilonHighOf(options) });
  checkNumber('grpoLoss', 'beta', beta, { from: 0 });
  if (reduction === 'dr-grpo') {
    if (maximumLength === undefined) throw new RangeError("grpoLoss: maximumLength is missing, by which 'dr-grpo' divides: give the most tokens that an answer may have (oat, TRL), or 1 (the paper).");
    checkNumber('grpoLoss', 'maximumLength', maximumLength, { above: 0 });
  } else if (maximumLength !== undefined) throw new RangeError(`grpoLoss: maximumLength is ${maximumLength}, but the reduction '${reduction}' does not divide by it: leave it out, or take 'dr-grpo'.`);
  if (reduction === 'dapo-paper' && parts === undefined) throw new RangeError("grpoLoss: parts is missing; expected the number of groups, over which 'dapo-paper' takes the mean.");
  if (parts === undefined) return;
  if (reduction !== 'dapo-paper' && reduction !== 'bnpo') throw new RangeError(`grpoLoss: parts is ${parts}, but the reduction '${reduction}' has none: leave it out, or take 'dapo-paper' or 'bnpo'.`);
  if (!Number.isSafeInteger(parts) || parts < 1) throw new RangeError(`grpoLoss: parts is ${String(parts)}; expected a whole number of at least 1.`);
}

const epsilonHighOf = ({ reduction = 'grpo', epsilonHigh = reduction.startsWith('dapo') ? 0.28 : 0.2 }: GrpoOptions): number => epsilonHigh;

/**
 * With rho = exp(log pi - log pi_old) and d = log pi_ref - log pi, a token's loss is
 * -min(min(rho, delta) A, clip(rho, 1 - epsilonLow, 1 + epsilonHigh) A) + beta (exp(d) - d - 1)
 * (Schulman et al. 2017, arXiv:1707.06347, eq. 7, with the limits apart as in DAPO, eq. 8; the estimator of the KL divergence is "k3" of Schulman 2020,
 * at least 0, GRPO's eq. 4). verl also limits the logarithms of the ratios to 20, and this estimate to 10; we don't.
 * @throws as `checkGrpoOptions`; RangeError when shapes differ, parts do not divide the answers, or there is no reference and beta is above 0
 */
export function grpoLoss({ policy, old, reference, advantages, mask }: GrpoInputs, options: GrpoOptions = {}): GrpoLoss {
  checkGrpoOptions(options);
  checkTokenTensors('grpoLoss', mask, { tokens: { policy, old, ...(reference && { reference }) }, rows: { advantages } });
  const { epsilonLow = 0.2, delta = Infinity, beta = 0, parts = 1 } = options;
  if (beta > 0 && !reference) throw new RangeError(`grpoLoss: reference is missing; expected its log-probabilities, of which beta ${beta} weighs the distance, or a beta of 0.`);
  const answers = mask.shape[0]!;
  if (answers % parts !== 0) throw new RangeError(`grpoLoss: parts is ${parts}, and there are ${answers} answers; expected a number that divides them.`);
  const { engine } = policy;
  const [lowest, highest] = [1 - epsilonLow, 1 + epsilonHighOf(options)];
  const own = counted(mask, policy);
  const ratio = exp(subtract(own, counted(mask, old)));
  const advantage = reshape(advantages, [answers, 1]);
  const free = delta === Infinity ? ratio : clip(ratio, -Infinity, delta);
  const surrogate = minimum(multiply(free, advantage), multiply(clip(ratio, lowest, highest), advantage));
  const divergence = reference && k3(subtract(counted(mask, reference), own));
  const tokenLosses = multiply(beta > 0 ? subtract(scale(divergence!, beta), surrogate) : negate(surrogate), mask);
  const loss = reduce(tokenLosses, mask, options);
  return {
    loss,
    tokenLosses,
    ...engine.noGradient(() => {
      const tokenKl = divergence && multiply(divergence, mask);
      return {
        ratios: multiply(ratio, mask),
        tokenKl,
        kl: tokenKl && maskedMean(tokenKl, mask),
        clippedLow: maskedMean(multiply(less(ratio, lowest), less(advantage, 0)), mask),
        clippedHigh: maskedMean(multiply(greater(ratio, highest), greater(advantage, 0)), mask),
      };
    }),
  };
}

function reduce(losses: Tensor, mask: Tensor, { reduction = 'grpo', maximumLength, parts = 1 }: GrpoOptions): Tensor {
  const answers = mask.shape[0]!;
  // An answer without tokens has the sum 0, which 1 does not change.
  if (reduction === 'grpo') return mean(divide(sum(losses, 1), clip(sum(mask, 1), 1, Infinity)));
  if (reduction === 'dr-grpo') return scale(sum(losses), 1 / (answers * maximumLength!));
  const size = answers / parts;
  const ofPart = (x: Tensor, part: number): Tensor => sum(parts === 1 ? x : slice(x, 0, part * size, size));
  const means = Array.from({ length: parts }, (_, part) => divide(ofPart(losses, part), clip(ofPart(mask, part), 1, Infinity)));
  return scale(means.reduce((total, one) => add(total, one)), 1 / parts);
}
