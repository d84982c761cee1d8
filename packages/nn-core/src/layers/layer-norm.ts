// Layer normalization with a learned scale and shift.
import type { Engine } from '../core/engine.js';
import { expectEpsilon } from '../ops/shared/check.js';
import { layerNorm } from '../ops/normalize.js';
import type { Tensor } from '../core/tensor.js';
import { expectEngine, expectSizes } from './check.js';
import type { Layer } from './layer.js';
import { Module } from './module.js';

export class LayerNorm extends Module implements Layer {
  /** (width), one at first. */
  readonly weight: Tensor;
  /** (width), zero at first. */
  readonly bias: Tensor;

  readonly #epsilon: number;

  /** @throws TypeError without an engine; RangeError when width is no whole number of 1 or more, or epsilon is negative */
  constructor(engine: Engine, width: number, epsilon = 1e-5) {
    super();
    expectEngine('LayerNorm', engine);
    expectSizes('LayerNorm', { width });
    expectEpsilon('LayerNorm', epsilon);
    this.#epsilon = epsilon;
    this.weight = engine.parameter(engine.full([width], 1));
    this.bias = engine.parameter(engine.zeros([width]));
  }

  /** (..., width) to the same shape. */
  forward(x: Tensor): Tensor {
    return layerNorm(x, this.weight, this.bias, this.#epsilon);
  }
}
