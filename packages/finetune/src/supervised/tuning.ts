// Supervised tuning of a model: gpt's `Trainer` on examples, with what is trained, replay, looks at what is held out, and the best weights.
import { Trainer, type BatchArray, type BatchArrays, type StepReport, type TrainerMode, type TrainerOptions, type Transformer } from '@kk/gpt';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { TuningRows } from '../data/tuning-rows.js';
import type { Adapter } from '../lora/adapter.js';
import { tuningOptionNames, type TuningOptions } from '../tuning/options.js';
import { runSize } from '../tuning/run-size.js';
import { chooseTrained } from '../tuning/trained-part.js';
import { Tuning, type EventOf, type TuningKind } from '../tuning/tuning.js';
import { suggestedLearningRate } from './learning-rate.js';
import { isLook, look, type HeldOut, type Look } from './looks.js';
import { withReplay, type Replay } from './replay.js';

export interface SupervisedOptions extends TuningOptions {
  /** Texts of the base that are mixed in; default none. */
  replay?: Replay;
  /** What is measured on the way; default nothing. */
  heldOut?: HeldOut;
  /** As of every tuning; `batchSize` counts rows, and the learning rate is by default `suggestedLearningRate`. */
  training?: Partial<TrainerOptions>;
  /** How the steps are computed. */
  mode?: TrainerMode;
}

const OPTIONS: OptionNames<SupervisedOptions> = { ...tuningOptionNames, replay: 'optional', heldOut: 'optional' };
const HELD_OUT: OptionNames<HeldOut> = { examples: 'optional', baseText: 'optional' };

/** `look` comes before the first step, every `lookEvery` steps, and after the last one; a `save` of the same step comes after it. */
export type TuningEvent = EventOf<StepReport, Look>;

const KIND: TuningKind<Look> = { name: 'SupervisedTuning', title: 'supervised tuning', lossOf: ({ task }) => task, isLook };

type RowBatchArrays = BatchArrays & Readonly<Record<'inputs' | 'targets', BatchArray>>;

export class SupervisedTuning<M extends Transformer = Transformer> extends Tuning<M, Look, StepReport, RowBatchArrays> {
  override readonly trainer: Trainer<M>;
  /** The adapter that is trained, with `trained: { lora }`. */
  readonly adapter: Adapter | undefined;
  readonly #heldOut: HeldOut;

  /**
   * Freezes what is not trained, adds the adapter if there shall be one, and makes the trainer.
   * @param rows the examples; their context length is that of the model
   * @throws RangeError or TypeError when an option is invalid; the model is then unchanged but for what is frozen
   */
  constructor(model: M, rows: TuningRows, options: SupervisedOptions = {}) {
    super(model, KIND);
    checkOptions('SupervisedTuning', options, OPTIONS);
    const { trained = 'full', replay, heldOut = {}, newTokens = [], epochs, training = {}, mode = {} } = options;
    checkOptions('SupervisedTuning: heldOut', heldOut, HELD_OUT);
    const { seed = 1337 } = training;
    const { batchSize, steps, warmupSteps } = runSize('SupervisedTuning', rows.rowsPerEpoch, epochs, training, 1 - (replay?.share ?? 0));
    const all = withReplay(rows, replay, seed);
    this.adapter = chooseTrained('SupervisedTuning', model, trained, { newTokens, seed });
    try {
      this.trainer = new Trainer(model, all, { learningRate: suggestedLearningRate(trained, model.config.width), weightDecay: 0, warmupSteps, seed, ...training, batchSize, steps }, mode);
    } catch (error) {
      this.adapter?.remove();
      throw error;
    }
    this.#heldOut = heldOut;
  }

  protected override measure(step: number, signal: AbortSignal | undefined): Promise<Look> {
    return look(this.model, step, this.#heldOut, signal);
  }
}
