// Runs a tuning of a model: it trains, looks at what is held out on the way, keeps the best weights, and goes on from checkpoints.
import { checkpointFacts, restoreTrained, toCheckpoint, train, type AttachedTensor, type BatchArrays, type Steppable, type TaskStepReport, type TaskTrainer, type TrainingEvent } from '@kk/gpt';
import { checkOptions, type Module, type OptionNames, type Tensor } from '@kk/nn-core';

export interface RunOptions {
  /** Steps between two looks at what is held out. Default: a tenth of the steps. The weights after the last step are always looked at. */
  lookEvery?: number;
  /** Steps between two checkpoints. Default: only the end. */
  saveEvery?: number;
  /** Stops between two steps or in a look; the run then throws the signal's reason. */
  signal?: AbortSignal;
}

const RUN_OPTIONS: OptionNames<RunOptions> = { lookEvery: 'optional', saveEvery: 'optional', signal: 'optional' };

const LOOKS = 10;

/** `look` comes before the first step, every `lookEvery` steps, and after the last one; a `save` of the same step comes after it. */
export type EventOf<Report extends TaskStepReport, L> = Exclude<TrainingEvent<Report>, { readonly type: 'validation' }> | ({ readonly type: 'look' } & L & { readonly isBest: boolean });

/** What a tuning's checkpoints and errors say of its kind. */
export interface TuningKind<L> {
  /** The name of its class. */
  readonly name: string;
  /** As in "not of a supervised tuning". */
  readonly title: string;
  /** The loss of a look, of which the lowest is the best; null where nothing was measured. */
  readonly lossOf: (look: L) => number | null;
  /** Whether what a checkpoint holds is a look. */
  readonly isLook: (value: unknown) => value is L;
}

/** `More` are events that only some tunings have. */
export abstract class Tuning<M extends Module, L extends { readonly step: number }, Report extends TaskStepReport, B extends BatchArrays, More = never> {
  abstract readonly trainer: TaskTrainer<M, B> & Steppable<Report>;
  /** Everything that was measured, by steps. */
  readonly looks: L[] = [];
  readonly #kind: TuningKind<L>;
  #best: Map<string, Float32Array> | undefined;

  protected constructor(
    readonly model: M,
    kind: TuningKind<L>,
  ) {
    this.#kind = kind;
  }

  /** Measures what is held out. */
  protected abstract measure(step: number, signal: AbortSignal | undefined): Promise<L>;

  /** What belongs to a run besides the trainer's options, as a checkpoint keeps it: it has to be the same where the run goes on. */
  protected readonly taskFacts: string | undefined;

  /** The look with the lowest loss on what is held out, the earliest of equal ones; undefined before there is one. That before the first step does not count. */
  get best(): L | undefined {
    const { lossOf } = this.#kind;
    return this.looks.filter((one) => one.step > 0 && lossOf(one) !== null).reduce<L | undefined>((best, one) => (best === undefined || lossOf(one)! < lossOf(best)! ? one : best), undefined);
  }

  /** Whether the best look has a lower loss than that before the first step. */
  get hasImproved(): boolean {
    const { lossOf } = this.#kind;
    const [first] = this.looks;
    const { best } = this;
    return first !== undefined && best !== undefined && lossOf(best)! < (lossOf(first) ?? Infinity);
  }

  /**
   * Trains to the last step. The next step begins when the consumer asks for the next event.
   * @throws DivergenceError when a step diverges, or has ruined the weights; those of the best look are then still there: `useBest`
   */
  run(options: RunOptions = {}): AsyncGenerator<EventOf<Report, L> | More, void, undefined> {
    return this.events(options);
  }

  /** What every tuning's run does. */
  protected async *events(options: RunOptions): AsyncGenerator<EventOf<Report, L>, void, undefined> {
    const { name } = this.#kind;
    checkOptions(`${name}.run`, options, RUN_OPTIONS);
    const { trainer } = this;
    const { lookEvery = Math.max(1, Math.ceil(trainer.options.steps / LOOKS)), saveEvery = Infinity, signal } = options;
    if (!(Number.isSafeInteger(lookEvery) && lookEvery >= 1)) throw new RangeError(`${name}.run: lookEvery is ${String(lookEvery)}; expected a whole number of at least 1.`);
    // A run that was stopped between a step and its look makes up for it.
    const isDue = (step: number): boolean => this.looks.at(-1)?.step !== step && (step % lookEvery === 0 || trainer.isDone);
    if (isDue(trainer.stepsDone)) yield await this.look(signal);
    for await (const event of train<Report>(trainer, { saveEvery, ...(signal && { signal }) })) {
      if (event.type === 'validation') continue; // there is none: `train` was given nothing to evaluate
      yield event;
      if (event.type === 'step' && isDue(event.report.step)) yield await this.look(signal);
    }
  }

  /**
   * Gives the model the trained weights of the best look. Without one, as where nothing is held out, it keeps those that it has.
   * @returns the look
   */
  useBest(): L | undefined {
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
    return toCheckpoint(this.trainer, { looks: this.looks, extra, ...(this.taskFacts !== undefined && { task: this.taskFacts }) }, { weights: 'trained', attached });
  }

  /**
   * Goes on from a checkpoint with the same bits. The tuning must be made as the saved one was: the same base, rows and options.
   * @returns the `extra` of `toCheckpoint`
   * @throws Error when the bytes are no such checkpoint, are damaged, or belong to another base, other rows or other options; nothing is
   * changed then
   */
  async restore(bytes: Uint8Array): Promise<unknown> {
    const { name: owner, title, isLook } = this.#kind;
    const { extra: outer, attached } = checkpointFacts(bytes);
    const { looks, extra, task } = Object(outer) as { looks?: unknown; extra?: unknown; task?: unknown };
    if (!Array.isArray(looks) || !looks.every(isLook)) throw new Error(`This checkpoint is not of a ${title}: it holds no looks. Use one that ${owner}.toCheckpoint() wrote.`);
    if (task !== this.taskFacts) throw new Error(`The checkpoint was trained on ${String(task ?? 'another task')}, and this ${title} is on ${String(this.taskFacts)}: give the same data, loss and reference, or start a new run.`);
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

  /** Measures the weights as they are now, and keeps them if they are the best so far. */
  protected async look(signal: AbortSignal | undefined): Promise<EventOf<Report, L>> {
    const { stepsDone } = this.trainer;
    const found = await this.measure(stepsDone, signal).catch(async (error: unknown) => {
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
