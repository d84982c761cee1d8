// The training task of a reward model, for a `TaskTrainer`: pairs in batches, and the Bradley-Terry loss of their rewards.
import type { BatchTensors, Measure, TrainingTask } from '@kk/gpt';
import { checkOptions, mean, slice, type OptionNames, type Tensor } from '@kk/nn-core';
import type { PreferenceRows, RewardBatch } from '../data/preference-rows.js';
import { bradleyTerryLoss, checkBradleyTerryOptions, type BradleyTerryOptions } from '../losses/bradley-terry.js';
import { checkWhole } from '../losses/check.js';
import { rewardMeasures } from '../losses/measures.js';
import type { RewardModel } from './reward-model.js';

export interface RewardTaskOptions extends BradleyTerryOptions {
  /** Pairs that are computed at once. */
  batchSize: number;
  /** Batches of a step; default 1. */
  accumulationSteps?: number;
  /** Whether the margins of the pairs count; one that has none has 0. Default false. */
  margins?: boolean;
}

const OPTIONS: OptionNames<RewardTaskOptions> = { batchSize: 'required', accumulationSteps: 'optional', margins: 'flag', centering: 'optional' };

/**
 * Measures `accuracy`, `margin`, `chosenReward` and `rejectedReward`. No dropout.
 * @param rows at most one position fewer than the model's context: a reward is read at the last token
 * @throws TypeError when an option is unknown or missing; RangeError when one is out of range, or the rows are of another model
 */
export function rewardTask(reward: RewardModel, rows: PreferenceRows, options: RewardTaskOptions): TrainingTask<RewardBatch> {
  checkOptions('rewardTask', options, OPTIONS);
  const { batchSize, accumulationSteps = 1, margins: hasMargins = false, centering = 0 } = options;
  checkBradleyTerryOptions({ centering });
  checkWhole('rewardTask', { batchSize, accumulationSteps });
  const { contextLength, vocabSize } = reward.model.config;
  if (rows.positions >= contextLength || rows.vocabSize > vocabSize) throw new RangeError(`rewardTask: the rows have ${rows.positions} positions and the last token, and a vocabulary of ${rows.vocabSize}, the model ${contextLength} and ${vocabSize}: make the rows with contextLength ${contextLength - 1} or less, for this model.`);
  return {
    batch: (step) => Array.from({ length: accumulationSteps }, (_, at) => rows.rewardBatch(Array.from({ length: batchSize }, (__, i) => rows.pairAt((step * accumulationSteps + at) * batchSize + i)))),
    loss({ inputs, ends, margins }: BatchTensors<RewardBatch>, measure?: Measure): Tensor {
      reward.setTraining(false);
      const all = reward.forward(inputs, ends);
      const rewards = { chosen: slice(all, 0, 0, margins.size), rejected: slice(all, 0, margins.size, margins.size) };
      const { loss } = bradleyTerryLoss({ rewards, ...(hasMargins && { margins }) }, { centering });
      if (measure) {
        const { accuracy, margin } = rewardMeasures(rewards);
        reward.model.engine.noGradient(() => Object.entries({ accuracy, margin, chosenReward: mean(rewards.chosen), rejectedReward: mean(rewards.rejected) }).forEach(([name, value]) => measure(name, value)));
      }
      return loss;
    },
  };
}
