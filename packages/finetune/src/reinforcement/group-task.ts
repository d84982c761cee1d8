// The training task of answers that were compared with their group: rewards and advantages make the batches, GRPO's loss is computed of them.
import type { BatchArray, BatchTensors, Measure } from '@kk/gpt';
import { abs, divide, max, multiply, subtract, sum, type Tensor } from '@kk/nn-core';
import { groupAdvantages, type GroupAdvantagesOptions } from './group-advantages.js';
import { grpoLoss, type GrpoOptions } from './losses/grpo.js';
import { RolloutTask, type Part, type RewardedRollouts, type RolloutBatch, type RolloutMeasures, type RolloutTaskOptions } from './rollout-task.js';

/** (answers, positions) unless another shape is said. */
export interface GroupBatch extends RolloutBatch {
  /** Log-probabilities of the targets when they were drawn. */
  readonly old: BatchArray;
  /** (answers) */
  readonly advantages: BatchArray;
}

/** What is known of the answers of a step before it is made. */
export interface GroupRolloutMeasures extends RolloutMeasures {
  /** The share of groups whose answers all have the same reward, from 0 to 1: they teach nothing. */
  readonly withoutVariance: number;
}

export interface GroupTaskOptions extends RolloutTaskOptions {
  readonly loss: GrpoOptions;
  readonly advantages: GroupAdvantagesOptions;
}

/** Sums over the answers of a step, by the names under which the trainer has them. */
export const SUMS = { disagreement: 'sum of greatest differences', clippedLow: 'tokens clipped low', clippedHigh: 'tokens clipped high', kl: 'sum of kl' } as const;

export class GroupTask extends RolloutTask<GroupBatch> {
  readonly #options: GroupTaskOptions;

  constructor(options: GroupTaskOptions) {
    super(options);
    this.#options = options;
  }

  /** In `'dapo'` each token counts the same, whatever batch it is in; in the others each batch does. */
  protected override get countsTokens(): boolean {
    return this.#options.loss.reduction === 'dapo';
  }

  override loss({ inputs, targets, old, mask, advantages, weight }: BatchTensors<GroupBatch>, measure?: Measure): Tensor {
    const { model, loss: options } = this.#options;
    const { engine } = model;
    model.setTraining(false);
    const reference = this.referenceOf(inputs, targets);
    const policy = this.logProbabilitiesOf(model.forward(inputs), targets);
    const found = grpoLoss({ policy, old, ...(reference && { reference }), advantages, mask }, options);
    if (measure) {
      engine.noGradient(() => {
        const tokens = sum(mask);
        const sums: [string, Tensor][] = [
          [SUMS.disagreement, max(abs(multiply(subtract(policy, old), mask)))],
          [SUMS.clippedLow, multiply(found.clippedLow, tokens)],
          [SUMS.clippedHigh, multiply(found.clippedHigh, tokens)],
          ...(found.tokenKl ? [[SUMS.kl, sum(found.tokenKl)] as [string, Tensor]] : []),
        ];
        // The trainer adds up what the batches measure by their weights.
        for (const [name, value] of sums) measure(name, divide(value, weight));
      });
    }
    return found.loss;
  }

  override measures(): GroupRolloutMeasures {
    const { answers, rewards } = this.current!;
    const { advantages: options } = this.#options;
    return { ...super.measures(), withoutVariance: groupAdvantages(rewards, options).withoutVariance / (answers.length / options.groupSize) };
  }

  protected override prepared(rollouts: RewardedRollouts): RewardedRollouts {
    return rollouts;
  }

  protected override batchesOf({ answers, rewards }: RewardedRollouts): GroupBatch[] {
    const { advantages } = groupAdvantages(rewards, this.#options.advantages);
    return this.partsOf(answers).map((part) => this.#batchOf(part, advantages));
  }

  #batchOf(part: Part, all: Float64Array): GroupBatch {
    const { start, answers } = part;
    return {
      ...this.rowsOf(part),
      old: this.atTokens(answers, answers.map(({ logProbabilities }) => logProbabilities)),
      advantages: { values: all.subarray(start, start + answers.length), shape: [answers.length] },
    };
  }
}
