// A table with one learned vector for each id.
import { checkOptions, type OptionNames } from '@kk/options';
import type { Engine } from '../core/engine.js';
import { embedding } from '../ops/embedding.js';
import type { Random } from '@kk/random';
import type { Tensor } from '../core/tensor.js';
import { expectEngine, expectRandom, expectSizes } from './check.js';
import type { Layer } from './layer.js';
import { Module } from './module.js';

export interface EmbeddingOptions {
  /** How many ids there are. */
  rows: number;
  /** How many numbers stand for each. */
  width: number;
  /** Standard deviation of the initial vectors, which are normal with mean 0. Default 0.02. */
  deviation?: number;
}

const embeddingOptions: OptionNames<EmbeddingOptions> = { rows: 'required', width: 'required', deviation: 'optional' };

export class Embedding extends Module implements Layer {
  /** (rows, width), normal with mean 0 at first. */
  readonly weight: Tensor;

  /** @throws TypeError when an argument or an option is missing or unknown; RangeError when a size is no whole number of 1 or more */
  constructor(engine: Engine, options: EmbeddingOptions, random: Random) {
    super();
    expectEngine('Embedding', engine);
    checkOptions('Embedding', options, embeddingOptions);
    expectRandom('Embedding', random);
    const { rows, width, deviation = 0.02 } = options;
    expectSizes('Embedding', { rows, width });
    this.weight = engine.parameter(engine.randomNormal([rows, width], random, 0, deviation));
  }

  /** int32 ids of any shape to (...shape, width). */
  forward(ids: Tensor): Tensor {
    return embedding(ids, this.weight);
  }
}
