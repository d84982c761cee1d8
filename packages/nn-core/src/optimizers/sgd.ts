// Stochastic gradient descent with momentum, as in PyTorch.
import type { Tensor } from '../core/tensor.js';
import { checkSetting, Optimizer } from './optimizer.js';

export interface SGDOptions {
  learningRate: number;
  /** Default 0. */
  momentum?: number;
  /** Added to the gradient as weightDecay * parameter; default 0. */
  weightDecay?: number;
}

export class SGD extends Optimizer {
  learningRate: number;
  readonly #momentum: number;
  readonly #weightDecay: number;
  readonly #velocities: readonly Tensor[];
  readonly #settings: Tensor;

  constructor(parameters: readonly Tensor[], options: SGDOptions) {
    super(parameters);
    const { learningRate, momentum = 0, weightDecay = 0 } = options;
    checkSetting('SGD', 'learningRate', learningRate, 0, Infinity);
    checkSetting('SGD', 'momentum', momentum, 0, 1);
    checkSetting('SGD', 'weightDecay', weightDecay, 0, Infinity);
    this.learningRate = learningRate;
    this.#momentum = momentum;
    this.#weightDecay = weightDecay;
    this.#velocities = parameters.map((parameter) => this.zerosLike(parameter));
    this.#settings = this.engine.keep(this.engine.zeros([3]));
  }

  prepare(learningRate = this.learningRate): void {
    this.#settings.set([learningRate, this.#momentum, this.#weightDecay]);
  }

  update(gradientFactor: Tensor | null = null): void {
    this.parameters.forEach((parameter, i) => {
      if (!parameter.gradient) return;
      const buffers = [parameter.gradient, gradientFactor, this.#settings, parameter, this.#velocities[i]!];
      this.engine.run('sgd', buffers, [parameter.size, Number(this.#weightDecay > 0)]);
    });
  }

  /** Frees the velocities. */
  dispose(): void {
    this.zeroGradients();
    for (const tensor of [...this.#velocities, this.#settings]) tensor.dispose();
  }
}
