// The fully connected layer: y = act(x W + b).
import type { Engine } from '../core/engine.js';
import { matmul, type Activation } from '../ops/matmul.js';
import { matmulInt8 } from '../ops/matmul-int8.js';
import type { QuantizedWeights } from '../quantization/quantized-matrix.js';
import type { Random } from '../random/random.js';
import type { Tensor } from '../core/tensor.js';
import { Module } from './module.js';

export interface LinearOptions {
  inputs: number;
  outputs: number;
  /** Default true. */
  bias?: boolean;
  activation?: Activation;
  /** Standard deviation of the initial weights, which are normal with mean 0. Default 1 / sqrt(inputs). */
  deviation?: number;
}

export class Linear extends Module {
  /** (inputs, outputs) */
  readonly weight: Tensor;
  /** (outputs), zero at first. */
  readonly bias: Tensor | undefined;
  readonly #activation: Activation;

  constructor(engine: Engine, options: LinearOptions, random: Random) {
    super();
    const { inputs, outputs, bias = true, activation = 'none', deviation = 1 / Math.sqrt(inputs) } = options;
    this.weight = engine.parameter(engine.randomNormal([inputs, outputs], random, 0, deviation));
    this.bias = bias ? engine.parameter(engine.zeros([outputs])) : undefined;
    this.#activation = activation;
  }

  /**
   * (..., inputs) to (..., outputs)
   * @param weights int8 copies: this layer's is used if it is among them, without gradient
   */
  forward(x: Tensor, weights?: QuantizedWeights): Tensor {
    const { bias } = this;
    const activation = this.#activation;
    const int8 = weights?.get(this.weight);
    return int8 ? matmulInt8(x, int8, { bias, activation }) : matmul(x, this.weight, { bias, activation });
  }
}
