// Declares the layers for images that learn nothing: pooling, and what makes a row of numbers out of an image.
import { checkOptions, type NoOptions } from '@kk/options';
import type { Tensor } from '../core/tensor.js';
import { averagePool2d, maxPool2d, type PoolingOptions } from '../ops/pooling.js';
import { reshape } from '../ops/shape.js';
import { checkPooling } from '../ops/shared/images.js';
import type { Layer } from './layer.js';
import { Module } from './module.js';

export class MaxPool2d extends Module implements Layer {
  constructor(readonly options: PoolingOptions) {
    super();
    checkPooling('MaxPool2d', options);
  }

  /** (batch, height, width, channels) to (batch, outHeight, outWidth, channels) */
  forward(x: Tensor): Tensor {
    return maxPool2d(x, this.options);
  }
}

export class AveragePool2d extends Module implements Layer {
  constructor(readonly options: PoolingOptions) {
    super();
    checkPooling('AveragePool2d', options);
  }

  /** (batch, height, width, channels) to (batch, outHeight, outWidth, channels) */
  forward(x: Tensor): Tensor {
    return averagePool2d(x, this.options);
  }
}

export class Flatten extends Module implements Layer {
  /** @throws TypeError when an option is given: there are none */
  constructor(options: NoOptions = {}) {
    super();
    checkOptions('Flatten', options, {});
  }

  /** (batch, ...) to (batch, the product of all other sizes) */
  forward(x: Tensor): Tensor {
    return reshape(x, [x.shape[0] ?? 1, -1]);
  }
}
