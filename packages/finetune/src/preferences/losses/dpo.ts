// Direct preference optimization and its relatives: losses on how much more probable than a reference a model finds the chosen answer.
import { add, checkOptions, divide, mean, negate, relu, scale, square, subtract, type OptionNames, type Tensor } from '@kk/nn-core';
import { checkName, checkNumber, checkRows } from './check.js';
import { logSigmoid } from './log-sigmoid.js';
import { constants, type Pair, type PreferenceLoss } from './pair.js';

/**
 * With r = log pi - log pi_ref, each summed over the answer's tokens, h = r of the chosen answer - r of the rejected one, |y| the tokens of an
 * answer, s the sigmoid and e the label smoothing:
 * - `'sigmoid'`: -log s(beta h), DPO (Rafailov et al. 2023, arXiv:2305.18290, eq. 7); with e -(1 - e) log s(beta h) - e log s(-beta h), "conservative
 *   DPO" (Mitchell 2023, eq. 3), for preferences that are wrong with the probability e. TRL smoothed so up to 0.28.
 * - `'robust'`: (-(1 - e) log s(beta h) + e log s(-beta h)) / (1 - 2 e) (Chowdhury et al. 2024, arXiv:2403.00409).
 * - `'hinge'`: max(0, 1 - beta h), RSO (Liu et al. 2023, arXiv:2309.06657). HALOs' loss of this name is SLiC, another one.
 * - `'ipo-trl'`: (r_chosen / |y_chosen| - r_rejected / |y_rejected| - 1 / (2 beta))^2, IPO as TRL since 0.7.11 and HALOs compute it, with means over tokens.
 * - `'ipo-paper'`: (h - 1 / (2 beta))^2, IPO as written (Azar et al. 2023, arXiv:2310.12036, eq. 17), and in Mitchell's code. beta is the paper's tau.
 * - `'sigmoid-norm'`: -log s(beta (r_chosen / |y_chosen| - r_rejected / |y_rejected|)) (Lambert et al. 2024, "Tulu 3", arXiv:2411.15124).
 */
export type DpoForm = 'sigmoid' | 'robust' | 'hinge' | 'ipo-trl' | 'ipo-paper' | 'sigmoid-norm';

export interface DpoOptions {
  /** Default `'sigmoid'`. */
  form?: DpoForm;
  /** How dear it is to leave the reference, above 0; default 0.1. */
  beta?: number;
  /** The share of preferences that are taken to be wrong, from 0 to below 0.5, for `'sigmoid'` and `'robust'`; default 0, of `'robust'` 0.1. */
  labelSmoothing?: number;
  /** Takes log pi_ref for 0: a reference that finds all answers equally probable. TRL has had none since 0.29. Default false. */
  referenceFree?: boolean;
  /**
   * What the rewards of a reference-free loss are: what the loss compares (`'loss'`, the default), or with the given reference subtracted
   * (`'mitchell'`), as Mitchell's code and TRL up to 0.28 log them.
   */
  referenceFreeRewards?: 'loss' | 'mitchell';
}

const OPTIONS: OptionNames<DpoOptions> = { form: 'optional', beta: 'optional', labelSmoothing: 'optional', referenceFree: 'flag', referenceFreeRewards: 'optional' };
const FORMS: readonly DpoForm[] = ['sigmoid', 'robust', 'hinge', 'ipo-trl', 'ipo-paper', 'sigmoid-norm'];
const SMOOTHED: readonly DpoForm[] = ['sigmoid', 'robust'];

/** (pairs) each. Log-probabilities are in nats, summed over the tokens of an answer, of which the prompt's are none. */
export interface DpoInputs {
  readonly policy: Pair<Tensor>;
  /** May be left out where the loss is reference-free and nothing else needs it. */
  readonly reference?: Pair<Tensor>;
  /** Tokens of the answers; for `'ipo-trl'` and `'sigmoid-norm'`. */
  readonly lengths?: Pair<Tensor>;
}

