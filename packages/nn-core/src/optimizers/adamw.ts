// Optimizes by Adam with decoupled weight decay (Loshchilov and Hutter 2019).
import { checkOptions, describe, type OptionNames } from '@kk/options';
import type { Tensor } from '../core/tensor.js';
import type { Parameters } from './groups.js';
import { checkSetting, Optimizer, type CommonSettings, type TrainedParameter } from './optimizer.js';

export interface AdamWOptions {
  /** Default 1e-3. */
  learningRate?: number;
  /** Decay rates of the two moments, default [0.9, 0.999]. */
  betas?: readonly [number, number];
  /** Default 1e-8. */
  epsilon?: number;
  /** Default 0.01. */
  weightDecay?: number;
  /** Which parameters decay; by default those of rank >= 2: matrices and embeddings, not biases and scales. */
  decays?: (parameter: Tensor) => boolean;
}

const adamWOptions: OptionNames<AdamWOptions> = { learningRate: 'optional', betas: 'optional', epsilon: 'optional', weightDecay: 'optional', decays: 'optional' };

export class AdamW extends Optimizer {
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  readonly #decays: (parameter: Tensor) => boolean;

  /**
   * @param parameters those of a model, or groups with rates and decays of their own; frozen ones are left out
   * @throws RangeError when a setting is out of range; TypeError when something is no parameter, or an option is unknown
   */
  constructor(parameters: Parameters, options: AdamWOptions = {}) {
    checkOptions('AdamW', options, adamWOptions);
    const { learningRate = 1e-3, betas = [0.9, 0.999], epsilon = 1e-8, weightDecay = 0.01, decays = (parameter) => parameter.rank >= 2 } = options;
    if (!Array.isArray(betas)) throw new TypeError(`AdamW: betas are ${describe(betas)}; expected two numbers, such as [0.9, 0.999].`);
    checkSetting('AdamW', 'betas[0]', betas[0], 0, 1);
    checkSetting('AdamW', 'betas[1]', betas[1], 0, 1);
    checkSetting('AdamW', 'epsilon', epsilon, 0, Infinity);
    super({ name: 'AdamW', slots: ['firstMoment', 'secondMoment'], settingsLength: 9 }, parameters, { learningRate, weightDecay });
    this.betas = betas;
    this.epsilon = epsilon;
    this.#decays = decays;
  }

  /** See `adamW` in backends/kernels.ts. All differences are computed here: in float32, 1 - 0.999 is off by 1e-5 of itself. */
  protected settingsAt(step: number, { learningRate, weightDecay }: CommonSettings): number[] {
    const [beta1, beta2] = this.betas;
    return [learningRate, beta1, beta2, this.epsilon, weightDecay, 1 - beta1 ** step, 1 - beta2 ** step, 1 - beta1, 1 - beta2];
  }

  protected updateParameter({ parameter, state }: TrainedParameter, inputs: readonly (Tensor | null)[]): void {
    this.engine.run('adamW', [...inputs, parameter, ...state], [parameter.size, Number(this.#decays(parameter))]);
  }
}
