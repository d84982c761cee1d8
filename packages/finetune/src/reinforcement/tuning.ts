// Tuning by a reward (GRPO): the model answers, a function says how good each answer is, and what was better than its group becomes more probable.
import { fingerprint, TaskTrainer, type TaskStepReport, type TaskTrainerMode, type TrainerOptions, type Transformer } from '@kk/gpt';
import { boundsOf, checkOptions, type OptionNames } from '@kk/nn-core';
import type { Adapter } from '../lora/adapter.js';
import { EarlierWeights } from '../preferences/earlier-weights.js';
import { checkNumber } from '../preferences/losses/check.js';
import { suggestedLearningRate } from '../supervised/learning-rate.js';
import { runSize } from '../tuning/run-size.js';
import { chooseTrained, type TrainedPart } from '../tuning/trained-part.js';
import { Tuning, type EventOf, type RunOptions, type TuningKind } from '../tuning/tuning.js';
import { weightsFingerprint } from '../tuning/weights-fingerprint.js';
import { withoutBatches } from '../tuning/without-batches.js';
import { checkGroupAdvantagesOptions, type GroupAdvantagesOptions } from './group-advantages.js';
import { GroupTask, SUMS, type GroupBatch, type GroupTaskOptions, type RewardedRollouts, type RolloutMeasures } from './group-task.js';
import { isGroupLook, lookAtGroup, type GroupHeldOut, type GroupLook, type LookParts } from './looks.js';
import { checkGrpoOptions, type GrpoOptions } from './losses/grpo.js';
import type { RewardFunction } from './rewards/reward-function.js';

export interface GroupTuningOptions {
  /** How good an answer is. */
  reward: RewardFunction;
  /** The text of token ids, for the reward. */
  decode: (ids: number[]) => string;
  /** Tokens that end an answer. */
  stopTokens: readonly number[];
  /** The most tokens of an answer; default 64. */
  maxTokens?: number;
  /** Answers to each prompt, at least 2; default 8. */
  groupSize?: number;
  /** How the loss is computed; `maximumLength` of `'dr-grpo'` is `maxTokens` unless given, and `parts` follow from the batches. Default `{ reduction: 'dapo' }`, as in TRL. */
  loss?: Omit<GrpoOptions, 'parts'>;
  /** How answers of a group are compared. Default: divided by the deviation of the group, with `'dr-grpo'` by nothing. */
  advantages?: Omit<GroupAdvantagesOptions, 'groupSize'>;
  /** Steps that are made on the same answers, a whole number of at least 1. Default 1; with more the ratios are limited by `epsilonLow` and `epsilonHigh`. */
  updates?: number;
  /** What is trained; default `'full'`. Dropout is off, that of an adapter, too: what is scored is what was drawn from. */
  trained?: TrainedPart;
  /** The model that the KL divergence is measured from, which does not change. Default: with `trained: { lora }` the model with its adapter switched off, else none. */
  reference?: Transformer;
  /** Stops the run after a step whose answers are on the average further from the reference, in nats an answer, above 0. Default: never. */
  maximumKl?: number;
  /** What is measured on the way; default nothing. */
  heldOut?: GroupHeldOut;
  /** Ids of tokens that the model has not been trained on: their embeddings are trained whatever `trained` is. Default none. */
  newTokens?: readonly number[];
  /** How often each prompt is asked, unless `training.steps` is given. Above 0; default 3, or more where that is fewer than 60 steps. */
  epochs?: number;
  /**
   * Options of the trainer; `batchSize` counts prompts, of which a step asks `batchSize * accumulationSteps`. Defaults that differ from pretraining:
   * a fifth of the learning rate of supervised tuning, batches of 8 prompts, 10 % of the steps to warm up, no weight decay.
   */
  training?: Partial<TrainerOptions>;
  /** How the steps are computed. */
  mode?: TaskTrainerMode;
}

const OPTIONS: OptionNames<GroupTuningOptions> = {
  reward: 'required', decode: 'required', stopTokens: 'required', maxTokens: 'optional', groupSize: 'optional', loss: 'optional', advantages: 'optional', updates: 'optional', trained: 'optional',
  reference: 'optional', maximumKl: 'optional', heldOut: 'optional', newTokens: 'optional', epochs: 'optional', training: 'optional', mode: 'optional',
};
const HELD_OUT: OptionNames<GroupHeldOut> = { prompts: 'required', judge: 'optional', seed: 'optional' };

/** A rate of supervised tuning makes a step as large as the answers' gradient is noisy. */
const RATE = 0.2;

