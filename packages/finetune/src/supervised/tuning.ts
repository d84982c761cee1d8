// Supervised tuning of a model: gpt's `Trainer` on examples, with what is trained, replay, looks at what is held out, and the best weights.
import { checkpointFacts, restoreTrained, toCheckpoint, train, Trainer, type AttachedTensor, type StepReport, type TrainerMode, type TrainerOptions, type TrainingEvent, type Transformer } from '@kk/gpt';
import { checkOptions, type OptionNames, type Tensor } from '@kk/nn-core';
import type { TuningRows } from '../data/tuning-rows.js';
import type { Adapter } from '../lora/adapter.js';
import { suggestedLearningRate } from './learning-rate.js';
import { bestOf, look, type HeldOut, type Look } from './looks.js';
import { withReplay, type Replay } from './replay.js';
import { chooseTrained, type TrainedPart } from './trained-part.js';

export interface SupervisedOptions {
  /** What is trained; default `'full'`. */
  trained?: TrainedPart;
  /** Texts of the base that are mixed in; default none. */
  replay?: Replay;
  /** What is measured on the way; default nothing. */
  heldOut?: HeldOut;
  /** Ids of tokens that the model has not been trained on: their embeddings are trained whatever `trained` is. Default none. */
  newTokens?: readonly number[];
  /** How often each example is learned, unless `training.steps` is given. Above 0; default 3, or more where that is fewer than 60 steps. */
  epochs?: number;
  /**
   * Options of the `Trainer`. Defaults that differ from pretraining: the learning rate suits what is trained (`suggestedLearningRate`),
   * batches of 8 rows, or of fewer where a step would otherwise learn rows twice, 10 % of the steps to warm up, no weight decay.
   */
  training?: Partial<TrainerOptions>;
  /** How the steps are computed. */
  mode?: TrainerMode;
}

const OPTIONS: OptionNames<SupervisedOptions> = { trained: 'optional', replay: 'optional', heldOut: 'optional', newTokens: 'optional', epochs: 'optional', training: 'optional', mode: 'optional' };
const HELD_OUT: OptionNames<HeldOut> = { examples: 'optional', baseText: 'optional' };

export interface RunOptions {
  /** Steps between two looks at what is held out. Default: a tenth of the steps. The weights after the last step are always looked at. */
  lookEvery?: number;
  /** Steps between two checkpoints. Default: only the end. */
  saveEvery?: number;
  /** Stops between two steps or in a look; the run then throws the signal's reason. */
  signal?: AbortSignal;
}

const RUN_OPTIONS: OptionNames<RunOptions> = { lookEvery: 'optional', saveEvery: 'optional', signal: 'optional' };

/** `look` comes before the first step, every `lookEvery` steps, and after the last one; a `save` of the same step comes after it. */
export type TuningEvent = Exclude<TrainingEvent<StepReport>, { readonly type: 'validation' }> | ({ readonly type: 'look' } & Look & { readonly isBest: boolean });

const DEFAULT_EPOCHS = 3;
/** Adam moves each weight by at most about the learning rate in a step: fewer steps hardly change a model. */
const FEWEST_STEPS = 60;
const BATCH_SIZE = 8;
const WARM_UP = 0.1;
const LOOKS = 10;

export class SupervisedTuning<M extends Transformer = Transformer> {
  readonly trainer: Trainer<M>;
  /** The adapter that is trained, with `trained: { lora }`. */
  readonly adapter: Adapter | undefined;
  /** Everything that was measured, by steps. */
  readonly looks: Look[] = [];
  readonly #heldOut: HeldOut;
  #best: Map<string, Float32Array> | undefined;

  /**
   * Freezes what is not trained, adds the adapter if there shall be one, and makes the trainer.
   * @param rows the examples; their context length is that of the model
   * @throws RangeError or TypeError when an option is invalid; the model is then unchanged but for what is frozen
   */
  constructor(
    readonly model: M,
    rows: TuningRows,
    options: SupervisedOptions = {},
  ) {
    checkOptions('SupervisedTuning', options, OPTIONS);
    const { trained = 'full', replay, heldOut = {}, newTokens = [], epochs, training = {}, mode = {} } = options;
    checkOptions('SupervisedTuning: heldOut', heldOut, HELD_OUT);
    if (epochs !== undefined && !(epochs > 0 && epochs < Infinity)) throw new RangeError(`SupervisedTuning: epochs is ${String(epochs)}; expected a number above 0.`);
    const { accumulationSteps = 1, seed = 1337 } = training;
    const taskShare = 1 - (replay?.share ?? 0);
    const batchSize = training.batchSize ?? Math.max(1, Math.min(BATCH_SIZE, Math.floor(rows.rowsPerEpoch / (accumulationSteps * taskShare))));
    const stepsOf = (times: number): number => Math.max(1, Math.ceil((times * rows.rowsPerEpoch) / (batchSize * accumulationSteps * taskShare)));
    const steps = training.steps ?? (epochs === undefined ? Math.max(FEWEST_STEPS, stepsOf(DEFAULT_EPOCHS)) : stepsOf(epochs));
    const all = withReplay(rows, replay, seed);
    this.adapter = chooseTrained(model, trained, { newTokens, seed });
    try {
      this.trainer = new Trainer(model, all, { learningRate: suggestedLearningRate(trained, model.config.width), weightDecay: 0, warmupSteps: Math.floor(WARM_UP * steps), seed, ...training, batchSize, steps }, mode);
    } catch (error) {
      this.adapter?.remove();
      throw error;
    }
    this.#heldOut = heldOut;
  }