/** @throws TypeError when an option is unknown; RangeError when one is out of range, does not belong to the form, or is a name of nothing */
export function checkDpoOptions(options: DpoOptions): void {
  checkOptions('dpoLoss', options, OPTIONS);
  const { form = 'sigmoid', beta = 0.1, labelSmoothing, referenceFreeRewards = 'loss', referenceFree = false } = options;
  checkName('dpoLoss', 'form', form, FORMS);
  checkNumber('dpoLoss', 'beta', beta, { above: 0 });
  checkName('dpoLoss', 'referenceFreeRewards', referenceFreeRewards, ['loss', 'mitchell']);
  if (referenceFreeRewards === 'mitchell' && !referenceFree) throw new RangeError("dpoLoss: referenceFreeRewards is 'mitchell', but the loss has a reference: leave it out, or give referenceFree: true.");
  if (labelSmoothing === undefined) return;
  checkNumber('dpoLoss', 'labelSmoothing', labelSmoothing, { from: 0, below: 0.5 });
  if (!SMOOTHED.includes(form)) throw new RangeError(`dpoLoss: labelSmoothing is ${labelSmoothing}, but the form '${form}' has none: leave it out, or take ${SMOOTHED.map((name) => `'${name}'`).join(' or ')}.`);
}

/** Whether the loss, or what is logged beside it, needs a reference. */
export const needsReference = ({ referenceFree = false, referenceFreeRewards = 'loss' }: DpoOptions): boolean => !referenceFree || referenceFreeRewards === 'mitchell';

/**
 * The formulas stand at `DpoForm`. Rewards are beta r, from sums over tokens under every form.
 * @throws as `checkDpoOptions`; RangeError when shapes differ, or the form needs a reference or lengths that are not given
 */
export function dpoLoss({ policy, reference, lengths }: DpoInputs, options: DpoOptions = {}): PreferenceLoss {
  checkDpoOptions(options);
  const { form = 'sigmoid', beta = 0.1, referenceFree = false, referenceFreeRewards = 'loss' } = options;
  if (reference === undefined && needsReference(options)) throw new RangeError('dpoLoss: reference is missing; expected its log-probabilities, or referenceFree: true.');
  checkRows('dpoLoss', {
    'policy.chosen': policy.chosen, 'policy.rejected': policy.rejected,
    ...(reference && { 'reference.chosen': reference.chosen, 'reference.rejected': reference.rejected }),
    ...(lengths && { 'lengths.chosen': lengths.chosen, 'lengths.rejected': lengths.rejected }),
  });
  const against = (side: keyof Pair<Tensor>): Tensor => (reference ? subtract(policy[side], reference[side]) : policy[side]);
  const ratio = (side: keyof Pair<Tensor>): Tensor => (referenceFree ? policy[side] : against(side));
  const [chosen, rejected] = [ratio('chosen'), ratio('rejected')];
  const losses = lossesOf(form, chosen, rejected, lengths, options);
  const logged = referenceFreeRewards === 'mitchell' ? against : ratio;
  return { losses, loss: mean(losses), rewards: constants(() => ({ chosen: scale(logged('chosen'), beta), rejected: scale(logged('rejected'), beta) }), chosen) };
}

/** (pairs), from the log-ratios of the answers. */
function lossesOf(form: DpoForm, chosen: Tensor, rejected: Tensor, lengths: Pair<Tensor> | undefined, { beta = 0.1, labelSmoothing }: DpoOptions): Tensor {
  const sums = (): Tensor => subtract(chosen, rejected);
  const means = (): Tensor => {
    if (!lengths) throw new RangeError(`dpoLoss: lengths are missing; expected the tokens of each answer, by which the form '${form}' divides.`);
    return subtract(divide(chosen, lengths.chosen), divide(rejected, lengths.rejected));
  };
  switch (form) {
    case 'sigmoid':
      return smoothed(scale(sums(), beta), labelSmoothing ?? 0);
    case 'robust': {
      const e = labelSmoothing ?? 0.1;
      const margin = scale(sums(), beta);
      return scale(add(scale(logSigmoid(margin), e - 1), scale(logSigmoid(negate(margin)), e)), 1 / (1 - 2 * e));
    }
    case 'hinge':
      return relu(scale(sums(), -beta, 1));
    case 'ipo-trl':
      return square(scale(means(), 1, -1 / (2 * beta)));
    case 'ipo-paper':
      return square(scale(sums(), 1, -1 / (2 * beta)));
    case 'sigmoid-norm':
      return negate(logSigmoid(scale(means(), beta)));
  }
}

/** -(1 - e) log s(margin) - e log s(-margin), for preferences that are wrong with the probability e. */
export function smoothed(margin: Tensor, e: number): Tensor {
  const right = negate(logSigmoid(margin));
  return e === 0 ? right : subtract(scale(right, 1 - e), scale(logSigmoid(negate(margin)), e));
}
