// Holds what all optimizers share: groups of parameters, their gradients, what is remembered of each parameter from step to step,
// and a small buffer of settings on the device for each group.
import { checkOptions, describe, type OptionNames } from '@kk/options';
import type { Engine } from '../core/engine.js';
import type { Tensor } from '../core/tensor.js';
import { trainableGroups, type Parameters } from './groups.js';

export interface StepOptions {
  /** Takes the place of the optimizer's learning rate in this step, for schedules; at least 0. Groups with a rate of their own are scaled with it. */
  learningRate?: number;
  /** A single number on the device that multiplies every gradient: from `clipFactor`. When it is negative, nothing changes. */
  gradientFactor?: Tensor | null;
}

const stepOptions: OptionNames<StepOptions> = { learningRate: 'optional', gradientFactor: 'optional' };

/** The settings that a group can have of its own, and how many numbers a kernel reads. */
export interface CommonSettings {
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** What an implementation says of itself. */
export interface OptimizerForm {
  /** For error messages. */
  readonly name: string;
  /** What is remembered of each parameter, in its shape: for example `velocity`. */
  readonly slots: readonly string[];
  /** How many numbers the kernel reads as its settings. */
  readonly settingsLength: number;
}

/** A parameter that is changed, with what is remembered of it. */
export interface TrainedParameter {
  readonly parameter: Tensor;
  /** In the order of the slots. */
  readonly state: readonly Tensor[];
}

interface Group {
  readonly trained: readonly TrainedParameter[];
  /** Undefined: the optimizer's. */
  readonly learningRate: number | undefined;
  readonly weightDecay: number;
  readonly settings: Tensor;
}

export abstract class Optimizer {
  /** The parameters that it changes, group by group; frozen ones are left out. */
  readonly parameters: readonly Tensor[];
  learningRate: number;
  /** Steps taken so far. Set it together with the tensors of `state()` when training goes on from a file. */
  stepCount = 0;
  protected readonly engine: Engine;
  readonly #form: OptimizerForm;
  readonly #groups: readonly Group[];
  /** The rate that the groups' own rates are in proportion to. */
  readonly #baseRate: number;
  /** Whether `prepare` was called since the last update: without it the settings on the device are zeros, or those of another step. */
  #isPrepared = false;

