// GPT-2 (Radford et al. 2019): embeddings, blocks, a final normalization, and the token embeddings again as output layer.
import { KeyValueCache } from '@kk/attention';
import { OutputEmbedding, PositionEmbedding, TokenEmbedding } from '@kk/embeddings';
import { add, checkOptions, checkpointActivations, crossEntropy, Dropout, expectTensor, LayerNorm, Module, Random, slice, type Engine, type Layer, type Tensor } from '@kk/nn-core';
import { checkConfig, dropoutsOf, type GPTConfig } from './config.js';
import { TransformerBlock } from './transformer-block.js';

export class GPT extends Module {
  readonly tokens: TokenEmbedding;
  readonly positions: PositionEmbedding;
  readonly blocks: readonly TransformerBlock[];
  readonly finalNorm: LayerNorm;
  /** From width to vocabSize, with the table of the token embeddings unless the config unties them. */
  outputEmbedding: Layer;
  /** After the embeddings. */
  readonly dropout: Dropout;
  /** Activation checkpointing: keeps only the outputs of the blocks, and recomputes their inner results for the gradient. */
  checkpointsActivations = false;

  /**
   * A model with random weights: normal with deviation 0.02, residual outputs 0.02 / sqrt(2 layers), biases 0.
   * @param options.seed whole number >= 0, default 0; the same seed gives the same weights
   * @param options.blank all weights are 0 instead, because others will be loaded; default false
   * @throws RangeError when a size is invalid
   */
  constructor(
    readonly engine: Engine,
    readonly config: GPTConfig,
    options: { seed?: number; blank?: boolean } = {},
  ) {
    super();
    checkConfig(config);
    checkOptions('GPT', options, { seed: 'optional', blank: 'flag' });
    const { vocabSize, contextLength, layers, width, layerNormEpsilon, tiedEmbeddings = true } = config;
    const random = new Random(options.seed ?? 0);
    const deviation = options.blank ? 0 : 0.02;
    this.tokens = new TokenEmbedding(engine, { rows: vocabSize, width, deviation }, random);
    this.positions = new PositionEmbedding(engine, { rows: contextLength, width, deviation }, random);
    this.blocks = Array.from({ length: layers }, () => new TransformerBlock(engine, config, random, deviation));
    this.finalNorm = new LayerNorm(engine, width, layerNormEpsilon);
    this.outputEmbedding = tiedEmbeddings ? new OutputEmbedding(this.tokens.weight) : OutputEmbedding.untied(engine, { rows: vocabSize, width, deviation }, random);
    this.dropout = new Dropout(dropoutsOf(config).embedding);
  }

  /**
   * @param ids int32 (batch, time), time at most contextLength
   * @returns logits (batch, time, vocabSize): at each position the scores of the next token
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
   * @param targets int32 (batch, time): at each position the next token, or a negative number to ignore the position
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
   * Logits after the last of several new tokens that follow those in the cache. The new tokens are added to the cache. No gradient.
   * @param ids int32 (batch, count)
   * @param last the number of last tokens to return logits for: from 1 to count
   * @returns (batch, last, vocabSize)
   * @throws RangeError when the cache is too small for them
   */
  forwardCached(ids: Tensor, cache: KeyValueCache, last = 1): Tensor {
    let x = this.#embed(ids, cache.length);
    const count = ids.shape[1]!;
    this.blocks.forEach((block, layer) => (x = block.forwardCached(x, cache, layer)));
    cache.length += count;
    return this.outputEmbedding.forward(this.finalNorm.forward(slice(x, 1, count - last, last)));
  }

  #embed(ids: Tensor, start: number): Tensor {
    expectTensor('GPT', ids);
    const [, time] = ids.shape;
    if (ids.rank !== 2 || time === 0) throw new RangeError(`GPT: ids must have shape (batch, time) with time >= 1; got (${ids.shape.join(', ')}).`);
    if (start + time! > this.config.contextLength) {
      throw new RangeError(`GPT: ${start + time!} positions do not fit into the context length ${this.config.contextLength}: give fewer tokens.`);
    }
    return add(this.tokens.forward(ids), this.positions.at(start, time!));
  }
}
