// Tuning on single answers that are wanted or not (KTO), with a reference that the model shall stay near, and looks on the way.
import { TaskTrainer, type TaskStepReport, type TrainerOptions, type Transformer } from '@kk/gpt';
import { checkOptions, concatenate, reshape, type OptionNames, type Tensor } from '@kk/nn-core';
import type { Adapter } from '../../lora/adapter.js';
import { suggestedLearningRate } from '../../supervised/learning-rate.js';
import { tuningOptionNames, type TuningOptions } from '../../tuning/options.js';
import { runSize } from '../../tuning/run-size.js';
import { chooseTrained, hasLora, refuseDropout } from '../../tuning/trained-part.js';
import { Tuning, type EventOf, type TuningKind } from '../../tuning/tuning.js';
import { weightsFingerprint } from '../../tuning/weights-fingerprint.js';
import { withoutBatches } from '../../tuning/without-batches.js';
import { checkHeldOutPrompts, measureAnswers, type HeldOutPrompts, type PreferenceLook } from '../looks.js';
import { checkKtoOptions, type KtoOptions } from '../losses/kto.js';
import type { RatedBatch, RatedRows } from './rated-rows.js';
import { KtoTask, type KtoMeasures } from './task.js';

export interface KtoHeldOut {
  /** Answers that are not trained on. */
  readonly rated?: RatedRows;
  readonly answers?: HeldOutPrompts;
}

/** Dropout is off, that of an adapter, too. */
export interface KtoTuningOptions extends TuningOptions {
  /** The loss's: `beta`, and the weights of wanted and unwanted answers. */
  loss?: KtoOptions;
  /** The model that the loss compares with, which does not change. Default: with `trained: { lora }` the model with its adapter switched off; else it is needed. */
  reference?: Transformer;
  /** What is measured on the way; default nothing. */
  heldOut?: KtoHeldOut;
  /** As of every tuning; `batchSize` counts answers, at least 2, and the learning rate is by default a tenth of that of supervised tuning. */
  training?: Partial<TrainerOptions>;
}

const OPTIONS: OptionNames<KtoTuningOptions> = { ...tuningOptionNames, loss: 'optional', reference: 'optional', heldOut: 'optional' };
const HELD_OUT: OptionNames<KtoHeldOut> = { rated: 'optional', answers: 'optional' };

/** As of pairs: see `PreferenceTuning`. */
const RATE = 0.1;

/** Null where it is not measured. */
export interface KtoLook extends Pick<PreferenceLook, 'step' | 'loss' | 'margin' | 'kl' | 'endsByItself' | 'meanTokens'> {
  /** On the answers that are held out: the mean reward of those that are wanted - that of the others. */
  readonly margin: number | null;
}

export interface KtoStepReport extends TaskStepReport {
  readonly measures: Readonly<Record<string, number>> & KtoMeasures;
}

/** `look` comes before the first step, every `lookEvery` steps, and after the last one; a `save` of the same step comes after it. */
export type KtoTuningEvent = EventOf<KtoStepReport, KtoLook>;

class KtoTrainer<M extends Transformer> extends TaskTrainer<M, RatedBatch> {
  override async step(): Promise<KtoStepReport> {
    return (await super.step()) as KtoStepReport; // `KtoTask` measures them in every batch
  }
}

const KIND: TuningKind<KtoLook> = { name: 'KtoTuning', title: 'KTO tuning', lossOf: ({ loss }) => loss, isLook: isKtoLook };

interface Parts<M extends Transformer> {
  readonly trainer: KtoTrainer<M>;
  readonly task: KtoTask;
  readonly adapter: Adapter | undefined;
  readonly batchSize: number;
  readonly reference: Adapter | Transformer;
  readonly heldOut: KtoHeldOut;
  readonly facts: string;
}

export class KtoTuning<M extends Transformer = Transformer> extends Tuning<M, KtoLook, KtoStepReport, RatedBatch> {
  override readonly trainer: KtoTrainer<M>;
  /** The adapter that is trained, with `trained: { lora }`. */
  readonly adapter: Adapter | undefined;
  /** Answers that are computed at once. */
  readonly batchSize: number;
  protected override readonly taskFacts: string;
  readonly #parts: Parts<M>;

  private constructor(model: M, parts: Parts<M>) {
    super(model, KIND);
    this.trainer = parts.trainer;
    this.adapter = parts.adapter;
    this.batchSize = parts.batchSize;
    this.taskFacts = parts.facts;
    this.#parts = parts;
  }

