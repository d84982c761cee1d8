// One transformer block: attention, then a small network for each position, each added to what came in.
import { CausalSelfAttention, type KeyValueCache } from '@kk/attention';
import { add, Dropout, LayerNorm, Linear, Module, type Engine, type QuantizedWeights, type Random, type Tensor } from '@kk/nn-core';
import type { GPTConfig } from './config.js';

export class Block extends Module {
  readonly attentionNorm: LayerNorm;
  readonly attention: CausalSelfAttention;
  readonly networkNorm: LayerNorm;
  /** (width, 4 * width), with GELU */
  readonly networkIn: Linear;
  /** (4 * width, width) */
  readonly networkOut: Linear;
  readonly dropout: Dropout;

  /** @param deviation standard deviation of the initial weights */
  constructor(engine: Engine, config: GPTConfig, random: Random, deviation: number) {
    super();
    const { width, heads, layers, dropout, layerNormEpsilon } = config;
    // 2 * layers terms are added up in the residual stream; this keeps their sum at the size of one (Radford et al. 2019).
    const residualDeviation = deviation / Math.sqrt(2 * layers);
    this.attentionNorm = new LayerNorm(engine, width, layerNormEpsilon);
    this.attention = new CausalSelfAttention(engine, { width, heads, dropout, deviation, projectionDeviation: residualDeviation }, random);
    this.networkNorm = new LayerNorm(engine, width, layerNormEpsilon);
    this.networkIn = new Linear(engine, { inputs: width, outputs: 4 * width, activation: 'gelu', deviation }, random);
    this.networkOut = new Linear(engine, { inputs: 4 * width, outputs: width, deviation: residualDeviation }, random);
    this.dropout = new Dropout(dropout);
  }

  /**
   * (batch, time, width) to the same shape.
   * @param weights int8 copies to compute with instead of the block's own matrices, without gradient
   */
  forward(x: Tensor, weights?: QuantizedWeights): Tensor {
    return this.#network(add(x, this.dropout.forward(this.attention.forward(this.attentionNorm.forward(x), weights))), weights);
  }

  /** The same for new positions after those in the cache. */
  forwardCached(x: Tensor, cache: KeyValueCache, layer: number, weights?: QuantizedWeights): Tensor {
    return this.#network(add(x, this.attention.forwardCached(this.attentionNorm.forward(x), cache, layer, weights)), weights);
  }

  #network(x: Tensor, weights?: QuantizedWeights): Tensor {
    const inner = this.networkIn.forward(this.networkNorm.forward(x), weights);
    return add(x, this.dropout.forward(this.networkOut.forward(inner, weights)));
  }
}
