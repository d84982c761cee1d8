// Tuning by a reward (GRPO): the model answers, a function says how good each answer is, and what was better than its group becomes more probable.
import { TaskTrainer, type Transformer } from '@kk/gpt';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { checkGroupAdvantagesOptions, type GroupAdvantagesOptions } from './group-advantages.js';
import { GroupTask, SUMS, type GroupBatch, type GroupRolloutMeasures } from './group-task.js';
import { checkGrpoOptions, type GrpoOptions } from './losses/grpo.js';
import { AGREEMENT, tokensOf } from './rollout-task.js';
import { beginRollouts, rolloutKind, rolloutOptionNames, RolloutTuning, type RolloutRun, type RolloutStepReport, type RolloutTuningEvent, type RolloutTuningOptions } from './rollout-tuning.js';

export interface GroupTuningOptions extends RolloutTuningOptions {
  /** Answers to each prompt, at least 2; default 8. */
  groupSize?: number;
  /** How the loss is computed; `maximumLength` of `'dr-grpo'` is `maxTokens` unless given, and `parts` follow from the batches. Default `{ reduction: 'dapo' }`, as in TRL. */
  loss?: Omit<GrpoOptions, 'parts'>;
  /** How answers of a group are compared. Default: divided by the deviation of the group, with `'dr-grpo'` by nothing. */
  advantages?: Omit<GroupAdvantagesOptions, 'groupSize'>;
  /** Steps on the same answers; default 1. With more the ratios are limited by `epsilonLow` and `epsilonHigh`. */
  updates?: number;
}

const OPTIONS: OptionNames<GroupTuningOptions> = { ...rolloutOptionNames, groupSize: 'optional', loss: 'optional', advantages: 'optional' };

/** What is logged of the answers of a step, before its weights changed. */
export interface GroupMeasures extends GroupRolloutMeasures {
  /** The share of tokens whose ratio is too low, in a bad answer, to have a gradient, from 0 to 1: 0 on the first step on new answers. */
  readonly clippedLow: number;
  /** The share whose ratio is too high, in a good answer. */
  readonly clippedHigh: number;
  /** An estimate of the KL divergence from the reference, in nats an answer, 0 or more; absent where there is no reference. */
  readonly kl?: number;
}

export interface GroupStepReport extends RolloutStepReport {
  readonly measures: Readonly<Record<string, number>> & GroupMeasures;
}

export type GroupTuningEvent = RolloutTuningEvent<GroupStepReport>;

class GroupTrainer<M extends Transformer> extends TaskTrainer<M, GroupBatch> {
  declare readonly task: GroupTask;
  updates = 1;

  /** @throws as `TaskTrainer.step`; Error when the model scores new answers otherwise than it wrote them */
  override async step(): Promise<GroupStepReport> {
    const isFirst = this.stepsDone % this.updates === 0;
    const report = await super.step();
    const { answers } = this.task.current!;
    const tokens = tokensOf(answers);
    const sums = report.measures!;
    const disagreement = sums[SUMS.disagreement]!;
    if (isFirst && !(disagreement <= AGREEMENT)) throw new Error(`GroupTuning: in step ${report.step} the model scores a token that it wrote by up to ${disagreement.toPrecision(2)} nats otherwise than when it drew it; expected at most ${AGREEMENT}. The step was made with ratios that are wrong: go on from an earlier checkpoint, with a model that computes the same in training and in generation.`);
    const kl = sums[SUMS.kl];
    return {
      ...report,
      measures: { ...this.task.measures(), clippedLow: sums[SUMS.clippedLow]! / tokens, clippedHigh: sums[SUMS.clippedHigh]! / tokens, ...(kl !== undefined && { kl: kl / answers.length }) },
    };
  }
}

export class GroupTuning<M extends Transformer = Transformer> extends RolloutTuning<M, GroupStepReport, GroupBatch> {
  override readonly trainer: GroupTrainer<M>;

  private constructor(model: M, trainer: GroupTrainer<M>, run: RolloutRun) {
    super(model, rolloutKind('GroupTuning', 'group tuning'), run);
    this.trainer = trainer;
  }

  /**
   * Freezes what is not trained, adds the adapter if there shall be one, and makes the trainer.
   * @param prompts token ids up to where the answer begins, asked in an order that the seed of `training` determines
   * @throws RangeError or TypeError when a prompt or an option is invalid; the model is then unchanged but for what is frozen
   */
  static async create<M extends Transformer>(model: M, prompts: readonly ArrayLike<number>[], options: GroupTuningOptions): Promise<GroupTuning<M>> {
    checkOptions('GroupTuning', options, OPTIONS);
    const { groupSize = 8, loss = { reduction: 'dapo' }, maxTokens = 64, mode = {} } = options;
    const isDrGrpo = loss.reduction === 'dr-grpo';
    const lossOptions: GrpoOptions = { ...loss, ...(isDrGrpo && loss.maximumLength === undefined && { maximumLength: maxTokens }) };
    checkGrpoOptions({ ...lossOptions, ...(loss.reduction === 'dapo-paper' && { parts: 1 }) });
    const advantages: GroupAdvantagesOptions = { ...(isDrGrpo && { scale: 'none' }), ...options.advantages, groupSize };
    checkGroupAdvantagesOptions(advantages);
    const run = await beginRollouts('GroupTuning', model, prompts, options, { groupSize, updates: 1, distance: { name: 'beta', weight: loss.beta ?? 0 }, facts: { loss: lossOptions, advantages } });
    try {
      const { batchSize, updates } = run.task;
      const task = new GroupTask({ ...run.task, loss: { ...lossOptions, ...(loss.reduction === 'dapo-paper' && { parts: batchSize }) }, advantages });
      const trainer = new GroupTrainer<M>(model, task, run.training, mode);
      trainer.updates = updates;
      return new GroupTuning(model, trainer, run);
    } catch (error) {
      run.adapter?.remove();
      throw error;
    }
  }
}
