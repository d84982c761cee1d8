// One block of a Llama-shaped model, normalized before each part: x + attention(norm(x)), then x + feedForward(norm(x)).
import { MultiHeadAttention, type RotaryPositions } from '@kk/attention';
import { add, checkOptions, Module, RMSNorm, type CachePlaces, type Engine, type Layer, type Random, type Tensor } from '@kk/nn-core';
import { GatedFeedForward } from './gated-feed-forward.js';
import { attentionBiases, windowOf, type LlamaSizes } from './llama-config.js';

export interface LlamaBlockOptions {
  /** The index of the block, from 0. */
  layer: number;
  /** Shared by all blocks. */
  rotary: RotaryPositions;
  /** Standard deviation of the initial weights. */
  deviation: number;
}

export class LlamaBlock extends Module implements Layer {
  readonly attentionNorm: RMSNorm;
  readonly attention: MultiHeadAttention;
  readonly feedForwardNorm: RMSNorm;
  readonly feedForward: GatedFeedForward;

  constructor(engine: Engine, sizes: LlamaSizes, options: LlamaBlockOptions, random: Random) {
    checkOptions<LlamaBlockOptions>('LlamaBlock', options, { layer: 'required', rotary: 'required', deviation: 'required' });
    const { layer, rotary, deviation } = options;
    super();
    const { width, heads, keyValueHeads, headSize, layers, feedForwardWidth, feedForwardBias, normEpsilon } = sizes;
    // As in GPT-2: the residual stream is a sum of 2 * layers terms; this factor keeps its size near one.
    const projectionDeviation = deviation / Math.sqrt(2 * layers);
    const attention = { width, heads, keyValueHeads, headSize, rotary, causal: true, window: windowOf(sizes, layer), ...attentionBiases(sizes), deviation, projectionDeviation };
    this.attentionNorm = new RMSNorm(engine, width, normEpsilon);
    this.attention = new MultiHeadAttention(engine, attention, random);
    this.feedForwardNorm = new RMSNorm(engine, width, normEpsilon);
    this.feedForward = new GatedFeedForward(engine, { width, innerWidth: feedForwardWidth, bias: feedForwardBias, deviation, projectionDeviation }, random);
  }

  /** (batch, time, width) to the same shape. */
  forward(x: Tensor): Tensor {
    const y = add(x, this.attention.forward(this.attentionNorm.forward(x)));
    return add(y, this.feedForward.forward(this.feedForwardNorm.forward(y)));
  }

  /** Like `forward`, for new positions (1, rows, width) of the sequences in a cache; see `MultiHeadAttention`. No gradient, no dropout. */
  forwardCached(x: Tensor, cache: Tensor, places: CachePlaces): Tensor {
    const y = add(x, this.attention.forwardCached(this.attentionNorm.forward(x), cache, places));
    return add(y, this.feedForward.forward(this.feedForwardNorm.forward(y)));
  }
}
