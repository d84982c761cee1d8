// The fully connected layer with int8 weights, which takes the place of a `Linear` for generation and evaluation.
import { checkOptions, type OptionNames } from '@kk/options';
import type { Tensor } from '../core/tensor.js';
import type { Layer } from '../layers/layer.js';
import type { Linear } from '../layers/linear.js';
import { Module } from '../layers/module.js';
import type { Activation } from '../ops/shared/fused-activation.js';
import { matmulInt8 } from '../ops/matmul-int8.js';
import { QuantizedMatrix } from './quantized-matrix.js';

export interface QuantizedLinearOptions {
  /** (outputs), in float32. */
  bias?: Tensor | undefined;
  /** Default none. */
  activation?: Activation;
}

const quantizedLinearOptions: OptionNames<QuantizedLinearOptions> = { bias: 'optional', activation: 'optional' };

export class QuantizedLinear extends Module implements Layer {
  readonly weight: QuantizedMatrix;
  /** (outputs), in float32. */
  readonly bias: Tensor | undefined;
  readonly activation: Activation;

  constructor(weight: QuantizedMatrix, options: QuantizedLinearOptions = {}) {
    super();
    checkOptions('QuantizedLinear', options, quantizedLinearOptions);
    this.weight = weight;
    this.bias = options.bias;
    this.activation = options.activation ?? 'none';
  }

  /**
   * The layer with its weights as they are now, rounded to int8. The bias is the layer's own.
   * @throws RangeError when a weight is not finite
   */
  static async of({ weight, bias, activation }: Linear): Promise<QuantizedLinear> {
    return new QuantizedLinear(await QuantizedMatrix.of(weight), { bias, activation });
  }

  /** (..., inputs) to (..., outputs); no gradient: call it inside `engine.noGradient()`. */
  forward(x: Tensor): Tensor {
    const { weight, bias, activation } = this;
    return matmulInt8(x, weight, { bias, activation });
  }
}
