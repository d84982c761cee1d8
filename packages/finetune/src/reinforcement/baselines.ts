// Shows what a reward can do without reinforcement, to compare with: the best of several answers, and the answers that are good enough to learn from.
import type { LanguageModel } from '@kk/gpt';
import { rewardAll, type RewardFunction } from './rewards/reward-function.js';
import { rollouts, type Rollout, type RolloutOptions } from './rollouts.js';

export interface BaselineOptions extends Omit<RolloutOptions, 'groupSize'> {
  /** Answers that are drawn to each prompt, a whole number of at least 1. */
  n: number;
  reward: RewardFunction;
  /** The text of token ids, for the reward. */
  decode: (ids: number[]) => string;
}

export interface RewardedAnswer extends Rollout {
  readonly reward: number;
}

/**
 * Best-of-n: of n answers to each prompt the one with the highest reward, of equal ones the first (Stiennon et al. 2020, arXiv:2009.01325). No weight
 * changes; `bestOfKl` says how far it goes from the model.
 * @returns one answer to each prompt
 * @throws as `rollouts` and `rewardAll`
 */
export async function bestOf(model: LanguageModel, prompts: readonly ArrayLike<number>[], options: BaselineOptions): Promise<RewardedAnswer[]> {
  const answers = await rewardedAnswers(model, prompts, options);
  return prompts.map((_, prompt) => answers.slice(prompt * options.n, (prompt + 1) * options.n).reduce((best, one) => (one.reward > best.reward ? one : best)));
}

/**
 * log n - (n - 1) / n, in nats an answer: an upper bound of the KL divergence of best-of-n from its model, which is reached where no two answers are
 * worth the same and each is rare; else it is less (Beirami et al. 2024, arXiv:2401.01879, theorem 1). Gao et al. 2022 (arXiv:2210.10760) plot it as
 * the KL divergence itself.
 * @throws RangeError when n is no whole number of at least 1
 */
export function bestOfKl(n: number): number {
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`bestOfKl: n is ${String(n)}; expected a whole number of at least 1.`);
  return Math.log(n) - (n - 1) / n;
}

export interface RejectionOptions extends BaselineOptions {
  /** The lowest reward of an answer that is kept. */
  least: number;
}

/**
 * Rejection sampling: of n answers to each prompt all whose reward is at least `least`. A model that is tuned on them learns from what it did right
 * itself (Yuan et al. 2023, arXiv:2308.01825; RAFT, Dong et al. 2023, arXiv:2304.06767).
 * @returns none, one or several answers to each prompt, in the order of the prompts
 * @throws as `rollouts` and `rewardAll`
 */
export async function rejectionSampling(model: LanguageModel, prompts: readonly ArrayLike<number>[], { least, ...options }: RejectionOptions): Promise<RewardedAnswer[]> {
  if (!Number.isFinite(least)) throw new RangeError(`rejectionSampling: least is ${String(least)}; expected a finite number, the lowest reward of an answer that is kept.`);
  return (await rewardedAnswers(model, prompts, options)).filter(({ reward }) => reward >= least);
}

async function rewardedAnswers(model: LanguageModel, prompts: readonly ArrayLike<number>[], { n, reward, decode, ...options }: BaselineOptions): Promise<RewardedAnswer[]> {
  const answers = await rollouts(model, prompts, { ...options, groupSize: n });
  const rewards = await rewardAll(reward, answers, decode, options.signal);
  return answers.map((answer, i) => ({ ...answer, reward: rewards[i]! }));
}
