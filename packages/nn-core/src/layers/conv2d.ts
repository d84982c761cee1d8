// The convolution layer: the same small kernel at every place of an image.
import type { Engine } from '../core/engine.js';
import type { Tensor } from '../core/tensor.js';
import { conv2d, type Conv2dOptions } from '../ops/conv2d.js';
import type { Random } from '@kk/random';
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

export class Conv2d extends Module implements Layer {
  /** (kernel, kernel, inputs, outputs) */
  readonly weight: Tensor;
  /** (outputs), zero at first. */
  readonly bias: Tensor | undefined;
  readonly #options: Conv2dOptions;

  constructor(engine: Engine, options: Conv2dLayerOptions, random: Random) {
    super();
    const { inputs, outputs, kernel, bias = true, deviation = 1 / Math.sqrt(kernel * kernel * inputs), ...rest } = options;
    this.weight = engine.parameter(engine.randomNormal([kernel, kernel, inputs, outputs], random, 0, deviation));
    this.bias = bias ? engine.parameter(engine.zeros([outputs])) : undefined;
    this.#options = rest;
  }

  /** (batch, height, width, inputs) to (batch, outHeight, outWidth, outputs) */
  forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, { ...this.#options, bias: this.bias });
  }
}
