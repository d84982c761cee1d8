// One transformer block, normalized before each part as in GPT-2: x + attention(norm(x)), then x + feedForward(norm(x)).
import { CausalSelfAttention } from '@kk/attention';
import { add, Dropout, LayerNorm, Module, type CachePlaces, type Engine, type Layer, type Random, type Tensor } from '@kk/nn-core';
import { dropoutsOf, type GPTConfig } from './config.js';
import { FeedForward } from './feed-forward.js';

export class TransformerBlock extends Module implements Layer {
  readonly attentionNorm: LayerNorm;
  readonly attention: CausalSelfAttention;
  readonly feedForwardNorm: LayerNorm;
  readonly feedForward: FeedForward;
  /** Before each residual sum. */
  readonly dropout: Dropout;

  /** @param deviation standard deviation of the initial weights */
  constructor(engine: Engine, config: GPTConfig, random: Random, deviation: number) {
    super();
    const { width, heads, layers, layerNormEpsilon, activation } = config;
    const dropouts = dropoutsOf(config);
    // The residual stream is a sum of 2 * layers terms; this factor keeps its size near one (Radford et al. 2019).
    const projectionDeviation = deviation / Math.sqrt(2 * layers);
    this.attentionNorm = new LayerNorm(engine, width, layerNormEpsilon);
    this.attention = new CausalSelfAttention(engine, { width, heads, dropout: dropouts.attention, deviation, projectionDeviation }, random);
    this.feedForwardNorm = new LayerNorm(engine, width, layerNormEpsilon);
    this.feedForward = new FeedForward(engine, { width, activation, deviation, projectionDeviation }, random);
    this.dropout = new Dropout(dropouts.residual);
  }

  /** (batch, time, width) to the same shape. */
  forward(x: Tensor): Tensor {
    const y = add(x, this.dropout.forward(this.attention.forward(this.attentionNorm.forward(x))));
    return add(y, this.dropout.forward(this.feedForward.forward(this.feedForwardNorm.forward(y))));
  }

  /** Like `forward`, for new positions (1, rows, width) of the sequences in a cache; see `CausalSelfAttention`. No gradient, no dropout. */
  forwardCached(x: Tensor, cache: Tensor, places: CachePlaces): Tensor {
    const y = add(x, this.attention.forwardCached(this.attentionNorm.forward(x), cache, places));
    return add(y, this.feedForward.forward(this.feedForwardNorm.forward(y)));
  }
}