/** What is logged of the answers of a step, before its weights changed. */
export interface GroupMeasures extends RolloutMeasures {
  /** The share of tokens whose ratio is too low, in a bad answer, to have a gradient, from 0 to 1: 0 on the first step on new answers. */
  readonly clippedLow: number;
  /** The share whose ratio is too high, in a good answer. */
  readonly clippedHigh: number;
  /** An estimate of the KL divergence from the reference, in nats an answer, 0 or more; absent where there is no reference. */
  readonly kl?: number;
}

export interface GroupStepReport extends TaskStepReport {
  readonly measures: Readonly<Record<string, number>> & GroupMeasures;
}

/** `look` comes before the first step, every `lookEvery` steps, and after the last one; a `save` of the same step comes after it. `stop`, after a `save`, is the last: the KL divergence of a step was above its maximum. */
export type GroupTuningEvent = EventOf<GroupStepReport, GroupLook> | Stop;

interface Stop {
  readonly type: 'stop';
  readonly step: number;
  readonly kl: number;
  readonly maximumKl: number;
}

/** By how much the log-probability of a token may differ, in nats, between writing it and training on it. */
const AGREEMENT = 1e-4;

class GroupTrainer<M extends Transformer> extends TaskTrainer<M, GroupBatch> {
  declare readonly task: GroupTask;
  updates = 1;

