// Token embeddings: one learned vector for each entry of the vocabulary, looked up at the input and compared with at the output.
import { Embedding, matmul, Module, type Engine, type Layer, type Random, type Tensor } from '@kk/nn-core';

/** The input layer: looks up the vector of each token. */
export class TokenEmbedding extends Embedding {}

/**
 * The output layer: scores each token of the vocabulary by the dot product of its vector with x. It has its own table, or shares that of
 * the input, so that both learn the same vectors (Press and Wolf 2017, "Using the Output Embedding to Improve Language Models").
 */
export class OutputEmbedding extends Module implements Layer {
  /** (rows, width) */
  readonly weight: Tensor;

  /** @param weight (rows, width); pass the `weight` of a `TokenEmbedding` to tie both */
  constructor(weight: Tensor) {
    super();
    this.weight = weight;
  }

  /** An output layer with its own table, initialized from a normal distribution with mean 0. */
  static untied(engine: Engine, options: { rows: number; width: number; deviation?: number }, random: Random): OutputEmbedding {
    const { rows, width, deviation = 0.02 } = options;
    return new OutputEmbedding(engine.parameter(engine.randomNormal([rows, width], random, 0, deviation)));
  }

  /** (..., width) to logits (..., rows) */
  forward(x: Tensor): Tensor {
    return matmul(x, this.weight, { transposeB: true });
  }
}