  /** The look with the lowest loss on the examples that are held out; undefined before there is one. */
  get best(): Look | undefined {
    return bestOf(this.looks);
  }

  /**
   * Trains to the last step. The next step begins when the consumer asks for the next event.
   * @throws DivergenceError when a step diverges, or has ruined the weights; those of the best look are then still there: `useBest`
   */
  async *run(options: RunOptions = {}): AsyncGenerator<TuningEvent, void, undefined> {
    checkOptions('SupervisedTuning.run', options, RUN_OPTIONS);
    const { trainer } = this;
    const { lookEvery = Math.max(1, Math.ceil(trainer.options.steps / LOOKS)), saveEvery = Infinity, signal } = options;
    if (!(Number.isSafeInteger(lookEvery) && lookEvery >= 1)) throw new RangeError(`SupervisedTuning.run: lookEvery is ${String(lookEvery)}; expected a whole number of at least 1.`);
    // A run that was stopped between a step and its look makes up for it.
    const isDue = (step: number): boolean => this.looks.at(-1)?.step !== step && (step % lookEvery === 0 || trainer.isDone);
    if (isDue(trainer.stepsDone)) yield await this.#look(signal);
    for await (const event of train(trainer, { saveEvery, ...(signal && { signal }) })) {
      if (event.type === 'validation') continue; // there is none: `train` was given nothing to evaluate
      yield event;
      if (event.type === 'step' && isDue(event.report.step)) yield await this.#look(signal);
    }
  }

  /**
   * Gives the model the trained weights of the best look. Without one, as where nothing is held out, it keeps those that it has.
   * @returns the look
   */
  useBest(): Look | undefined {
    const best = this.#best;
    if (best) for (const [name, tensor] of this.#trained()) tensor.set(best.get(name)!);
    return this.best;
  }

  /**
   * The bytes of a checkpoint: what is trained, the best of it so far, the optimizer's state, and the looks. It does not hold the base.
   * @param extra any JSON value; `restore` returns it
   * @throws DivergenceError when the weights are ruined
   */
  toCheckpoint(extra: unknown = null): Promise<Uint8Array> {
    const attached = new Map<string, AttachedTensor>();
    for (const [name, tensor] of this.#trained()) {
      const data = this.#best?.get(name);
      if (data) attached.set(`best/${name}`, { shape: tensor.shape, data });
    }
    return toCheckpoint(this.trainer, { looks: this.looks, extra }, { weights: 'trained', attached });
  }

  /**
   * Goes on from a checkpoint with the same bits. The tuning must be made as the saved one was: the same base, rows and options.
   * @returns the `extra` of `toCheckpoint`
   * @throws Error when the bytes are no such checkpoint, are damaged, or belong to another base, other rows or other options; nothing is
   * changed then
   */
  async restore(bytes: Uint8Array): Promise<unknown> {
    const { extra: outer, attached } = checkpointFacts(bytes);
    const { looks, extra } = Object(outer) as { looks?: unknown; extra?: unknown };
    if (!Array.isArray(looks) || !looks.every(isLook)) throw new Error('This checkpoint is not of a supervised tuning: it holds no looks. Use one that SupervisedTuning.toCheckpoint() wrote.');
    const trained = this.#trained();
    const best = new Map<string, Float32Array>();
    for (const [name, tensor] of trained) {
      const found = attached.get(`best/${name}`);
      if (found && found.data.length !== tensor.size) throw new Error(`The checkpoint holds the best weights of ${name} with ${found.data.length} numbers; expected ${tensor.size}.`);
      if (found) best.set(name, found.data);
    }
    if (best.size !== 0 && best.size !== trained.size) throw new Error(`The checkpoint holds the best weights of ${best.size} parameters; expected all ${trained.size} that are trained.`);
    await restoreTrained(this.trainer, bytes);
    this.looks.splice(0, this.looks.length, ...looks);
    this.#best = best.size === 0 ? undefined : best;
    return extra;
  }

  /** Frees the trainer; the model and the adapter stay. */
  dispose(): void {
    this.trainer.dispose();
    this.#best = undefined;
  }

  async #look(signal: AbortSignal | undefined): Promise<TuningEvent> {
    const { stepsDone } = this.trainer;
    const found = await look(this.model, stepsDone, this.#heldOut, signal).catch(async (error: unknown) => {
      // A step that ruins the weights looks normal itself: what is measured next shows it.
      if (stepsDone > 0 && !signal?.aborted) await this.trainer.checkWeights();
      throw error;
    });
    const before = this.best;
    this.looks.push(found);
    const isBest = this.best === found && before !== found;
    if (isBest) this.#best = new Map(await Promise.all([...this.#trained()].map(async ([name, tensor]) => [name, Float32Array.from(await tensor.data())] as const)));
    return { type: 'look', ...found, isBest };
  }

  #trained(): Map<string, Tensor> {
    return new Map([...this.model.namedParameters()].filter(([, { requiresGradient }]) => requiresGradient));
  }
}

function isLook(value: unknown): value is Look {
  const { step, task, base } = Object(value) as Partial<Record<keyof Look, unknown>>;
  const isLoss = (loss: unknown): boolean => loss === null || Number.isFinite(loss);
  return Number.isSafeInteger(step) && (step as number) >= 0 && isLoss(task) && isLoss(base);
}
