// Simple preference optimization: the mean log-probability of an answer is its reward, with a margin between the two. No reference.
import { add, checkOptions, divide, mean, negate, relu, scale, subtract, sum, type OptionNames, type Tensor } from '@kk/nn-core';
import { checkNumber, checkRows } from './check.js';
import { smoothed } from './dpo.js';
import { constants, type Pair, type PreferenceLoss } from './pair.js';

export interface SimpoOptions {
  /** Above 0; default 2, as in the authors' code. TRL's default is 0.1, that of HALOs 10. */
  beta?: number;
  /** The margin between the rewards, as in TRL, whose default is 0.5. Give this or `gammaBetaRatio`. */
  gamma?: number;
  /** The margin between the mean log-probabilities, as in the authors' code: gamma / beta. Default 0.25; they advise 0.5 to begin with, and HALOs takes 0.3. */
  gammaBetaRatio?: number;
  /** The share of preferences that are taken to be wrong, from 0 to below 0.5; default 0. Not with `hinge`. */
  labelSmoothing?: number;
  /** max(0, 1 - margin) instead of -log s(margin); default false. */
  hinge?: boolean;
  /** The weight of the negative log-likelihood of the chosen answers, a mean over all their tokens, 0 or more; default 0. TRL calls it cpo_alpha, and its default is 1. */
  sftWeight?: number;
}

const OPTIONS: OptionNames<SimpoOptions> = { beta: 'optional', gamma: 'optional', gammaBetaRatio: 'optional', labelSmoothing: 'optional', hinge: 'flag', sftWeight: 'optional' };

/** (pairs) each. Log-probabilities are in nats, summed over the tokens of an answer. */
export interface SimpoInputs {
  readonly policy: Pair<Tensor>;
  /** Tokens of the answers. */
  readonly lengths: Pair<Tensor>;
}

export interface SimpoLoss extends PreferenceLoss {
  /** A single number: the negative log-likelihood of the chosen answers, a mean over their tokens. */
  readonly nll: Tensor;
}

/** @throws TypeError when an option is unknown; RangeError when one is out of range, or two exclude each other */
export function checkSimpoOptions(options: SimpoOptions): void {
  checkOptions('simpoLoss', options, OPTIONS);
  const { beta = 2, gamma, gammaBetaRatio, labelSmoothing = 0, hinge = false, sftWeight = 0 } = options;
  checkNumber('simpoLoss', 'beta', beta, { above: 0 });
  if (gamma !== undefined && gammaBetaRatio !== undefined) throw new RangeError(`simpoLoss: gamma is ${gamma} and gammaBetaRatio ${gammaBetaRatio}; expected one of them, for the other follows from beta.`);
  checkNumber('simpoLoss', 'gamma', gamma ?? 0, { from: 0 });
  checkNumber('simpoLoss', 'gammaBetaRatio', gammaBetaRatio ?? 0, { from: 0 });
  checkNumber('simpoLoss', 'labelSmoothing', labelSmoothing, { from: 0, below: 0.5 });
  checkNumber('simpoLoss', 'sftWeight', sftWeight, { from: 0 });
  if (hinge && labelSmoothing > 0) throw new RangeError(`simpoLoss: labelSmoothing is ${labelSmoothing}, but the hinge has none: leave one of them out.`);
}

/**
 * With r = beta log pi / |y|, m = r of the chosen answer - r of the rejected one - gamma, and e the label smoothing: the mean over the pairs of
 * -(1 - e) log s(m) - e log s(-m), plus sftWeight NLL (Meng et al. 2024, arXiv:2405.14734, eq. 6). Rewards are r, without the margin; HALOs logs
 * them without beta.
 * @throws as `checkSimpoOptions`; RangeError when shapes differ
 */
export function simpoLoss({ policy, lengths }: SimpoInputs, options: SimpoOptions = {}): SimpoLoss {
  checkSimpoOptions(options);
  const { beta = 2, gammaBetaRatio = 0.25, gamma = gammaBetaRatio * beta, labelSmoothing = 0, hinge = false, sftWeight = 0 } = options;
  checkRows('simpoLoss', { 'policy.chosen': policy.chosen, 'policy.rejected': policy.rejected, 'lengths.chosen': lengths.chosen, 'lengths.rejected': lengths.rejected });
  const reward = (side: keyof Pair<Tensor>): Tensor => scale(divide(policy[side], lengths[side]), beta);
  const margin = scale(subtract(reward('chosen'), reward('rejected')), 1, -gamma);
  const losses = hinge ? relu(scale(margin, -1, 1)) : smoothed(margin, labelSmoothing);
  const nll = negate(divide(sum(policy.chosen), sum(lengths.chosen)));
  const loss = sftWeight === 0 ? mean(losses) : add(mean(losses), scale(nll, sftWeight));
  return { losses, loss, nll, rewards: constants(() => ({ chosen: reward('chosen'), rejected: reward('rejected') }), policy.chosen) };
}
