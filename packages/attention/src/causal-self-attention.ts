// GPT-2's attention layer, causal multi-head self-attention: one product for query, key and value, fused attention, one product for the
// output.
import { attentionWeights, cachedAttention, checkOptions, Linear, Module, selfAttention, slice, type CachePlaces, type Engine, type Layer, type OptionNames, type Random, type Tensor } from '@kk/nn-core';

export interface CausalSelfAttentionOptions {
  width: number;
  /** The number of heads; must divide width. */
  heads: number;
  /** Probability of dropping an attention weight in training, default 0. */
  dropout?: number;
  /** Standard deviation of the initial query, key and value weights; default 0.02. */
  deviation?: number;
  /** The same for the output projection, which adds to the residual stream; default 0.02. */
  projectionDeviation?: number;
}

const OPTIONS: OptionNames<CausalSelfAttentionOptions> = { width: 'required', heads: 'required', dropout: 'optional', deviation: 'optional', projectionDeviation: 'optional' };

export class CausalSelfAttention extends Module implements Layer {
  /** From width to 3 * width. */
  queryKeyValue: Layer;
  /** From width to width. */
  projection: Layer;
  readonly heads: number;
  readonly #dropout: number;

  /** @throws RangeError when the heads do not fit the width; TypeError when an option is unknown or missing */
  constructor(
    engine: Engine,
    options: CausalSelfAttentionOptions,
    random: Random,
  ) {
    super();
    checkOptions('CausalSelfAttention', options, OPTIONS);
    const { width, heads, dropout = 0, deviation = 0.02, projectionDeviation = 0.02 } = options;
    if (!Number.isInteger(heads) || heads < 1 || width % heads !== 0) {
      throw new RangeError(`CausalSelfAttention: width ${width} cannot be split into ${heads} heads: choose a number of heads that divides it.`);
    }
    this.heads = heads;
    this.#dropout = dropout;
    this.queryKeyValue = new Linear(engine, { inputs: width, outputs: 3 * width, deviation }, random);
    this.projection = new Linear(engine, { inputs: width, outputs: width, deviation: projectionDeviation }, random);
  }

  /** (batch, time, width) to the same shape; each position attends to itself and earlier ones. */
  forward(x: Tensor): Tensor {
    const qkv = this.queryKeyValue.forward(x);
    return this.projection.forward(selfAttention(qkv, { heads: this.heads, causal: true, dropout: this.training ? this.#dropout : 0 }));
  }

  /**
   * Like `forward`, for new positions of the sequences in a cache, whose keys and values it appends. No gradient.
   * @param x (1, rows, width): all new positions, sequence after sequence
   * @param cache this layer's tensor of a `KeyValueCache`
   * @param places where the rows belong: `KeyValueCache.places`
   */
  forwardCached(x: Tensor, cache: Tensor, places: CachePlaces): Tensor {
    return this.projection.forward(cachedAttention(this.queryKeyValue.forward(x), cache, places, { heads: this.heads }));
  }

  /** The attention weights of each head: (batch, heads, time, time). Rows sum to one; later positions have 0. No gradient. */
  attentionWeights(x: Tensor): Tensor {
    const qkv = this.queryKeyValue.forward(x);
    const width = qkv.shape[2]! / 3;
    return attentionWeights(slice(qkv, -1, 0, width), slice(qkv, -1, width, width), { heads: this.heads, causal: true });
  }
}