  constructor(form: OptimizerForm, given: Parameters, { learningRate, weightDecay }: CommonSettings) {
    const groups = trainableGroups(form.name, given);
    this.#form = form;
    this.learningRate = learningRate;
    this.#baseRate = learningRate;
    this.parameters = groups.flatMap(({ parameters }) => parameters);
    const { engine } = this.parameters[0]!;
    this.engine = engine;
    for (const settings of [{ learningRate, weightDecay }, ...groups]) {
      for (const name of ['learningRate', 'weightDecay'] as const) if (settings[name] !== undefined) checkSetting(form.name, name, settings[name], 0, Infinity);
    }
    const zerosLike = (parameter: Tensor): Tensor => engine.keep(engine.zeros(parameter.shape));
    this.#groups = groups.map((group) => ({
      trained: group.parameters.map((parameter) => ({ parameter, state: form.slots.map(() => zerosLike(parameter)) })),
      learningRate: group.learningRate,
      weightDecay: group.weightDecay ?? weightDecay,
      settings: engine.keep(engine.zeros([form.settingsLength])),
    }));
  }

  /** Changes every parameter that has a gradient: `prepare`, then `update`. */
  step(options: StepOptions = {}): void {
    checkOptions(`${this.#form.name}.step`, options, stepOptions);
    this.prepare(options.learningRate);
    this.update(options.gradientFactor ?? null);
  }

  /**
   * Counts the step and writes its settings to the device. With a captured step, call it before each replay.
   * @throws RangeError when the learning rate is negative or not finite, Error inside a captured step; the step is then not counted
   */
  prepare(learningRate = this.learningRate): void {
    checkSetting(this.#form.name, 'learningRate', learningRate, 0, Infinity);
    const rates = this.#groups.map((group) => this.#rateOf(group, learningRate));
    const step = this.stepCount + 1;
    this.#groups.forEach(({ settings, weightDecay }, i) => settings.set(this.settingsAt(step, { learningRate: rates[i]!, weightDecay })));
    this.stepCount = step;
    this.#isPrepared = true;
  }

  /**
   * Runs the kernels that change the parameters, with the settings of `prepare`: the part that can be captured.
   * @throws Error when `prepare` was not called since the last update; of a captured step, the replay throws it
   */
  update(gradientFactor: Tensor | null = null): void {
    const { capture } = this.engine;
    if (capture) capture.beforeReplay.add(this.#takePrepared);
    else this.#takePrepared();
    for (const { trained, settings, weightDecay } of this.#groups) {
      for (const one of trained) {
        const { gradient } = one.parameter;
        if (gradient) this.updateParameter(one, [gradient, gradientFactor, settings], weightDecay);
      }
    }
  }

  /**
   * What is remembered from step to step, which is all that a file needs besides the parameters and `stepCount`, under names
   * such as `velocity/blocks.0.attention.weight`. The tensors are the optimizer's own: read them with `data()`, restore with `set()`.
   * @param names of the parameters, as `namedParameters()` of a module gives them; by default their places in `parameters`
   * @throws RangeError when a parameter has no name, TypeError when names are no Map of parameters by name
   */
  state(names: ReadonlyMap<string, Tensor> = new Map(this.parameters.map((parameter, i) => [String(i), parameter]))): Map<string, Tensor> {
    if (!(names instanceof Map) || [...names.keys()].some((name) => typeof name !== 'string')) {
      throw new TypeError(`${this.#form.name}: state() got ${names instanceof Map ? 'a Map whose keys are no names' : describe(names)}; expected a Map from names to parameters: give module.namedParameters().`);
    }
    const nameOf = new Map([...names].map(([name, parameter]) => [parameter, name]));
    const found = new Map<string, Tensor>();
    for (const { parameter, state } of this.#groups.flatMap(({ trained }) => trained)) {
      const name = nameOf.get(parameter);
      if (name === undefined) throw new RangeError(`${this.#form.name}: ${parameter.toString()} is not among the names that state() was given: give names for all parameters.`);
      this.#form.slots.forEach((slot, i) => found.set(`${slot}/${name}`, state[i]!));
    }
    return found;
  }

  /** Frees all gradients. Call it after `step` and before the next `backward`, which adds to what is there. */
  zeroGradients(): void {
    for (const parameter of this.parameters) {
      parameter.gradient?.dispose();
      parameter.gradient = null;
    }
  }

  /** Frees the gradients and what was remembered. */
  dispose(): void {
    this.zeroGradients();
    for (const { trained, settings } of this.#groups) {
      settings.dispose();
      for (const { state } of trained) for (const tensor of state) tensor.dispose();
    }
  }

  /** The numbers that the kernel reads in step `step` (1 is the first). */
  protected abstract settingsAt(step: number, settings: CommonSettings): number[];

  /**
   * Runs the kernel on one parameter.
   * @param inputs its gradient, the factor or null, and the settings
   */
  protected abstract updateParameter(trained: TrainedParameter, inputs: readonly (Tensor | null)[], weightDecay: number): void;

  readonly #takePrepared = (): void => {
    if (!this.#isPrepared) {
      throw new Error(`${this.#form.name}: update() runs without a prepare() before it, so its settings are not those of this step: call optimizer.prepare() before each replay of a captured step, or optimizer.step() where nothing is captured.`);
    }
    this.#isPrepared = false;
  };

  #rateOf(group: Group, learningRate: number): number {
    if (group.learningRate === undefined) return learningRate;
    if (learningRate === this.#baseRate) return group.learningRate;
    if (this.#baseRate === 0) {
      throw new RangeError(`${this.#form.name}: the learning rate ${learningRate} has no proportion to the optimizer's, which is 0, so the rate of a group cannot be scaled: give the optimizer the schedule's highest rate.`);
    }
    return group.learningRate * (learningRate / this.#baseRate);
  }
}

/** Throws a RangeError unless the value is a number and lies in [from, below). */
export function checkSetting(optimizer: string, name: string, value: number, from: number, below: number): void {
  if (typeof value !== 'number' || !(value >= from && value < below)) { // as text, '0.1' passes the comparison
    throw new RangeError(`${optimizer}: ${name} is ${describe(value)}; expected ${below === Infinity ? `a finite number of at least ${from}` : `at least ${from} and below ${below}`}.`);
  }
}
