// Holds what tunings by a reward have in common: what they are told and check, the looks, the budget of the KL divergence, and checkpoints with answers.
import { fingerprint, type Steppable, type TaskStepReport, type TaskTrainer, type TrainerOptions, type TrainingOptions, type Transformer } from '@kk/gpt';
import { boundsOf, checkOptions, type Module, type OptionNames } from '@kk/nn-core';
import type { Adapter } from '../lora/adapter.js';
import { EarlierWeights } from '../preferences/earlier-weights.js';
import { checkNumber, checkWhole } from '../preferences/losses/check.js';
import { suggestedLearningRate } from '../supervised/learning-rate.js';
import { tuningOptionNames, type TuningOptions } from '../tuning/options.js';
import { runSize } from '../tuning/run-size.js';
import { chooseTrained, hasLora, refuseDropout } from '../tuning/trained-part.js';
import { Tuning, type EventOf, type RunOptions, type TuningKind } from '../tuning/tuning.js';
import { weightsFingerprint } from '../tuning/weights-fingerprint.js';
import { withoutBatches } from '../tuning/without-batches.js';
import { isRolloutLook, lookAtRollouts, type LookParts, type RolloutHeldOut, type RolloutLook } from './looks.js';
import type { RewardFunction } from './rewards/reward-function.js';
import type { RewardedRollouts, RolloutBatch, RolloutMeasures, RolloutTask, RolloutTaskOptions } from './rollout-task.js';

/** Dropout is off, that of an adapter, too: what is scored is what was drawn from. */
export interface RolloutTuningOptions extends TuningOptions {
  /** How good an answer is. */
  reward: RewardFunction;
  /** The text of token ids, for the reward. */
  decode: (ids: number[]) => string;
  /** Tokens that end an answer. */
  stopTokens: readonly number[];
  /** The most tokens of an answer; default 64. */
  maxTokens?: number;
  /** Divides the logits that answers are drawn from, and those that they are scored by in training, above 0; default 1. Looks draw at 1. */
  temperature?: number;
  /** Steps that are made on the same answers, a whole number of at least 1; with more than one the ratios are limited. */
  updates?: number;
  /** The model that the KL divergence is measured from, which does not change. Default: with `trained: { lora }` the model with its adapter switched off, else none. */
  reference?: Transformer;
  /** Stops the run after a step whose answers are on the average further from the reference, in nats an answer, above 0. Default: never. */
  maximumKl?: number;
  /** What is measured on the way; default nothing. */
  heldOut?: RolloutHeldOut;
  /**
   * As of every tuning; `batchSize` counts prompts, of which a step asks `batchSize * accumulationSteps`, and the learning rate is by default a fifth
   * of that of supervised tuning.
   */
  training?: Partial<TrainerOptions>;
}

export const rolloutOptionNames: OptionNames<RolloutTuningOptions> = {
  ...tuningOptionNames,
  reward: 'required', decode: 'required', stopTokens: 'required', maxTokens: 'optional', temperature: 'optional', updates: 'optional', reference: 'optional', maximumKl: 'optional', heldOut: 'optional',
};
const HELD_OUT: OptionNames<RolloutHeldOut> = { prompts: 'required', judge: 'optional', seed: 'optional' };

/** A rate of supervised tuning makes a step as large as the answers' gradient is noisy. */
const RATE = 0.2;

export interface RolloutStepReport extends TaskStepReport {
  readonly measures: Readonly<Record<string, number>> & RolloutMeasures & { readonly kl?: number };
}

/** The last event of a run, after a `save`: the KL divergence of a step was above its maximum. */
export interface Stop {
  readonly type: 'stop';
  readonly step: number;
  /** Nats an answer. */
  readonly kl: number;
  readonly maximumKl: number;
}

/** `look` comes before the first step, every `lookEvery` steps, and after the last one; a `save` of the same step comes after it. */
export type RolloutTuningEvent<Report extends RolloutStepReport> = EventOf<Report, RolloutLook> | Stop;