  /**
   * Freezes what is not trained, adds the adapter if there shall be one, and makes the trainer.
   * @param rows the answers; they fit into the model's context
   * @throws RangeError or TypeError when an option is invalid; the model is then unchanged but for what is frozen
   */
  static async create<M extends Transformer>(model: M, rows: RatedRows, options: KtoTuningOptions = {}): Promise<KtoTuning<M>> {
    checkOptions('KtoTuning', options, OPTIONS);
    const { loss = {}, trained = 'full', reference, heldOut = {}, newTokens = [], epochs, training = {}, mode = {} } = options;
    checkOptions('KtoTuning: heldOut', heldOut, HELD_OUT);
    checkKtoOptions(loss);
    if (heldOut.answers) checkHeldOutPrompts('KtoTuning', model, heldOut.answers);
    for (const [name, own] of [['rows', rows], ['heldOut.rated', heldOut.rated]] as const) {
      for (const { config: { contextLength, vocabSize } } of [model, ...(reference ? [reference] : [])]) {
        if (own && (own.positions > contextLength || own.vocabSize > vocabSize)) throw new RangeError(`KtoTuning: ${name} have ${own.positions} positions and a vocabulary of ${own.vocabSize}, the model ${contextLength} and ${vocabSize}: make the rows for this model.`);
      }
    }
    if (reference === (model as Transformer)) throw new RangeError('KtoTuning: reference is the model that is trained, which changes; give another model.');
    if (!reference && !hasLora(trained)) throw new RangeError('KtoTuning: there is no reference: give reference, a second model with the same weights, or train an adapter, without which the model is the reference.');
    refuseDropout('KtoTuning', trained, 'answers are compared without dropout, so that the policy begins as the reference');
    const { accumulationSteps = 1, seed = 1337 } = training;
    const { batchSize, steps, warmupSteps } = runSize('KtoTuning', rows.answers.length, epochs, training);
    for (const [name, value, least] of [['batchSize', batchSize, 2], ['accumulationSteps', accumulationSteps, 1]] as const) {
      if (!Number.isSafeInteger(value) || value < least) throw new RangeError(`KtoTuning: ${name} is ${String(value)}; expected a whole number of at least ${least}${least === 2 ? ': each answer is also put after the prompt of another' : ''}.`);
    }
    const adapter = chooseTrained('KtoTuning', model, trained, { newTokens, seed });
    try {
      const against = (reference ?? adapter)!;
      const task = new KtoTask(rows, { model, loss, reference: against, batchSize, accumulationSteps });
      const learningRate = Number((RATE * suggestedLearningRate(trained, model.config.width)).toPrecision(2));
      const trainer = new KtoTrainer<M>(model, task, { learningRate, weightDecay: 0, warmupSteps, ...withoutBatches(training), seed, steps }, mode);
      const facts = `${rows.fingerprint}, by ${JSON.stringify(loss)}, in ${accumulationSteps} x ${batchSize} answers, with the reference ${reference ? await weightsFingerprint(reference) : 'without the adapter'}`;
      return new KtoTuning(model, { trainer, task, adapter, batchSize, reference: against, heldOut, facts });
    } catch (error) {
      adapter?.remove();
      throw error;
    }
  }

  protected override async measure(step: number, signal: AbortSignal | undefined): Promise<KtoLook> {
    const { task, reference, heldOut } = this.#parts;
    const rated = heldOut.rated ? await measureRated(this.model, task, heldOut.rated) : { loss: null, margin: null };
    signal?.throwIfAborted();
    const answers = heldOut.answers ? await measureAnswers(this.model, heldOut.answers, reference, signal) : { kl: null, endsByItself: null, meanTokens: null };
    return { step, ...rated, ...answers };
  }
}

/** The most held-out answers that a look measures: one batch, so that each look has the same mismatched answers. */
const MOST_ANSWERS = 64;

async function measureRated({ engine }: Transformer, task: KtoTask, rows: RatedRows): Promise<{ loss: number; margin: number }> {
  const batch = rows.batch(Array.from({ length: Math.min(MOST_ANSWERS, rows.answers.length) }, (_, i) => i));
  const found = engine.scope(() =>
    engine.noGradient(() => {
      const tensors = Object.fromEntries(Object.entries(batch).map(([name, { values, shape }]) => [name, engine.tensor(values, shape, values instanceof Int32Array ? 'int32' : 'float')]));
      const measures = new Map<string, Tensor>();
      const loss = task.loss(tensors as Parameters<KtoTask['loss']>[0], (name, value) => measures.set(name, value));
      return concatenate([loss, measures.get('margin')!].map((value) => reshape(value, [1])));
    }),
  );
  const [loss, margin] = await found.data();
  found.dispose();
  if (!Number.isFinite(loss)) throw new Error(`KtoTuning: the loss on the answers that are held out is ${loss}: the weights of this model are not finite or far too large, as after a training that broke down. Take an earlier checkpoint.`);
  return { loss: loss!, margin: margin! };
}

function isKtoLook(value: unknown): value is KtoLook {
  const { step, ...numbers } = Object(value) as Record<string, unknown>;
  return Number.isSafeInteger(step) && (step as number) >= 0 && ['loss', 'margin', 'kl', 'endsByItself', 'meanTokens'].every((name) => numbers[name] === null || Number.isFinite(numbers[name]));
}
