// The convolution layer: the same small kernel at every place of an image.
import { checkOptions, type OptionNames } from '@kk/options';
import type { Engine } from '../core/engine.js';
import type { Tensor } from '../core/tensor.js';
import { conv2d, type Conv2dOptions } from '../ops/conv2d.js';
import { activationCode } from '../ops/shared/fused-activation.js';
import { checkConvolution } from '../ops/shared/images.js';
import type { Random } from '@kk/random';
import { expectEngine, expectRandom, expectSizes } from './check.js';
import type { Layer } from './layer.js';
import { Module } from './module.js';

export interface Conv2dLayerOptions extends Omit<Conv2dOptions, 'bias'> {
  /** Channels of the images that come in: 1 for gray, 3 for red, green and blue. */
  inputs: number;
  /** Channels of the images that go out. */
  outputs: number;
  /** Height and width of the kernel. */
  kernel: number;
  /** Default true. */
  bias?: boolean;
  /** Standard deviation of the initial weights, which are normal with mean 0. Default 1 / sqrt(kernel * kernel * inputs). */
  deviation?: number;
}

const conv2dLayerOptions: OptionNames<Conv2dLayerOptions> = {
  inputs: 'required', outputs: 'required', kernel: 'required', bias: 'flag', activation: 'optional', stride: 'optional', padding: 'optional', dilation: 'optional', deviation: 'optional',
};

export class Conv2d extends Module implements Layer {
  /** (kernel, kernel, inputs, outputs) */
  readonly weight: Tensor;
  /** (outputs), zero at first. */
  readonly bias: Tensor | undefined;
  readonly #options: Conv2dOptions;

  /** @throws TypeError when an argument or an option is missing or unknown; RangeError when a number is out of range */
  constructor(engine: Engine, options: Conv2dLayerOptions, random: Random) {
    super();
    expectEngine('Conv2d', engine);
    checkOptions('Conv2d', options, conv2dLayerOptions);
    expectRandom('Conv2d', random);
    const { inputs, outputs, kernel, bias = true, deviation = 1 / Math.sqrt(kernel * kernel * inputs), ...rest } = options;
    expectSizes('Conv2d', { inputs, outputs, kernel });
    checkConvolution('Conv2d', kernel, rest);
    activationCode('Conv2d', rest.activation ?? 'none'); // throws where there is none of that name
    this.weight = engine.parameter(engine.randomNormal([kernel, kernel, inputs, outputs], random, 0, deviation));
    this.bias = bias ? engine.parameter(engine.zeros([outputs])) : undefined;
    this.#options = rest;
  }

  /** (batch, height, width, inputs) to (batch, outHeight, outWidth, outputs) */
  forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, { ...this.#options, bias: this.bias });
  }
}
