// Rewards answers by what a trained reward model finds.
import type { RewardModel } from '../../preferences/reward/reward-model.js';
import type { RewardFunction } from './reward-function.js';

/** The reward at an answer's last token. The model must not be the one that is trained, of which the reward would then change. */
export const modelReward =
  (reward: RewardModel): RewardFunction =>
  async (_prompt, _answer, { promptIds, ids }) =>
    (await reward.rewardsOf([[...promptIds, ...ids]]))[0]!;
