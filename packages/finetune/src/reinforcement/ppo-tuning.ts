// Tuning by a reward (PPO): the model answers, a value head guesses what each answer will be worth, and what came out better becomes more probable.
import { TaskTrainer, type Transformer } from '@kk/gpt';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { ActorCritic } from './actor-critic.js';
import { checkPpoOptions, type PpoOptions } from './losses/ppo.js';
import { PpoTask, type PpoBatch, type PpoLossMeasures } from './ppo-task.js';
import { tokensOf, type RolloutMeasures } from './rollout-task.js';
import { beginRollouts, rolloutKind, rolloutOptionNames, RolloutTuning, type RolloutRun, type RolloutStepReport, type RolloutTuningEvent, type RolloutTuningOptions } from './rollout-tuning.js';
import { checkGeneralizedAdvantagesOptions, checkTokenRewardsOptions, type GeneralizedAdvantagesOptions, type TokenRewardsOptions } from './token-advantages.js';

export interface PpoTuningOptions extends RolloutTuningOptions {
  /** Answers to each prompt; default 1. */
  groupSize?: number;
  /** How the policy's and the values' losses are limited and weighed. */
  loss?: PpoOptions;
  /** What leaving the reference costs at each token. The default needs a reference; `{ klCoefficient: 0 }` does not. */
  rewards?: TokenRewardsOptions;
  /** How advantages are counted from rewards and values. */
  advantages?: GeneralizedAdvantagesOptions;
  /** Steps on the same answers; default 4, as in TRL. The ratios are limited by `clip`. */
  updates?: number;
}

const OPTIONS: OptionNames<PpoTuningOptions> = { ...rolloutOptionNames, groupSize: 'optional', loss: 'optional', rewards: 'optional', advantages: 'optional' };

/** What is logged of the answers of a step, before its weights changed. */
export interface PpoMeasures extends RolloutMeasures, PpoLossMeasures {
  /** An estimate of the KL divergence from the reference, in nats an answer, 0 or more; absent where there is no reference. */
  readonly kl?: number;
}

export interface PpoStepReport extends RolloutStepReport {
  readonly measures: Readonly<Record<string, number>> & PpoMeasures;
}

export type PpoTuningEvent = RolloutTuningEvent<PpoStepReport>;

class PpoTrainer<M extends Transformer> extends TaskTrainer<ActorCritic<M>, PpoBatch> {
  declare readonly task: PpoTask;

  /** @throws as `TaskTrainer.step`; Error when the model scores new answers otherwise than it wrote them: the step is then not made */
  override async step(): Promise<PpoStepReport> {
    const report = await super.step();
    const { kl, ...measured } = report.measures as Readonly<Record<string, number>> & PpoLossMeasures & { kl?: number };
    const { answers } = this.task.current!;
    return { ...report, measures: { ...this.task.measures(), ...measured, ...(kl !== undefined && { kl: (kl * tokensOf(answers)) / answers.length }) } };
  }
}

/** `tuning.model` is the actor with its critic: what answers is `tuning.model.model`, and needs no value head any more. */
export class PpoTuning<M extends Transformer = Transformer> extends RolloutTuning<ActorCritic<M>, PpoStepReport, PpoBatch> {
  override readonly trainer: PpoTrainer<M>;

  private constructor(model: ActorCritic<M>, trainer: PpoTrainer<M>, run: RolloutRun) {
    super(model, rolloutKind('PpoTuning', 'PPO tuning'), run);
    this.trainer = trainer;
  }

  /**
   * Freezes what is not trained, adds the adapter if there shall be one and a value head, and makes the trainer.
   * @param prompts token ids up to where the answer begins, asked in an order that the seed of `training` determines
   * @throws RangeError or TypeError when a prompt or an option is invalid; the model is then unchanged but for what is frozen
   */
  static async create<M extends Transformer>(model: M, prompts: readonly ArrayLike<number>[], options: PpoTuningOptions): Promise<PpoTuning<M>> {
    checkOptions('PpoTuning', options, OPTIONS);
    const { groupSize = 1, loss = {}, rewards = {}, advantages = {}, mode = {} } = options;
    checkPpoOptions(loss);
    checkTokenRewardsOptions(rewards);
    checkGeneralizedAdvantagesOptions(advantages);
    const run = await beginRollouts('PpoTuning', model, prompts, options, { groupSize, updates: 4, distance: { name: 'rewards.klCoefficient', weight: rewards.klCoefficient ?? 0.05 }, facts: { loss, rewards, advantages } });
    try {
      const actorCritic = new ActorCritic(model);
      const task = new PpoTask({ ...run.task, actorCritic, loss, rewards, advantages });
      return new PpoTuning(actorCritic, new PpoTrainer<M>(actorCritic, task, run.training, mode), run);
    } catch (error) {
      run.adapter?.remove();
      throw error;
    }
  }
}
