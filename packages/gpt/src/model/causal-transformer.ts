// What GPT and Llama share: the way from token ids through the blocks to logits, with and without a cache. They differ in how they embed
// the ids, in their blocks, and in what their cache holds for each position.
import type { KeyValueCache } from '@kk/attention';
import { checkpointActivations, crossEntropy, expectTensor, Module, slice, type Engine, type Layer, type Tensor } from '@kk/nn-core';
import type { LanguageModel } from './language-model.js';

/** A block of such a model. */
export interface CausalBlock extends Layer {
  /** Like `forward`, for new positions after those in the cache. No gradient. */
  forwardCached(x: Tensor, cache: KeyValueCache, layer: number): Tensor;
  parameters(): Tensor[];
}

export abstract class CausalTransformer<Config extends LanguageModel['config'] = LanguageModel['config']> extends Module implements LanguageModel {
  abstract readonly tokens: Layer;
  abstract readonly blocks: readonly CausalBlock[];
  abstract readonly finalNorm: Layer;
  /** From width to vocabSize. */
  abstract outputEmbedding: Layer;
  /** After the embeddings, in training. */
  declare readonly dropout?: Layer;
  /** Activation checkpointing: keeps only the outputs of the blocks, and recomputes their inner results for the gradient. */
  checkpointsActivations = false;
  readonly #name: string;

  /** @param name what errors call the model */
  constructor(
    name: string,
    readonly engine: Engine,
    readonly config: Config,
  ) {
    super();
    this.#name = name;
  }

  /** An empty cache for `forwardCached`. */
  abstract createCache(batch?: number): KeyValueCache;

  /**
   * The residual stream before the first block.
   * @param ids int32 (batch, time), which fit into the context
   * @param start the position of the first one
   * @returns (batch, time, width)
   */
  protected abstract embed(ids: Tensor, start: number): Tensor;

  /**
   * @param ids int32 (batch, time), time at most contextLength
   * @returns logits (batch, time, vocabSize): at each position the scores of the next token
   */
  forward(ids: Tensor): Tensor {
    this.#checkIds(ids, 0);
    let x = this.embed(ids, 0);
    if (this.dropout) x = this.dropout.forward(x);
    for (const block of this.blocks) {
      x = this.checkpointsActivations ? checkpointActivations((input) => block.forward(input), x, block.parameters()) : block.forward(x);
    }
    return this.logits(x);
  }

  /** The final norm and the output layer: the residual stream (..., width) to logits (..., vocabSize). */
  logits(stream: Tensor): Tensor {
    return this.outputEmbedding.forward(this.finalNorm.forward(stream));
  }

  /**
   * The mean cross-entropy in nats over all targets that are not negative.
   * @param ids int32 (batch, time)
   * @param targets int32 (batch, time): at each position the next token, or a negative number to ignore the position
   */
  loss(ids: Tensor, targets: Tensor): Tensor {
    return crossEntropy(this.forward(ids), targets);
  }

  /**
   * Logits after the last of several new tokens that follow those in the cache. The new tokens are added to the cache. No gradient.
   * @param ids int32 (batch, count)
   * @param last the number of last tokens to return logits for: from 1 to count
   * @returns (batch, last, vocabSize)
   * @throws RangeError when the cache is too small for them
   */
  forwardCached(ids: Tensor, cache: KeyValueCache, last = 1): Tensor {
    this.#checkIds(ids, cache.length);
    let x = this.embed(ids, cache.length);
    const count = ids.shape[1]!;
    this.blocks.forEach((block, layer) => (x = block.forwardCached(x, cache, layer)));
    cache.length += count;
    return this.logits(slice(x, 1, count - last, last));
  }

  #checkIds(ids: Tensor, start: number): void {
    expectTensor(this.#name, ids);
    const [, time] = ids.shape;
    if (ids.rank !== 2 || time === 0) throw new RangeError(`${this.#name}: ids must have shape (batch, time) with time >= 1; got (${ids.shape.join(', ')}).`);
    if (start + time! > this.config.contextLength) {
      throw new RangeError(`${this.#name}: ${start + time!} positions do not fit into the context length ${this.config.contextLength}: give fewer tokens.`);
    }
  }
}
