// Adam with decoupled weight decay (Loshchilov and Hutter 2019).
import type { Tensor } from '../core/tensor.js';
import { checkSetting, Optimizer } from './optimizer.js';

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

export class AdamW extends Optimizer {
  learningRate: number;
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  readonly weightDecay: number;
  /** First and second moments, in the order of the parameters. */
  readonly firstMoments: readonly Tensor[];
  readonly secondMoments: readonly Tensor[];
  /** Steps taken so far. Set it together with the moments when a checkpoint is loaded. */
  stepCount = 0;
  readonly #settings: Tensor;
  readonly #decayFlags: readonly number[];

  constructor(parameters: readonly Tensor[], options: AdamWOptions = {}) {
    super(parameters);
    const { learningRate = 1e-3, betas = [0.9, 0.999], epsilon = 1e-8, weightDecay = 0.01, decays = (parameter) => parameter.rank >= 2 } = options;
    checkSetting('AdamW', 'learningRate', learningRate, 0, Infinity);
    checkSetting('AdamW', 'betas[0]', betas[0], 0, 1);
    checkSetting('AdamW', 'betas[1]', betas[1], 0, 1);
    checkSetting('AdamW', 'epsilon', epsilon, 0, Infinity);
    checkSetting('AdamW', 'weightDecay', weightDecay, 0, Infinity);
    this.learningRate = learningRate;
    this.betas = betas;
    this.epsilon = epsilon;
    this.weightDecay = weightDecay;
    this.firstMoments = parameters.map((parameter) => this.zerosLike(parameter));
    this.secondMoments = parameters.map((parameter) => this.zerosLike(parameter));
    this.#decayFlags = parameters.map((parameter) => Number(decays(parameter)));
    this.#settings = this.engine.keep(this.engine.zeros([7]));
  }

  prepare(learningRate?: number): void {
    this.stepCount++;
    this.#settings.set(this.#settingsAt(this.stepCount, learningRate));
  }

  /** The numbers that the kernel reads for step `step` (1 is the first): see `adamW` in backends/kernels.ts. */
  #settingsAt(step: number, learningRate = this.learningRate): number[] {
    const [beta1, beta2] = this.betas;
    return [learningRate, beta1, beta2, this.epsilon, this.weightDecay, 1 - beta1 ** step, 1 - beta2 ** step];
  }

  update(gradientFactor: Tensor | null = null): void {
    this.parameters.forEach((parameter, i) => {
      if (!parameter.gradient) return;
      const buffers = [parameter.gradient, gradientFactor, this.#settings, parameter, this.firstMoments[i]!, this.secondMoments[i]!];
      this.engine.run('adamW', buffers, [parameter.size, this.#decayFlags[i]!]);
    });
  }

  /** Frees the moments. */
  dispose(): void {
    this.zeroGradients();
    for (const tensor of [...this.firstMoments, ...this.secondMoments, this.#settings]) tensor.dispose();
  }
}
