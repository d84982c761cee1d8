// The architecture of most open models of today (Llama: Touvron et al. 2023; Mistral: Jiang et al. 2023; Qwen2: Yang et al. 2024). It is
// GPT-2 with rotary positions inside of attention, RMSNorm, SwiGLU, grouped heads of keys and values, few biases or none.
import { KeyValueCache, RotaryPositions } from '@kk/attention';
import { OutputEmbedding, TokenEmbedding } from '@kk/embeddings';
import { checkOptions, checkpointActivations, crossEntropy, expectTensor, Module, Random, RMSNorm, slice, type Engine, type Layer, type Tensor } from '@kk/nn-core';
import type { LanguageModel } from './language-model.js';
import { LlamaBlock } from './llama-block.js';
import { checkLlamaConfig, llamaSizes, type LlamaConfig } from './llama-config.js';

export class Llama extends Module implements LanguageModel {
  readonly tokens: TokenEmbedding;
  readonly blocks: readonly LlamaBlock[];
  readonly finalNorm: RMSNorm;
  /** From width to vocabSize, with a table of its own unless the config ties it to the token embeddings. */
  outputEmbedding: Layer;
  /** Activation checkpointing: keeps only the outputs of the blocks, and recomputes their inner results for the gradient. */
  checkpointsActivations = false;
  readonly #rotary: RotaryPositions;

  /**
   * A model with random weights: normal with deviation 0.02, residual outputs 0.02 / sqrt(2 layers), biases 0.
   * @param options.seed whole number >= 0, default 0; the same seed gives the same weights
   * @param options.blank all weights are 0 instead, because others will be loaded; default false
   * @throws RangeError when a size is invalid
   */
  constructor(
    readonly engine: Engine,
    readonly config: LlamaConfig,
    options: { seed?: number; blank?: boolean } = {},
  ) {
    super();
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

  /**
   * @param ids int32 (batch, time), time at most contextLength
   * @returns logits (batch, time, vocabSize): at each position the scores of the next token
   */
  forward(ids: Tensor): Tensor {
    let x = this.#embed(ids, 0);
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
    const { layers, contextLength, keyValueHeads, headSize } = llamaSizes(this.config);
    return new KeyValueCache(this.engine, { layers, batch, capacity: contextLength, width: keyValueHeads * headSize });
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

  /** Frees the weights, and the table of rotary positions. */
  override dispose(options: Parameters<Module['dispose']>[0] = {}): void {
    super.dispose(options);
    this.#rotary.dispose();
  }

  #embed(ids: Tensor, start: number): Tensor {
    expectTensor('Llama', ids);
    const [, time] = ids.shape;
    if (ids.rank !== 2 || time === 0) throw new RangeError(`Llama: ids must have shape (batch, time) with time >= 1; got (${ids.shape.join(', ')}).`);
    if (start + time! > this.config.contextLength) {
      throw new RangeError(`Llama: ${start + time!} positions do not fit into the context length ${this.config.contextLength}: give fewer tokens.`);
    }
    return this.tokens.forward(ids);
  }
}