/** All that such a tuning begins with. */
export interface RolloutRun {
  readonly adapter: Adapter | undefined;
  readonly task: RolloutTaskOptions;
  readonly training: Partial<TrainingOptions>;
  readonly look: LookParts;
  readonly maximumKl: number;
  readonly facts: string;
}

export interface RolloutNeeds {
  /** Answers to each prompt. */
  readonly groupSize: number;
  /** Unless it is told. */
  readonly updates: number;
  /** What measures a distance from the reference, and how much it weighs. */
  readonly distance: { readonly name: string; readonly weight: number };
  /** What a checkpoint must be continued with. */
  readonly facts: object;
}

/**
 * Checks everything, freezes what is not trained, and adds the adapter if there shall be one.
 * @throws RangeError or TypeError when a prompt or an option is invalid; the model is then unchanged but for what is frozen
 */
export async function beginRollouts(owner: string, model: Transformer, prompts: readonly ArrayLike<number>[], options: RolloutTuningOptions, needs: RolloutNeeds): Promise<RolloutRun> {
  const { reward, decode, stopTokens, maxTokens = 64, temperature = 1, updates = needs.updates, trained = 'full', reference, maximumKl = Infinity, heldOut, newTokens = [], epochs, training = {} } = options;
  const { accumulationSteps = 1, seed = 1337 } = training;
  const { groupSize, distance } = needs;
  checkPrompts(owner, 'prompts', model, prompts);
  const { batchSize, steps, warmupSteps } = runSize(owner, prompts.length, epochs, training);
  checkWhole(owner, { maxTokens, groupSize, updates, batchSize, accumulationSteps });
  checkNumber(owner, 'temperature', temperature, { above: 0 });
  if (maximumKl !== Infinity) checkNumber(owner, 'maximumKl', maximumKl, { above: 0 });
  if (reference === model) throw new RangeError(`${owner}: reference is the model that is trained, which changes; give another model.`);
  if (!reference && !hasLora(trained) && (distance.weight > 0 || maximumKl !== Infinity)) throw new RangeError(`${owner}: there is no reference, which ${distance.name} and maximumKl measure the distance from: give reference, a second model with the same weights, or train an adapter, without which the model is the reference.`);
  refuseDropout(owner, trained, 'answers are scored as they were drawn, without dropout');
  if (heldOut) {
    checkOptions(`${owner}: heldOut`, heldOut, HELD_OUT);
    checkPrompts(owner, 'heldOut.prompts', model, heldOut.prompts);
  }
  const ids = prompts.map((prompt) => Int32Array.from(prompt));
  const asked = fingerprint(Int32Array.from(ids.flatMap((prompt) => [prompt.length, ...prompt])));
  const facts = (against: string): string => `the prompts ${asked}, ${JSON.stringify({ ...needs.facts, stopTokens, maxTokens, temperature, groupSize, updates })}, in ${accumulationSteps} x ${batchSize} prompts, with the reference ${against}`;
  const learningRate = Number((RATE * suggestedLearningRate(trained, model.config.width)).toPrecision(2));
  const adapter = chooseTrained(owner, model, trained, { newTokens, seed });
  try {
    const against = reference ?? adapter;
    return {
      adapter,
      task: { model, prompts: ids, reward, decode, stopTokens, maxTokens, temperature, groupSize, batchSize, accumulationSteps, updates, seed, reference: against },
      training: { learningRate, weightDecay: 0, warmupSteps, ...withoutBatches(training), seed, steps },
      look: { model, heldOut, reward, decode, stopTokens, maxTokens, reference: against ?? (heldOut && (await EarlierWeights.of(model))) },
      maximumKl,
      facts: facts(reference ? await weightsFingerprint(reference) : adapter ? 'without the adapter' : 'none'),
    };
  } catch (error) {
    adapter?.remove();
    throw error;
  }
}

/** Where a judge is held out, its opinion counts, else the reward. */
export const rolloutKind = (name: string, title: string): TuningKind<RolloutLook> => ({ name, title, lossOf: ({ judge, reward }) => (judge ?? reward) === null ? null : -(judge ?? reward)!, isLook: isRolloutLook });

