/** One transformer block: attention, then a small network for each position, each added to what came in. */
import { CausalSelfAttention, type KeyValueCache } from '@kk/attention';
import { add, Dropout, LayerNorm, Linear, Module, type Engine, type Random, type Tensor } from '@kk/nn-core';
import type { GPTConfig } from './config.js';

const DEVIATION = 0.02;

export class Block extends Module {
  readonly attentionNorm: LayerNorm;
  readonly attention: CausalSelfAttention;
  readonly networkNorm: LayerNorm;
  /** (width, 4 * width), with GELU */
  readonly networkIn: Linear;
  /** (4 * width, width) */
  readonly networkOut: Linear;
  private readonly dropout: Dropout;

  constructor(engine: Engine, config: GPTConfig, random: Random) {
    super();
    const { width, heads, layers, dropout, layerNormEpsilon } = config;
    // 2 * layers terms are added up in the residual stream; this keeps their sum at the size of one (Radford et al. 2019).
    const residualDeviation = DEVIATION / Math.sqrt(2 * layers);
    this.attentionNorm = new LayerNorm(engine, width, layerNormEpsilon);
    this.attention = new CausalSelfAttention(engine, { width, heads, dropout, deviation: DEVIATION, projectionDeviation: residualDeviation }, random);
    this.networkNorm = new LayerNorm(engine, width, layerNormEpsilon);
    this.networkIn = new Linear(engine, { inputs: width, outputs: 4 * width, activation: 'gelu', deviation: DEVIATION }, random);
    this.networkOut = new Linear(engine, { inputs: 4 * width, outputs: width, deviation: residualDeviation }, random);
    this.dropout = new Dropout(dropout);
  }

  /** (batch, time, width) to the same shape. */
  forward(x: Tensor): Tensor {
    return this.network(add(x, this.dropout.forward(this.attention.forward(this.attentionNorm.forward(x)))));
  }

  /** The same for new positions after those in the cache. */
  forwardCached(x: Tensor, cache: KeyValueCache, layer: number): Tensor {
    return this.network(add(x, this.attention.forwardCached(this.attentionNorm.forward(x), cache, layer)));
  }

  private network(x: Tensor): Tensor {
    return add(x, this.dropout.forward(this.networkOut.forward(this.networkIn.forward(this.networkNorm.forward(x)))));
  }
}
