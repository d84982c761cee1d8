// Trains a reward model: pairs of answers, the Bradley-Terry loss, looks at pairs that are held out, and the best weights.
import { TaskTrainer, type BatchArrays, type TaskStepReport, type TrainerOptions, type Transformer } from '@kk/gpt';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { Adapter } from '../../lora/adapter.js';
import { suggestedLearningRate } from '../../supervised/learning-rate.js';
import { measureBatches } from '../../tuning/measure-batches.js';
import { tuningOptionNames, type TuningOptions } from '../../tuning/options.js';
import { runSize } from '../../tuning/run-size.js';
import { withoutBatches } from '../../tuning/without-batches.js';
import { chooseTrained, refuseDropout } from '../../tuning/trained-part.js';
import { Tuning, type EventOf, type TuningKind } from '../../tuning/tuning.js';
import type { PreferenceRows, RewardBatch } from '../data/preference-rows.js';
import type { BradleyTerryOptions } from '../losses/bradley-terry.js';
import { RewardModel } from './reward-model.js';
import { rewardTask } from './reward-task.js';

/** `trained` is trained besides the head. Without dropout. */
export interface RewardTuningOptions extends BradleyTerryOptions, TuningOptions {
  /** Whether the margins of the pairs count; one that has none has 0. Default false. */
  margins?: boolean;
  /** Pairs that are not trained on; default none. */
  heldOut?: PreferenceRows;
  /** As of every tuning; `batchSize` counts pairs, and `seed` also draws the head. */
  training?: Partial<TrainerOptions>;
}

const OPTIONS: OptionNames<RewardTuningOptions> = { ...tuningOptionNames, centering: 'optional', margins: 'flag', heldOut: 'optional' };

/** On the pairs that are held out; null where none are. */
export interface RewardLook {
  /** Steps done. */
  readonly step: number;
  readonly loss: number | null;
  /** In how many the chosen answer has the higher reward, from 0 to 1. */
  readonly accuracy: number | null;
  /** The mean reward of the chosen answers - that of the rejected ones. */
  readonly margin: number | null;
}

/** What is logged of the pairs of a step. */
export interface RewardMeasureNumbers {
  readonly accuracy: number;
  readonly margin: number;
  readonly chosenReward: number;
  readonly rejectedReward: number;
}

export interface RewardStepReport extends TaskStepReport {
  readonly measures: Readonly<Record<string, number>> & RewardMeasureNumbers;
}

export type RewardTuningEvent = EventOf<RewardStepReport, RewardLook>;

type Arrays = RewardBatch & BatchArrays;

class RewardTrainer<M extends Transformer> extends TaskTrainer<RewardModel<M>, Arrays> {
  override async step(): Promise<RewardStepReport> {
    return (await super.step()) as RewardStepReport; // `rewardTask` measures them in every batch
  }
}

function isRewardLook(value: unknown): value is RewardLook {
  const { step, ...numbers } = Object(value) as Record<string, unknown>;
  return Number.isSafeInteger(step) && (step as number) >= 0 && ['loss', 'accuracy', 'margin'].every((name) => numbers[name] === null || Number.isFinite(numbers[name]));
}

const KIND: TuningKind<RewardLook> = { name: 'RewardTuning', title: 'reward model', lossOf: ({ loss }) => loss, isLook: isRewardLook };

/** All that `create` found out. */
interface Parts<M extends Transformer> {
  readonly trainer: RewardTrainer<M>;
  readonly adapter: Adapter | undefined;
  readonly batchSize: number;
  readonly heldOut: PreferenceRows | undefined;
  readonly facts: string;
}

export class RewardTuning<M extends Transformer = Transformer> extends Tuning<RewardModel<M>, RewardLook, RewardStepReport, Arrays> {
  override readonly trainer: RewardTrainer<M>;
  /** The adapter that is trained, with `trained: { lora }`. */
  readonly adapter: Adapter | undefined;
  /** Pairs that are computed at once. */
  readonly batchSize: number;
  protected override readonly taskFacts: string;
  readonly #heldOut: PreferenceRows | undefined;

  private constructor(reward: RewardModel<M>, { trainer, adapter, batchSize, heldOut, facts }: Parts<M>) {
    super(reward, KIND);
    this.trainer = trainer;
    this.adapter = adapter;
    this.batchSize = batchSize;
    this.taskFacts = facts;
    this.#heldOut = heldOut;
  }

  /**
   * Freezes what is not trained, adds the adapter if there shall be one and a head, and makes the trainer. `tuning.model` is the reward model.
   * @param rows the pairs, of at most one position fewer than the model's context
   * @throws RangeError or TypeError when an option is invalid; the model is then unchanged but for what is frozen
   */
  static create<M extends Transformer>(model: M, rows: PreferenceRows, options: RewardTuningOptions = {}): RewardTuning<M> {
    checkOptions('RewardTuning', options, OPTIONS);
    const { centering = 0, margins = false, trained = 'full', heldOut, newTokens = [], epochs, training = {}, mode = {} } = options;
    const { accumulationSteps = 1, seed = 1337 } = training;
    refuseDropout('RewardTuning', trained, 'reward models are trained without dropout');
    const { batchSize, steps, warmupSteps } = runSize('RewardTuning', rows.pairsPerEpoch, epochs, training);
    const adapter = chooseTrained('RewardTuning', model, trained, { newTokens, seed });
    try {
      const reward = new RewardModel(model, { seed });
      const task = rewardTask(reward, rows, { batchSize, accumulationSteps, margins, centering });
      if (heldOut) rewardTask(reward, heldOut, { batchSize }); // refuses rows that do not fit
      const learningRate = suggestedLearningRate(trained, model.config.width);
      const trainer = new RewardTrainer<M>(reward, task, { learningRate, weightDecay: 0, warmupSteps, ...withoutBatches(training), seed, steps }, mode);
      const facts = `${rows.fingerprint}, by ${JSON.stringify({ centering, margins })}, in ${accumulationSteps} x ${batchSize} pairs`;
      return new RewardTuning(reward, { trainer, adapter, batchSize, heldOut, facts });
    } catch (error) {
      adapter?.remove();
      throw error;
    }
  }

  protected override async measure(step: number, signal: AbortSignal | undefined): Promise<RewardLook> {
    const heldOut = this.#heldOut;
    if (!heldOut) return { step, loss: null, accuracy: null, margin: null };
    const { task } = this.trainer;
    return { step, ...(await measureBatches({ owner: 'RewardTuning', engine: this.model.model.engine, count: heldOut.pairsPerEpoch, batchOf: (indices): Arrays => heldOut.rewardBatch(indices), loss: (batch, measure) => task.loss(batch, measure), names: ['accuracy', 'margin'], signal })) };
  }
}
