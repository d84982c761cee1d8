// GPT-2 (Radford et al. 2019): embeddings, blocks, a last normalization, and the embedding again as output layer.
import { KeyValueCache } from '@kk/attention';
import { OutputEmbedding, PositionEmbedding, TokenEmbedding } from '@kk/embeddings';
import { add, checkpointActivations, crossEntropy, Dropout, LayerNorm, Module, Random, slice, type Engine, type Layer, type Tensor } from '@kk/nn-core';
import { checkConfig, type GPTConfig } from './config.js';
import { TransformerBlock } from './transformer-block.js';

export class GPT extends Module {
  readonly tokens: TokenEmbedding;
  readonly positions: PositionEmbedding;
  readonly blocks: readonly TransformerBlock[];
  readonly finalNorm: LayerNorm;
  /** From width to vocabSize, with the table of the token embeddings. */
  outputEmbedding: Layer;
  /** After the embeddings. */
  readonly dropout: Dropout;
  /** Activation checkpointing: keep only the blocks' outputs and compute what is inside again for the gradient. */
  checkpointsActivations = false;

  /**
   * A model with random weights: normal with deviation 0.02, residual outputs 0.02 / sqrt(2 layers), biases 0.
   * @param options.seed whole number >= 0, default 0; the same seed gives the same weights
   * @param options.blank all of them 0 instead, for weights that are about to be loaded; default false
   * @throws RangeError when the sizes are impossible
   */
  constructor(
    readonly engine: Engine,
    readonly config: GPTConfig,
    options: { seed?: number; blank?: boolean } = {},
  ) {
    super();
    checkConfig(config);
    const { vocabSize, contextLength, layers, width, dropout, layerNormEpsilon } = config;
    const random = new Random(options.seed ?? 0);
    const deviation = options.blank ? 0 : 0.02;
    this.tokens = new TokenEmbedding(engine, { rows: vocabSize, width, deviation }, random);
    this.positions = new PositionEmbedding(engine, { rows: contextLength, width, deviation }, random);
    this.blocks = Array.from({ length: layers }, () => new TransformerBlock(engine, config, random, deviation));
    this.finalNorm = new LayerNorm(engine, width, layerNormEpsilon);
    this.outputEmbedding = new OutputEmbedding(this.tokens.weight);
    this.dropout = new Dropout(dropout);
  }

  /**
   * @param ids int32 (batch, time), time at most contextLength
   * @returns logits (batch, time, vocabSize): at each position the scores of the token that comes next
   */
  forward(ids: Tensor): Tensor {
    let x = this.dropout.forward(this.#embed(ids, 0));
    for (const block of this.blocks) {
      x = this.checkpointsActivations ? checkpointActivations((input) => block.forward(input), x, block.parameters()) : block.forward(x);
    }
    return this.outputEmbedding.forward(this.finalNorm.forward(x));
  }

  /**
   * The mean cross-entropy in nats over all targets that are not negative.
   * @param ids int32 (batch, time)
   * @param targets int32 (batch, time): at each position the token that follows, or a negative number to ignore it
   */
  loss(ids: Tensor, targets: Tensor): Tensor {
    return crossEntropy(this.forward(ids), targets);
  }

  /** An empty cache for `forwardCached`. */
  createCache(batch = 1): KeyValueCache {
    const { layers, contextLength, width } = this.config;
    return new KeyValueCache(this.engine, { layers, batch, capacity: contextLength, width });
  }

  /**
   * Logits after the last of some new tokens that follow those in the cache, which then holds them too. No gradient.
   * @param ids int32 (batch, count)
   * @param last after how many of the last tokens: from 1 to count
   * @returns (batch, last, vocabSize)
   * @throws RangeError when the cache has no room for them
   */
  forwardCached(ids: Tensor, cache: KeyValueCache, last = 1): Tensor {
    const count = ids.shape[1]!;
    let x = this.#embed(ids, cache.length);
    this.blocks.forEach((block, layer) => (x = block.forwardCached(x, cache, layer)));
    cache.length += count;
    return this.outputEmbedding.forward(this.finalNorm.forward(slice(x, 1, count - last, last)));
  }

  #embed(ids: Tensor, start: number): Tensor {
    const [, time] = ids.shape;
    if (ids.rank !== 2 || time === 0) throw new RangeError(`GPT: ids must have shape (batch, time) with time >= 1; got (${ids.shape.join(', ')}).`);
    if (start + time! > this.config.contextLength) {
      throw new RangeError(`GPT: ${start + time!} positions do not fit into the context length ${this.config.contextLength}: give fewer tokens.`);
    }
    return add(this.tokens.forward(ids), this.positions.at(start, time!));
  }
}