export abstract class RolloutTuning<M extends Module, Report extends RolloutStepReport, B extends RolloutBatch> extends Tuning<M, RolloutLook, Report, B, Stop> {
  abstract override readonly trainer: TaskTrainer<M, B> & Steppable<Report> & { readonly task: RolloutTask<B> };
  /** The adapter that is trained, with `trained: { lora }`. */
  readonly adapter: Adapter | undefined;
  /** Prompts that are computed at once, each with its answers. */
  readonly batchSize: number;
  /** Answers to each prompt. */
  readonly groupSize: number;
  protected override readonly taskFacts: string;
  readonly #run: RolloutRun;
  /** Nats an answer of the last step, once they were above the maximum. */
  #tooFar: number | null = null;

  protected constructor(model: M, kind: TuningKind<RolloutLook>, run: RolloutRun) {
    super(model, kind);
    this.adapter = run.adapter;
    this.batchSize = run.task.batchSize;
    this.groupSize = run.task.groupSize;
    this.taskFacts = run.facts;
    this.#run = run;
  }

  /**
   * As every tuning's; it also ends, with a `look` and the events `save` and `stop`, after a step whose KL divergence is above `maximumKl`. A checkpoint
   * from then takes no further step either, unless it is restored with a greater maximum.
   */
  override async *run(options: RunOptions = {}): AsyncGenerator<RolloutTuningEvent<Report>, void, undefined> {
    const { maximumKl } = this.#run;
    const { task, stepsDone } = this.trainer;
    if (this.#tooFar !== null && this.#tooFar > maximumKl) {
      yield { type: 'stop', step: stepsDone, kl: this.#tooFar, maximumKl };
      return;
    }
    task.signal = options.signal;
    try {
      for await (const event of this.events(options)) {
        if (event.type === 'step') {
          const { kl = 0 } = event.report.measures;
          this.#tooFar = kl > maximumKl ? kl : null; // before anybody makes a checkpoint of this step
        }
        yield event;
        if (event.type !== 'step' || this.#tooFar === null) continue;
        const { step } = event.report;
        yield await this.look(options.signal);
        yield { type: 'save', step };
        yield { type: 'stop', step, kl: this.#tooFar, maximumKl };
        return;
      }
    } finally {
      task.signal = undefined;
    }
  }

  /** As every tuning's. With several updates it also holds the answers of which not all are made. */
  override toCheckpoint(extra: unknown = null): Promise<Uint8Array> {
    const { task, stepsDone } = this.trainer;
    const isUnderway = stepsDone % this.#run.task.updates !== 0;
    return super.toCheckpoint({ extra, rollouts: (isUnderway && task.current) || null, tooFar: this.#tooFar });
  }

  override async restore(bytes: Uint8Array): Promise<unknown> {
    const { extra, rollouts, tooFar } = (await super.restore(bytes)) as { extra: unknown; rollouts: RewardedRollouts | null; tooFar: number | null };
    this.trainer.task.current = rollouts ?? undefined;
    this.#tooFar = tooFar;
    return extra;
  }

  protected override measure(step: number, signal: AbortSignal | undefined): Promise<RolloutLook> {
    return lookAtRollouts(this.#run.look, step, this.looks, signal);
  }
}

function checkPrompts(owner: string, name: string, { config: { contextLength, vocabSize } }: Transformer, prompts: readonly ArrayLike<number>[]): void {
  if (prompts.length === 0) throw new RangeError(`${owner}: there are no ${name}; expected at least one.`);
  for (const [i, prompt] of prompts.entries()) {
    if (prompt.length < 1 || prompt.length >= contextLength) throw new RangeError(`${owner}: prompt ${i} of ${name} has ${prompt.length} tokens; expected 1 to ${contextLength - 1}, so that an answer has room in the model's context of ${contextLength}.`);
    const { minimum, maximum } = boundsOf(Int32Array.from(prompt));
    if (minimum < 0 || maximum >= vocabSize) throw new RangeError(`${owner}: prompt ${i} of ${name} holds ids from ${minimum} to ${maximum}, but the vocabulary ends at ${vocabSize - 1}: use the tokenizer that belongs to the model.`);
  }
}
