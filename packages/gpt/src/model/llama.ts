// The architecture of most open models of today (Llama: Touvron et al. 2023; Mistral: Jiang et al. 2023; Qwen2: Yang et al. 2024). It is
// GPT-2 with rotary positions inside of attention, RMSNorm, SwiGLU, grouped heads of keys and values, few biases or none.
import { RotaryPositions } from '@kk/attention';
import { OutputEmbedding, TokenEmbedding } from '@kk/embeddings';
import { checkOptions, Random, RMSNorm, type Engine, type Layer, type Module, type Tensor } from '@kk/nn-core';
import { CausalTransformer } from './causal-transformer.js';
import { LlamaBlock } from './llama-block.js';
import { checkLlamaConfig, llamaSizes, type LlamaConfig } from './llama-config.js';

export class Llama extends CausalTransformer<LlamaConfig> {
  override readonly tokens: TokenEmbedding;
  override readonly blocks: readonly LlamaBlock[];
  override readonly finalNorm: RMSNorm;
  /** From width to vocabSize, with a table of its own unless the config ties it to the token embeddings. */
  override outputEmbedding: Layer;
  readonly #rotary: RotaryPositions;

  /**
   * A model with random weights: normal with deviation 0.02, residual outputs 0.02 / sqrt(2 layers), biases 0.
   * @param options.seed whole number >= 0, default 0; the same seed gives the same weights
   * @param options.blank all weights are 0 instead, because others will be loaded; default false
   * @throws RangeError when a size is invalid
   */
  constructor(
    engine: Engine,
    config: LlamaConfig,
    options: { seed?: number; blank?: boolean } = {},
  ) {
    super('Llama', engine, config);
    checkLlamaConfig(config);
    checkOptions('Llama', options, { seed: 'optional', blank: 'flag' });
    const sizes = llamaSizes(config);
    const { vocabSize, contextLength, layers, width, headSize, rotaryBase, rotaryScaling, normEpsilon } = sizes;
    const random = new Random(options.seed ?? 0);
    const deviation = options.blank ? 0 : 0.02;
    const rotary = new RotaryPositions(engine, { headSize, contextLength, base: rotaryBase, ...(rotaryScaling && { scaling: rotaryScaling }) });
    this.#rotary = rotary;
    this.tokens = new TokenEmbedding(engine, { rows: vocabSize, width, deviation }, random);
    this.blocks = Array.from({ length: layers }, (_, layer) => new LlamaBlock(engine, sizes, { layer, rotary, deviation }, random));
    this.finalNorm = new RMSNorm(engine, width, normEpsilon);
    this.outputEmbedding = sizes.tiedEmbeddings ? new OutputEmbedding(this.tokens.weight) : OutputEmbedding.untied(engine, { rows: vocabSize, width, deviation }, random);
  }

  protected override get cacheSizes(): { layers: number; width: number; rotary: RotaryPositions } {
    const { layers, keyValueHeads, headSize } = llamaSizes(this.config);
    return { layers, width: keyValueHeads * headSize, rotary: this.#rotary };
  }

  /** Frees the weights, and the table of rotary positions. */
  override dispose(options: Parameters<Module['dispose']>[0] = {}): void {
    super.dispose(options);
    this.#rotary.dispose();
  }

  /** Positions come in only inside of attention. */
  protected override embed(ids: Tensor): Tensor {
    return this.tokens.forward(ids);
  }
}
