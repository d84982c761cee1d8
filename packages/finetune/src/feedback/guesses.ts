// Guesses what a model that has learned from votes would vote: how much better it finds answer a than answer b.
import type { Transformer } from '@kk/gpt';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { Adapter } from '../lora/adapter.js';
import { scoreByReference } from '../preferences/looks.js';
import { scoreAnswers } from '../preferences/log-probabilities.js';
import type { RewardModel } from '../preferences/reward/reward-model.js';
import type { AnswerPair } from './answer-pair.js';

export interface PreferenceMarginOptions {
  /** That of the tuning; above 0. Default 0.1. */
  beta?: number;
  signal?: AbortSignal | undefined;
}

const OPTIONS: OptionNames<PreferenceMarginOptions> = { beta: 'optional', signal: 'optional' };

/**
 * The reward that a policy implies (DPO, Rafailov et al. 2023, arXiv:2305.18290: beta (log pi(answer) - log pi_ref(answer))) of a - that of b.
 * @param reference the adapter of the model, which is switched off for it, or another model
 * @returns as many numbers as there are pairs; all 0 where the model is its reference
 * @throws as `scoreAnswers`; RangeError when beta is not above 0
 */
export async function preferenceMargins(model: Transformer, reference: Adapter | Transformer, pairs: readonly AnswerPair[], options: PreferenceMarginOptions = {}): Promise<number[]> {
  checkOptions('preferenceMargins', options, OPTIONS);
  const { beta = 0.1, signal } = options;
  if (!(beta > 0 && beta < Infinity)) throw new RangeError(`preferenceMargins: beta is ${String(beta)}; expected a number above 0.`);
  if (pairs.length === 0) return [];
  const answered = pairs.flatMap(({ prompt, a, b }) => [{ prompt, answer: a }, { prompt, answer: b }]);
  const own = await scoreAnswers(model, answered, { signal });
  const others = await scoreByReference(model, answered, reference, signal);
  const reward = (i: number): number => beta * (own[i]! - others[i]!);
  return pairs.map((_, i) => reward(2 * i) - reward(2 * i + 1));
}

/** What a reward model gives a - what it gives b. */
export async function rewardMargins(reward: RewardModel, pairs: readonly AnswerPair[]): Promise<number[]> {
  const rewards = await reward.rewardsOf(pairs.flatMap(({ prompt, a, b }) => [[...prompt, ...a], [...prompt, ...b]]));
  return pairs.map((_, i) => rewards[2 * i]! - rewards[2 * i + 1]!);
}
