// Preference tuning of a model: pairs of answers, a loss such as DPO, a reference that the model shall stay near, and looks on the way.
import { fingerprint, TaskTrainer, type BatchArrays, type TaskStepReport, type TrainerOptions, type Transformer } from '@kk/gpt';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { Adapter } from '../lora/adapter.js';
import { suggestedLearningRate } from '../supervised/learning-rate.js';
import { tuningOptionNames, type TuningOptions } from '../tuning/options.js';
import { runSize } from '../tuning/run-size.js';
import { chooseTrained, refuseDropout } from '../tuning/trained-part.js';
import { Tuning, type EventOf, type TuningKind } from '../tuning/tuning.js';
import { withoutBatches } from '../tuning/without-batches.js';
import { EarlierWeights } from './earlier-weights.js';
import type { PreferenceBatch, PreferenceRows } from './data/preference-rows.js';
import { checkWhole } from './losses/check.js';
import { checkHeldOutPrompts, isPreferenceLook, measureAnswers, measurePairs, type HeldOutPrompts, type PreferenceHeldOut, type PreferenceLook } from './looks.js';
import { scoreAnswers } from './log-probabilities.js';
import { checkObjective, objectiveNeedsReference, type PreferenceObjective } from './objective.js';
import { PreferenceTask, type PreferenceMeasures, type PreferencePairs, type ReferenceScores } from './task.js';

/** Dropout is off in preference tuning, that of an adapter, too. */
export interface PreferenceTuningOptions extends TuningOptions {
  /** Default `{ dpo: {} }`. */
  loss?: PreferenceObjective;
  /**
   * The model that the loss compares with, which does not change. Default: with `trained: { lora }` the model with its adapter switched off, which
   * takes no second copy; else the model as it is before the first step, whose log-probabilities are computed once. Where answers are held out, a
   * copy of the weights that are trained is then kept, for their KL divergence.
   */
  reference?: Transformer;
  /** What is measured on the way; default nothing. */
  heldOut?: PreferenceHeldOut;
  /** As of every tuning; `batchSize` counts pairs, and the learning rate is by default a tenth of that of supervised tuning. */
  training?: Partial<TrainerOptions>;
}

const OPTIONS: OptionNames<PreferenceTuningOptions> = { ...tuningOptionNames, loss: 'optional', reference: 'optional', heldOut: 'optional' };
const HELD_OUT: OptionNames<PreferenceHeldOut> = { pairs: 'optional', answers: 'optional' };

/** TRL's rates for preferences are 1e-6, and 5e-6 to 1e-5 for an adapter; those for supervised tuning are 10 to 20 times as high. */
const RATE = 0.1;

export interface PreferenceStepReport extends TaskStepReport {
  readonly measures: Readonly<Record<string, number>> & PreferenceMeasures;
}

/** `look` comes before the first step, every `lookEvery` steps, and after the last one; a `save` of the same step comes after it. */
export type PreferenceTuningEvent = EventOf<PreferenceStepReport, PreferenceLook>;

type Arrays = PreferenceBatch & BatchArrays;

class PreferenceTrainer<M extends Transformer> extends TaskTrainer<M, Arrays> {
  override async step(): Promise<PreferenceStepReport> {
    return (await super.step()) as PreferenceStepReport; // `PreferenceTask` measures them in every batch
  }
}

const KIND: TuningKind<PreferenceLook> = { name: 'PreferenceTuning', title: 'preference tuning', lossOf: ({ loss }) => loss, isLook: isPreferenceLook };

/** All that `create` found out. */
interface Parts<M extends Transformer> {
  readonly trainer: PreferenceTrainer<M>;
  readonly task: PreferenceTask;
  readonly adapter: Adapter | undefined;
  readonly batchSize: number;
  readonly reference: Adapter | EarlierWeights | Transformer | undefined;
  readonly heldOut: { readonly pairs: PreferencePairs | undefined; readonly answers: HeldOutPrompts | undefined };
  readonly facts: string;
}

