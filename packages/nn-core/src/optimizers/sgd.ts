// Optimizes by stochastic gradient descent with momentum, as in PyTorch.
import { checkOptions, type OptionNames } from '@kk/options';
import type { Tensor } from '../core/tensor.js';
import type { Parameters } from './groups.js';
import { checkSetting, Optimizer, type CommonSettings, type TrainedParameter } from './optimizer.js';

export interface SGDOptions {
  /** There is no default: rates that train well differ too much from model to model. */
  learningRate: number;
  /** Default 0. */
  momentum?: number;
  /** Added to the gradient as weightDecay * parameter; default 0. */
  weightDecay?: number;
}

const sgdOptions: OptionNames<SGDOptions> = { learningRate: 'required', momentum: 'optional', weightDecay: 'optional' };

export class SGD extends Optimizer {
  readonly #momentum: number;

  /**
   * @param parameters those of a model, or groups with rates and decays of their own; frozen ones are left out
   * @throws RangeError when a setting is out of range; TypeError when something is no parameter, an option is unknown, or the learning rate is missing
   */
  constructor(parameters: Parameters, options: SGDOptions) {
    checkOptions('SGD', options, sgdOptions);
    const { learningRate, momentum = 0, weightDecay = 0 } = options;
    checkSetting('SGD', 'momentum', momentum, 0, 1);
    super({ name: 'SGD', slots: ['velocity'], settingsLength: 3 }, parameters, { learningRate, weightDecay });
    this.#momentum = momentum;
  }

  protected settingsAt(_step: number, { learningRate, weightDecay }: CommonSettings): number[] {
    return [learningRate, this.#momentum, weightDecay];
  }

  protected updateParameter({ parameter, state }: TrainedParameter, inputs: readonly (Tensor | null)[], weightDecay: number): void {
    this.engine.run('sgd', [...inputs, parameter, ...state], [parameter.size, Number(weightDecay > 0)]);
  }
}
