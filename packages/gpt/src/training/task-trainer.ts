// A trainer for any task. `Trainer` is the one for pretraining.
import { checkOptions, warmupCosine, type Engine, type Module, type OptionNames, type Optimizer, type Tensor } from '@kk/nn-core';
import { DivergenceError, isSound } from './divergence-error.js';
import { yieldToEventLoop } from './event-loop.js';
import { makeOptimizer } from './make-optimizer.js';
import { checkTrainingOptions, defaultTrainingOptions, trainingOptionNames, withDefaults, type TrainingOptions } from './options.js';
import { StepRunner } from './step-runner.js';
import type { BatchArrays, TrainingTask } from './task.js';

export interface TaskStepReport {
  /** The number of this step, from 1. */
  readonly step: number;
  /** Mean loss over all targets of the step, before the weights changed. */
  readonly loss: number;
  /** Global norm of the gradients before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly seconds: number;
  /** What the task measures, by names: means over all targets of the step, before the weights changed. Absent where it measures nothing. */
  readonly measures?: Readonly<Record<string, number>>;
}

export interface TaskTrainerMode {
  /**
   * Computes each step operation by operation, with tensors and a tape, instead of replaying a captured plan. The numbers are the same; it
   * is slower, but can be stepped through in a debugger. Default false. Captured steps need a plan for each combination of batch shapes,
   * and the last eight are kept: if shapes differ in every step, use eager steps.
   */
  eager?: boolean;
}

export class TaskTrainer<M extends Module = Module, B extends BatchArrays = BatchArrays> {
  /** The names of the options and of the modes. A subclass with more of them has lists of its own. */
  protected static readonly optionNames: OptionNames<Partial<TrainingOptions>> = trainingOptionNames;
  protected static readonly modeNames: OptionNames<TaskTrainerMode> = { eager: 'flag' };

  readonly options: TrainingOptions;
  readonly optimizer: Optimizer;
  readonly engine: Engine;
  readonly #runner: StepRunner<B>;
  /** The parameters that were frozen when the optimizer was made. */
  readonly #frozen: readonly Tensor[];
  #stepsDone = 0;

  /**
   * @param model its parameters that are not frozen are trained; other parameters that the loss uses do not change
   * @param options default `defaultTrainingOptions`
   * @throws RangeError when an option is invalid, or no parameter is trainable; TypeError when an option is unknown
   */
  constructor(
    readonly model: M,
    readonly task: TrainingTask<B>,
    options: Partial<TrainingOptions> = {},
    mode: TaskTrainerMode = {},
  ) {
    checkOptions('Trainer', options, new.target.optionNames);
    checkOptions('Trainer: its modes', mode, new.target.modeNames);
    this.options = withDefaults(defaultTrainingOptions, options);
    checkTrainingOptions(this.options);
    const { maximumGradientNorm, maximumLoss = Infinity } = this.options;
    this.optimizer = makeOptimizer(model, this.options);
    this.#frozen = model.parameters().filter(({ requiresGradient }) => !requiresGradient);
    this.engine = this.optimizer.parameters[0]!.engine;
    this.#runner = new StepRunner(task, { engine: this.engine, model, optimizer: this.optimizer, maximumGradientNorm, maximumLoss, eager: mode.eager ?? false });
  }

  /** The number of steps done; a checkpoint sets it. */
  get stepsDone(): number {
    return this.#stepsDone;
  }

  set stepsDone(steps: number) {
    this.#stepsDone = steps;
    this.optimizer.stepCount = steps;
  }

  get isDone(): boolean {
    return this.stepsDone >= this.options.steps;
  }

  /** The bytes that the activations and gradients of the captured steps share; 0 before the first step and in eager mode. */
  get arenaBytes(): number {
    return this.#runner.arenaBytes;
  }

