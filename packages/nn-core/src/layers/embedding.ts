// A table with one learned vector for each id.
import type { Engine } from '../core/engine.js';
import { embedding } from '../ops/embedding.js';
import type { Random } from '@kk/random';
import type { Tensor } from '../core/tensor.js';
import type { Layer } from './layer.js';
import { Module } from './module.js';

export class Embedding extends Module implements Layer {
  /** (rows, width), normal with mean 0 at first. */
  readonly weight: Tensor;

  constructor(engine: Engine, options: { rows: number; width: number; deviation?: number }, random: Random) {
    super();
    const { rows, width, deviation = 0.02 } = options;
    this.weight = engine.parameter(engine.randomNormal([rows, width], random, 0, deviation));
  }

  /** int32 ids of any shape to (...shape, width). */
  forward(ids: Tensor): Tensor {
    return embedding(ids, this.weight);
  }
}
