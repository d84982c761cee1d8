// What all optimizers share: a list of parameters, their gradients, and a small buffer of settings on the device.
import type { Engine } from '../core/engine.js';
import type { Tensor } from '../core/tensor.js';

export interface StepOptions {
  /** Overrides the learning rate for this step, for schedules. */
  learningRate?: number;
  /** A single number on the device that multiplies every gradient: from `clipFactor`. */
  gradientFactor?: Tensor | null;
}

export abstract class Optimizer {
  protected readonly engine: Engine;

  constructor(readonly parameters: readonly Tensor[]) {
    const [first] = parameters;
    if (!first) throw new RangeError('An optimizer needs at least one parameter.');
    const wrong = parameters.find((parameter) => !parameter.requiresGradient || !parameter.isLeaf);
    if (wrong) throw new TypeError(`An optimizer changes parameters only; ${wrong.toString()} is none: make it with engine.parameter().`);
    this.engine = first.engine;
  }

  /** Changes every parameter that has a gradient: `prepare`, then `update`. */
  step(options: StepOptions = {}): void {
    this.prepare(options.learningRate);
    this.update(options.gradientFactor ?? null);
  }

  /** Counts the step and writes its settings to the device. With a captured step, call it before each replay. */
  abstract prepare(learningRate?: number): void;

  /** Runs the kernels that change the parameters, with the settings prepared last: the part that can be captured. */
  abstract update(gradientFactor?: Tensor | null): void;

  /** Frees all gradients. Call it after `step` and before the next `backward`, which adds to what is there. */
  zeroGradients(): void {
    for (const parameter of this.parameters) {
      parameter.gradient?.dispose();
      parameter.gradient = null;
    }
  }

  /** Zeros of the parameter's shape that live as long as the optimizer. */
  protected zerosLike(parameter: Tensor): Tensor {
    return this.engine.keep(this.engine.zeros(parameter.shape));
  }
}

/** Throws a RangeError unless the value lies in [from, below). */
export function checkSetting(optimizer: string, name: string, value: number, from: number, below: number): void {
  if (!(value >= from && value < below)) {
    throw new RangeError(`${optimizer}: ${name} is ${value}; expected at least ${from}${below === Infinity ? '' : ` and below ${below}`}.`);
  }
}
