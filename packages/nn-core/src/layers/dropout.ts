// Dropout that is active only while training.
import { dropout } from '../ops/dropout.js';
import { expectProbability } from '../ops/shared/check.js';
import type { Tensor } from '../core/tensor.js';
import type { Layer } from './layer.js';
import { Module } from './module.js';

export class Dropout extends Module implements Layer {
  /** @param probability share of elements set to zero, at least 0 and below 1 */
  constructor(readonly probability: number) {
    super();
    expectProbability('Dropout', probability);
  }

  forward(x: Tensor): Tensor {
    return this.training ? dropout(x, this.probability) : x;
  }
}
