// Root-mean-square normalization with a learned scale, as in Llama: layer normalization without mean and shift.
import type { Engine } from '../core/engine.js';
import { expectEpsilon } from '../ops/shared/check.js';
import { rmsNorm } from '../ops/normalize.js';
import type { Tensor } from '../core/tensor.js';
import { expectEngine, expectSizes } from './check.js';
import type { Layer } from './layer.js';
import { Module } from './module.js';

export class RMSNorm extends Module implements Layer {
  /** (width), one at first. */
  readonly weight: Tensor;

  readonly #epsilon: number;

  /** @throws TypeError without an engine; RangeError when width is no whole number of 1 or more, or epsilon is negative */
  constructor(engine: Engine, width: number, epsilon = 1e-6) {
    super();
    expectEngine('RMSNorm', engine);
    expectSizes('RMSNorm', { width });
    expectEpsilon('RMSNorm', epsilon);
    this.#epsilon = epsilon;
    this.weight = engine.parameter(engine.full([width], 1));
  }

  /** (..., width) to the same shape. */
  forward(x: Tensor): Tensor {
    return rmsNorm(x, this.weight, this.#epsilon);
  }
}
