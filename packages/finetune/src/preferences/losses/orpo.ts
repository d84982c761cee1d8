// Odds ratio preference optimization: learns the chosen answer, and raises its odds above those of the rejected one. No reference.
import { add, checkOptions, clip, divide, exp, log, mean, negate, scale, subtract, sum, tanh, type OptionNames, type Tensor } from '@kk/nn-core';
import { checkName, checkNumber, checkRows } from './check.js';
import { logSigmoid } from './log-sigmoid.js';
import { constants, type Pair, type PreferenceLoss } from './pair.js';

/**
 * How the chosen answers are learned:
 * - `'paper'`: the mean over pairs of the mean over the tokens of the answer.
 * - `'tokens'`: one mean over all tokens of the chosen answers, as xfactlab/orpo with `disable_prompt_loss`.
 * - `'trl'`: the same with the tokens of the prompts, as in TRL, and in xfactlab/orpo by default.
 */
export type OrpoNll = 'paper' | 'tokens' | 'trl';

export interface OrpoOptions {
  /** The weight of the odds ratio, the paper's lambda, above 0; default 0.1. */
  beta?: number;
  /** Default `'paper'`. */
  nll?: OrpoNll;
}

const OPTIONS: OptionNames<OrpoOptions> = { beta: 'optional', nll: 'optional' };
const NLLS: readonly OrpoNll[] = ['paper', 'tokens', 'trl'];

/** (pairs) each. Log-probabilities are in nats, summed over the tokens of an answer. */
export interface OrpoInputs {
  readonly policy: Pair<Tensor>;
  /** Tokens of the answers. */
  readonly lengths: Pair<Tensor>;
  /** For `nll: 'trl'`: of the tokens of the prompts, without the first one, which nothing comes before. */
  readonly prompt?: { readonly logProbabilities: Tensor; readonly lengths: Tensor };
}

export interface OrpoLoss extends PreferenceLoss {
  /** (pairs): log odds of the chosen answer - log odds of the rejected one. */
  readonly logOdds: Tensor;
  /** A single number: the negative log-likelihood that is learned. */
  readonly nll: Tensor;
}

/** The least distance of a mean log-probability from 0, the certain answer, whose odds are infinite. In float32 exp(-6e-8) is 1 already. */
const LEAST = 1e-7;

/** @throws TypeError when an option is unknown; RangeError when one is out of range, or a name of nothing */
export function checkOrpoOptions(options: OrpoOptions): void {
  checkOptions('orpoLoss', options, OPTIONS);
  checkNumber('orpoLoss', 'beta', options.beta ?? 0.1, { above: 0 });
  checkName('orpoLoss', 'nll', options.nll ?? 'paper', NLLS);
}

/**
 * With log P = log pi / |y|, the mean over the answer's tokens, and log odds = log P - log(1 - P): NLL + beta mean(-log s(log odds of the chosen
 * answer - log odds of the rejected one)) (Hong et al. 2024, arXiv:2403.07691, eq. 3 to 7). `losses` are -log s(...); rewards are beta log P.
 * log(1 - P) is stable near P = 1, as in TRL; xfactlab/orpo subtracts.
 * @throws as `checkOrpoOptions`; RangeError when shapes differ, or `prompt` is missing
 */
export function orpoLoss({ policy, lengths, prompt }: OrpoInputs, options: OrpoOptions = {}): OrpoLoss {
  checkOrpoOptions(options);
  const { beta = 0.1, nll: form = 'paper' } = options;
  if (form === 'trl' && !prompt) throw new RangeError("orpoLoss: prompt is missing; expected the log-probabilities and lengths of the prompts, which nll: 'trl' learns.");
  checkRows('orpoLoss', {
    'policy.chosen': policy.chosen, 'policy.rejected': policy.rejected, 'lengths.chosen': lengths.chosen, 'lengths.rejected': lengths.rejected,
    ...(prompt && { 'prompt.logProbabilities': prompt.logProbabilities, 'prompt.lengths': prompt.lengths }),
  });
  const [chosen, rejected] = [divide(policy.chosen, lengths.chosen), divide(policy.rejected, lengths.rejected)];
  const logOdds = subtract(subtract(chosen, rejected), subtract(logOfRest(chosen), logOfRest(rejected)));
  const losses = negate(logSigmoid(logOdds));
  const nll = form === 'paper' ? negate(mean(chosen))
    : form === 'tokens' ? negate(divide(sum(policy.chosen), sum(lengths.chosen)))
    : negate(divide(sum(add(policy.chosen, prompt!.logProbabilities)), sum(add(lengths.chosen, prompt!.lengths))));
  const rewards = constants(() => ({ chosen: scale(chosen, beta), rejected: scale(rejected, beta) }), chosen);
  return { losses, loss: add(nll, scale(mean(losses), beta)), rewards, logOdds, nll };
}

/** log(1 - exp(x)) for x < 0. exp(x) - 1 is tanh(x / 2) (exp(x) + 1), in which nothing cancels near 0. */
function logOfRest(x: Tensor): Tensor {
  const certain = clip(x, -Infinity, -LEAST);
  return add(log(tanh(scale(certain, -0.5))), log(scale(exp(certain), 1, 1)));
}