  /** @throws as `TaskTrainer.step`; Error when the model scores new answers otherwise than it wrote them */
  override async step(): Promise<GroupStepReport> {
    const isFirst = this.stepsDone % this.updates === 0;
    const report = await super.step();
    const { answers } = this.task.current!;
    const tokens = answers.reduce((total, { ids }) => total + ids.length, 0);
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

/** Where a judge is held out, its opinion counts, else the reward. */
const KIND: TuningKind<GroupLook> = { name: 'GroupTuning', title: 'group tuning', lossOf: ({ judge, reward }) => (judge ?? reward) === null ? null : -(judge ?? reward)!, isLook: isGroupLook };

/** All that `create` found out. */
interface Parts<M extends Transformer> {
  readonly trainer: GroupTrainer<M>;
  readonly adapter: Adapter | undefined;
  readonly look: LookParts;
  readonly maximumKl: number;
  readonly updates: number;
  readonly facts: string;
}

export class GroupTuning<M extends Transformer = Transformer> extends Tuning<M, GroupLook, GroupStepReport, GroupBatch, Stop> {
  override readonly trainer: GroupTrainer<M>;
  /** The adapter that is trained, with `trained: { lora }`. */
  readonly adapter: Adapter | undefined;
  protected override readonly taskFacts: string;
  readonly #parts: Parts<M>;

  private constructor(model: M, parts: Parts<M>) {
    super(model, KIND);
    this.trainer = parts.trainer;
    this.adapter = parts.adapter;
    this.taskFacts = parts.facts;
    this.#parts = parts;
  }

  /**
   * Freezes what is not trained, adds the adapter if there shall be one, and makes the trainer.
   * @param prompts token ids up to where the answer begins, asked in an order that the seed of `training` determines
   * @throws RangeError or TypeError when a prompt or an option is invalid; the model is then unchanged but for what is frozen
   */
  static async create<M extends Transformer>(model: M, prompts: readonly ArrayLike<number>[], options: GroupTuningOptions): Promise<GroupTuning<M>> {
    checkOptions('GroupTuning', options, OPTIONS);
    const { reward, decode, stopTokens, maxTokens = 64, groupSize = 8, loss = { reduction: 'dapo' }, updates = 1, trained = 'full', reference, maximumKl = Infinity, heldOut, newTokens = [], epochs, training = {}, mode = {} } = options;
    const { accumulationSteps = 1, seed = 1337 } = training;
    const { batchSize, steps, warmupSteps } = runSize('GroupTuning', prompts.length, epochs, training);
    checkPrompts('prompts', model, prompts);
    for (const [name, value] of Object.entries({ maxTokens, updates, batchSize, accumulationSteps })) {
      if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`GroupTuning: ${name} is ${String(value)}; expected a whole number of at least 1.`);
    }
    const isDrGrpo = loss.reduction === 'dr-grpo';
    const lossOptions: GrpoOptions = { ...loss, ...(isDrGrpo && loss.maximumLength === undefined && { maximumLength: maxTokens }), ...(loss.reduction === 'dapo-paper' && { parts: batchSize }) };
    checkGrpoOptions(lossOptions);
    const advantages: GroupAdvantagesOptions = { ...(isDrGrpo && { scale: 'none' }), ...options.advantages, groupSize };
    checkGroupAdvantagesOptions(advantages);
    if (maximumKl !== Infinity) checkNumber('GroupTuning', 'maximumKl', maximumKl, { above: 0 });
    const hasLora = typeof trained === 'object' && 'lora' in trained;
    if (reference === (model as Transformer)) throw new RangeError('GroupTuning: reference is the model that is trained, which changes; give another model.');
    if (!reference && !hasLora && ((loss.beta ?? 0) > 0 || maximumKl !== Infinity)) throw new RangeError('GroupTuning: there is no reference, which beta and maximumKl measure the distance from: give reference, a second model with the same weights, or train an adapter, without which the model is the reference.');
    if (hasLora && (trained.lora.dropout ?? 0) > 0) throw new RangeError(`GroupTuning: the adapter's dropout is ${String(trained.lora.dropout)}, but answers are scored as they were drawn, without dropout: leave it out.`);
    if (heldOut) {
      checkOptions('GroupTuning: heldOut', heldOut, HELD_OUT);
      checkPrompts('heldOut.prompts', model, heldOut.prompts);
    }
    const adapter = chooseTrained('GroupTuning', model, trained, { newTokens, seed });
    try {
      const ids = prompts.map((prompt) => Int32Array.from(prompt));
      const against = reference ?? adapter;
      const task = new GroupTask({ model, prompts: ids, reward, decode, loss: lossOptions, advantages, stopTokens, maxTokens, batchSize, accumulationSteps, updates, seed, reference: against } satisfies GroupTaskOptions);
      const learningRate = Number((RATE * suggestedLearningRate(trained, model.config.width)).toPrecision(2));
      const trainer = new GroupTrainer<M>(model, task, { learningRate, weightDecay: 0, warmupSteps, ...withoutBatches(training), seed, steps }, mode);
      trainer.updates = updates;
      const facts = `the prompts ${fingerprint(Int32Array.from(ids.flatMap((prompt) => [prompt.length, ...prompt])))}, ${JSON.stringify({ loss: lossOptions, advantages, stopTokens, maxTokens, updates })}, in ${accumulationSteps} x ${batchSize} prompts, with the reference ${reference ? await weightsFingerprint(reference) : adapter ? 'without the adapter' : 'none'}`;
      return new GroupTuning(model, { trainer, adapter, look: { model, heldOut, reward, decode, stopTokens, maxTokens, reference: against ?? (heldOut && (await EarlierWeights.of(model))) }, maximumKl, updates, facts });
    } catch (error) {
      adapter?.remove();
      throw error;
    }
  }

  /** As every tuning's; it also ends, with the events `save` and `stop`, after a step whose KL divergence is above `maximumKl`. */
  override async *run(options: RunOptions = {}): AsyncGenerator<GroupTuningEvent, void, undefined> {
    const { maximumKl } = this.#parts;
    const { task } = this.trainer;
    task.signal = options.signal;
    try {
      for await (const event of this.events(options)) {
        yield event;
        if (event.type !== 'step') continue;
        const { step, measures: { kl = 0 } } = event.report;
        if (kl <= maximumKl) continue;
        yield { type: 'save', step };
        yield { type: 'stop', step, kl, maximumKl };
        return;
      }
    } finally {
      task.signal = undefined;
    }
  }

  /** As every tuning's. With several updates it also holds the answers of which not all are made. */
  override toCheckpoint(extra: unknown = null): Promise<Uint8Array> {
    const { current } = this.trainer.task;
    const { updates } = this.#parts;
    const isUnderway = this.trainer.stepsDone % updates !== 0;
    return super.toCheckpoint({ extra, rollouts: isUnderway && current ? current : null });
  }

  override async restore(bytes: Uint8Array): Promise<unknown> {
    const { extra, rollouts } = (await super.restore(bytes)) as { extra: unknown; rollouts: RewardedRollouts | null };
    this.trainer.task.current = rollouts ?? undefined;
    return extra;
  }

  protected override measure(step: number, signal: AbortSignal | undefined): Promise<GroupLook> {
    return lookAtGroup(this.#parts.look, step, this.looks, signal);
  }
}

function checkPrompts(name: string, { config: { contextLength, vocabSize } }: Transformer, prompts: readonly ArrayLike<number>[]): void {
  if (prompts.length === 0) throw new RangeError(`GroupTuning: there are no ${name}; expected at least one.`);
  for (const [i, prompt] of prompts.entries()) {
    if (prompt.length < 1 || prompt.length >= contextLength) throw new RangeError(`GroupTuning: prompt ${i} of ${name} has ${prompt.length} tokens; expected 1 to ${contextLength - 1}, so that an answer has room in the model's context of ${contextLength}.`);
    const { minimum, maximum } = boundsOf(Int32Array.from(prompt));
    if (minimum < 0 || maximum >= vocabSize) throw new RangeError(`GroupTuning: prompt ${i} of ${name} holds ids from ${minimum} to ${maximum}, but the vocabulary ends at ${vocabSize - 1}: use the tokenizer that belongs to the model.`);
  }
}
