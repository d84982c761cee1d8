// GPT-2's attention layer, causal multi-head self-attention: one product for query, key and value, fused attention, one product for the
// output.
import { attentionWeights, cachedAttention, Linear, Module, selfAttention, slice, type Engine, type Layer, type Random, type Tensor } from '@kk/nn-core';
import { joinHeads, splitQueryKeyValue } from './heads.js';
import type { KeyValueCache } from './key-value-cache.js';
import { causalMask } from './masks.js';
import { scaledDotProductAttention } from './scaled-dot-product.js';

export interface CausalSelfAttentionOptions {
  width: number;
  /** Must divide width. */
  heads: number;
  /** Share of attention weights to drop while training, default 0. Above 0, training takes the readable form, which stores them. */
  dropout?: number;
  /** Standard deviation of the initial query, key and value weights; default 0.02. */
  deviation?: number;
  /** The same for the output, which adds to the residual stream; default 0.02. */
  projectionDeviation?: number;
}

export class CausalSelfAttention extends Module implements Layer {
  /** From width to 3 * width. */
  queryKeyValue: Layer;
  /** From width to width. */
  projection: Layer;
  readonly heads: number;
  readonly #dropout: number;

  readonly #engine: Engine;

  constructor(
    engine: Engine,
    options: CausalSelfAttentionOptions,
    random: Random,
  ) {
    super();
    this.#engine = engine;
    const { width, heads, dropout = 0, deviation = 0.02, projectionDeviation = 0.02 } = options;
    if (!Number.isInteger(heads) || heads < 1 || width % heads !== 0) {
      throw new RangeError(`CausalSelfAttention: width ${width} cannot be split into ${heads} heads: choose a number of heads that divides it.`);
    }
    this.heads = heads;
    this.#dropout = dropout;
    this.queryKeyValue = new Linear(engine, { inputs: width, outputs: 3 * width, deviation }, random);
    this.projection = new Linear(engine, { inputs: width, outputs: width, deviation: projectionDeviation }, random);
  }

  /** (batch, time, width) to the same shape; each position sees itself and the past. */
  forward(x: Tensor): Tensor {
    const qkv = this.queryKeyValue.forward(x);
    if (this.training && this.#dropout > 0) {
      const mask = causalMask(this.#engine, x.shape[1]!);
      const [query, key, value] = splitQueryKeyValue(qkv, this.heads);
      return this.projection.forward(joinHeads(scaledDotProductAttention(query, key, value, { mask, dropout: this.#dropout }).output));
    }
    return this.projection.forward(selfAttention(qkv, { heads: this.heads, causal: true }));
  }

  /**
   * The same for new positions after those in the cache; `layer` says which of the cache's layers is this one's.
   * The caller advances `cache.length` once all layers have run. No gradient.
   */
  forwardCached(x: Tensor, cache: KeyValueCache, layer: number): Tensor {
    const y = cachedAttention(this.queryKeyValue.forward(x), cache.keys[layer]!, cache.values[layer]!, cache.length, { heads: this.heads });
    return this.projection.forward(y);
  }

  /** How much each head looks at each position: (batch, heads, time, time), rows sum to one, the future is 0. No gradient. */
  attentionWeights(x: Tensor): Tensor {
    const qkv = this.queryKeyValue.forward(x);
    const width = qkv.shape[2]! / 3;
    return attentionWeights(slice(qkv, -1, 0, width), slice(qkv, -1, width, width), { heads: this.heads, causal: true });
  }
}