export class PreferenceTuning<M extends Transformer = Transformer> extends Tuning<M, PreferenceLook, PreferenceStepReport, Arrays> {
  override readonly trainer: PreferenceTrainer<M>;
  /** The adapter that is trained, with `trained: { lora }`. */
  readonly adapter: Adapter | undefined;
  /** Pairs that are computed at once. */
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
   * Freezes what is not trained, adds the adapter if there shall be one, computes the reference's log-probabilities unless it is the model
   * without its adapter, and makes the trainer.
   * @param rows the pairs; their answers fit into the model's context
   * @param signal ends the computing of the reference
   * @throws RangeError or TypeError when an option is invalid; the model is then unchanged but for what is frozen
   */
  static async create<M extends Transformer>(model: M, rows: PreferenceRows, options: PreferenceTuningOptions = {}, signal?: AbortSignal): Promise<PreferenceTuning<M>> {
    checkOptions('PreferenceTuning', options, OPTIONS);
    const { loss: objective = { dpo: {} }, trained = 'full', reference, heldOut = {}, newTokens = [], epochs, training = {}, mode = {} } = options;
    checkOptions('PreferenceTuning: heldOut', heldOut, HELD_OUT);
    if (heldOut.answers) checkHeldOutPrompts('PreferenceTuning', model, heldOut.answers);
    checkObjective('PreferenceTuning', objective);
    checkFit('rows', model, rows);
    if (heldOut.pairs) checkFit('heldOut.pairs', model, heldOut.pairs);
    if (reference) checkReference(model, reference, [rows, ...(heldOut.pairs ? [heldOut.pairs] : [])]);
    refuseDropout('PreferenceTuning', trained, 'preferences are trained without dropout, so that the policy begins as the reference');
    const { accumulationSteps = 1, seed = 1337 } = training;
    const { batchSize, steps, warmupSteps } = runSize('PreferenceTuning', rows.pairsPerEpoch, epochs, training);
    checkWhole('PreferenceTuning', { batchSize, accumulationSteps });
    const adapter = chooseTrained('PreferenceTuning', model, trained, { newTokens, seed });
    try {
      const isScored = objectiveNeedsReference(objective) && !(adapter && !reference);
      const score = async (pairs: PreferenceRows): Promise<PreferencePairs> => ({ rows: pairs, scores: isScored ? await scorePairs(reference ?? model, pairs, batchSize, signal) : undefined });
      const pairs = await score(rows);
      const held = heldOut.pairs && (await score(heldOut.pairs));
      const task = new PreferenceTask(pairs, { model, objective, adapter: reference ? undefined : adapter, batchSize, accumulationSteps });
      const learningRate = Number((RATE * suggestedLearningRate(trained, model.config.width)).toPrecision(2));
      const trainer = new PreferenceTrainer<M>(model, task, { learningRate, weightDecay: 0, warmupSteps, ...withoutBatches(training), seed, steps }, mode);
      const facts = `${rows.fingerprint}, by ${JSON.stringify(objective)}, in ${accumulationSteps} x ${batchSize} pairs, with the reference ${referenceName(pairs.scores, objective)}`;
      const compared = reference ?? adapter ?? (heldOut.answers && (await EarlierWeights.of(model)));
      return new PreferenceTuning(model, { trainer, task, adapter, batchSize, reference: compared, heldOut: { pairs: held, answers: heldOut.answers }, facts });
    } catch (error) {
      adapter?.remove();
      throw error;
    }
  }

  protected override async measure(step: number, signal: AbortSignal | undefined): Promise<PreferenceLook> {
    const { task, reference, heldOut } = this.#parts;
    const pairs = heldOut.pairs ? await measurePairs(this.model, task, heldOut.pairs, signal) : { loss: null, accuracy: null, margin: null };
    const answers = heldOut.answers ? await measureAnswers(this.model, heldOut.answers, reference, signal) : { kl: null, endsByItself: null, meanTokens: null };
    return { step, ...pairs, ...answers };
  }
}

/** In the arrangement of a step: the chosen answers of a batch, then its rejected ones. */
async function scorePairs(model: Transformer, rows: PreferenceRows, batchSize: number, signal: AbortSignal | undefined): Promise<ReferenceScores> {
  const scores = new Float64Array(2 * rows.pairsPerEpoch);
  for (let start = 0; start < rows.pairsPerEpoch; start += batchSize) {
    const pairs = rows.pairs.slice(start, start + batchSize);
    const answered = [...pairs.map(({ prompt, chosen }) => ({ prompt, answer: chosen })), ...pairs.map(({ prompt, rejected }) => ({ prompt, answer: rejected }))];
    const found = await scoreAnswers(model, answered, { positions: rows.positions, batchSize: answered.length, signal });
    pairs.forEach((_, i) => scores.set([found[i]!, found[pairs.length + i]!], 2 * (start + i)));
  }
  return scores;
}

function referenceName(scores: ReferenceScores | undefined, objective: PreferenceObjective): string {
  if (scores) return fingerprint(new Int32Array(Float32Array.from(scores).buffer));
  return objectiveNeedsReference(objective) ? 'without the adapter' : 'none';
}

function checkFit(name: string, { config: { contextLength, vocabSize } }: Transformer, rows: PreferenceRows): void {
  if (rows.positions <= contextLength && rows.vocabSize <= vocabSize) return;
  throw new RangeError(`PreferenceTuning: ${name} have ${rows.positions} positions and a vocabulary of ${rows.vocabSize}, the model ${contextLength} and ${vocabSize}: make the rows for this model.`);
}

function checkReference(model: Transformer, reference: Transformer, all: readonly PreferenceRows[]): void {
  if (reference === model) throw new RangeError('PreferenceTuning: reference is the model that is trained, which changes; leave it out for the model as it is before the first step, or give another model.');
  for (const rows of all) checkFit('for the reference, the rows', reference, rows);
}