  /**
   * Runs one step: its batches, their loss, all gradients, clipping, the optimizer.
   * @throws DivergenceError when the loss or the norm of the gradients is not finite, or the loss above `maximumLoss`; the
   *   weights and the optimizer are then as they were before the step, and the step is not counted
   * @throws RangeError when all steps are done; Error when parameters were freed, frozen or unfrozen since the trainer was made
   */
  async step(): Promise<TaskStepReport> {
    const started = performance.now();
    const { steps, warmupSteps, learningRate: maximum, minimumLearningRate: minimum, maximumLoss = Infinity, maximumGradientNorm } = this.options;
    if (this.isDone) throw new RangeError(`Trainer: all ${steps} steps of this run are done; expected no more: ask isDone before step(), or go on from a checkpoint with changes: { steps } above ${steps}.`);
    this.#requireParameters();
    const step = this.stepsDone;
    const learningRate = warmupCosine(step, { maximum, minimum, warmupSteps, totalSteps: steps });
    const batches = await this.#batchesOf(step);
    this.engine.dropoutState.begin(this.options.seed, step);
    this.optimizer.prepare(learningRate);
    try {
      const { loss, sumOfSquares, measures } = await this.#runner.run(batches);
      const gradientNorm = Math.sqrt(sumOfSquares);
      if (!isSound(loss, sumOfSquares, maximumLoss)) {
        const layer = await this.#divergingLayer(batches);
        throw new DivergenceError({ step: step + 1, loss, gradientNorm, maximumLoss, maximumGradientNorm, layer }, `The step was not made: the weights are those after step ${step}.`);
      }
      this.stepsDone = step + 1;
      await yieldToEventLoop();
      return { step: step + 1, loss, gradientNorm, learningRate, seconds: (performance.now() - started) / 1000, ...(measures && { measures }) };
    } catch (error) {
      // Remove all traces of the failed step: its count, and the gradients of the batches that succeeded.
      this.optimizer.stepCount = this.stepsDone;
      this.optimizer.zeroGradients();
      throw error;
    }
  }

  /**
   * Checks that the weights are worth saving: that the loss of the last batch is still finite and within its bound. A step that ruins the
   * weights looks normal itself; only the next one would show it.
   * @throws DivergenceError when the loss is not
   */
  async checkWeights(): Promise<void> {
    this.#requireParameters();
    const { maximumLoss = Infinity, maximumGradientNorm } = this.options;
    const batches = await this.#batchesOf(Math.max(0, this.stepsDone - 1));
    const loss = await this.#runner.lossOf(batches[0]!);
    if (!isSound(loss, 0, maximumLoss)) {
      const layer = await this.#divergingLayer(batches);
      throw new DivergenceError({ step: this.stepsDone, loss, maximumLoss, maximumGradientNorm, layer }, 'The weights after it are ruined and are not saved.');
    }
  }

  /** Frees the optimizer's memory and the plans; the model stays. */
  dispose(): void {
    this.#runner.dispose();
    this.optimizer.dispose();
  }

  /** Replays of a captured step would go on with matrices that the model no longer has, and train what was frozen since. */
  #requireParameters(): void {
    const { parameters } = this.optimizer;
    if ([...parameters, ...this.#frozen].some(({ isDisposed }) => isDisposed)) {
      throw new Error('The trainer cannot go on: parameters of its model were freed, as quantizeModel(), resizeVocabulary() and dispose() do. Train first, or make a trainer for a model that has its parameters.');
    }
    const changed = parameters.find(({ requiresGradient }) => !requiresGradient) ?? this.#frozen.find(({ requiresGradient }) => requiresGradient);
    if (!changed) return;
    const name = [...this.model.namedParameters()].find(([, parameter]) => parameter === changed)?.[0] ?? changed.toString();
    const what = changed.requiresGradient ? 'unfrozen' : 'frozen';
    throw new Error(`Trainer: ${name} was ${what} after the trainer was made, which has no effect on it: freeze first, then make the trainer.`);
  }

  async #batchesOf(step: number): Promise<readonly B[]> {
    const given = await this.task.batch(step);
    const batches = Array.isArray(given) ? (given as readonly B[]) : [given as B];
    if (batches.length === 0) throw new RangeError(`batch(${step}) of the training task gave an empty list; expected at least one batch.`);
    return batches;
  }

  /**
   * The first parameter whose gradient is not finite; if there is none, the one with the largest gradient; undefined if that cannot be
   * determined.
   */
  async #divergingLayer(batches: readonly B[]): Promise<string | undefined> {
    this.engine.dropoutState.begin(this.options.seed, this.stepsDone);
    let norms: Map<Tensor, number>;
    try {
      norms = await this.#runner.gradientNorms(batches);
    } catch {
      this.optimizer.zeroGradients();
      return undefined; // for example if there is too little memory for an eager step; then only the divergence is reported
    }
    let greatest: { name: string; norm: number } | undefined;
    for (const [name, parameter] of this.model.namedParameters()) {
      const norm = norms.get(parameter);
      if (norm === undefined) continue;
      if (!Number.isFinite(norm)) return name;
      if (!greatest || norm > greatest.norm) greatest = { name, norm };
    }
    return greatest?.name;
  }
}
