// Stochastic gradient descent with momentum, as in PyTorch.
import type { Tensor } from '../core/tensor.js';
import type { Parameters } from './groups.js';
import { checkSetting, Optimizer, type CommonSettings, type TrainedParameter } from './optimizer.js';

export interface SGDOptions {
  learningRate: number;
  /** Default 0. */
  momentum?: number;
  /** Added to the gradient as weightDecay * parameter; default 0. */
  weightDecay?: number;
}

export class SGD extends Optimizer {
  readonly #momentum: number;

  /**
   * @param parameters those of a model, or groups with rates and decays of their own; frozen ones are left out
   * @throws RangeError when a setting is out of range; TypeError when something is no parameter
   */
  constructor(parameters: Parameters, { learningRate, momentum = 0, weightDecay = 0 }: SGDOptions) {
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
