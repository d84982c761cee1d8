// GPT-2 (Radford et al. 2019): embeddings, blocks, a final normalization, and the token embeddings again as output layer.
import { OutputEmbedding, PositionEmbedding, TokenEmbedding } from '@kk/embeddings';
import { add, checkOptions, Dropout, LayerNorm, Random, type Engine, type Layer, type Tensor } from '@kk/nn-core';
import { CausalTransformer } from './causal-transformer.js';
import { checkConfig, dropoutsOf, type GPTConfig } from './config.js';
import { TransformerBlock } from './transformer-block.js';

export class GPT extends CausalTransformer<GPTConfig> {
  override readonly tokens: TokenEmbedding;
  readonly positions: PositionEmbedding;
  override readonly blocks: readonly TransformerBlock[];
  override readonly finalNorm: LayerNorm;
  /** From width to vocabSize, with the table of the token embeddings unless the config unties them. */
  override outputEmbedding: Layer;
  /** After the embeddings. */
  override readonly dropout: Dropout;

  /**
   * A model with random weights: normal with deviation 0.02, residual outputs 0.02 / sqrt(2 layers), biases 0.
   * @param options.seed whole number >= 0, default 0; the same seed gives the same weights
   * @param options.blank all weights are 0 instead, because others will be loaded; default false
   * @throws RangeError when a size is invalid
   */
  constructor(
    engine: Engine,
    config: GPTConfig,
    options: { seed?: number; blank?: boolean } = {},
  ) {
    super('GPT', engine, config);
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

  protected override get cacheSizes(): { layers: number; width: number } {
    const { layers, width } = this.config;
    return { layers, width };
  }

  protected override embed(ids: Tensor, positions: number | Tensor): Tensor {
    return add(this.tokens.forward(ids), typeof positions === 'number' ? this.positions.at(positions, ids.shape[1]!) : this.positions.forward(positions));
  }
}
