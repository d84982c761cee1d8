// Goes from token ids through the blocks to logits, with and without a cache, as GPT and Llama do alike. They differ in how they embed
// the ids, in their blocks, and in what their cache holds for each position.
import { KeyValueCache, type KeyValueCacheOptions } from '@kk/attention';
import { checkOptions, checkpointActivations, crossEntropy, embedding, expectTensor, Module, reshape, type CachePlaces, type Engine, type Layer, type OptionNames, type Tensor } from '@kk/nn-core';
import type { CacheOptions, LanguageModel, NewTokens } from './language-model.js';

/** A block of such a model. */
export interface CausalBlock extends Layer {
  /** Like `forward`, for new positions (1, rows, width) of the sequences in a cache, of which this is the block's tensor. No gradient. */
  forwardCached(x: Tensor, cache: Tensor, places: CachePlaces): Tensor;
  parameters(): Tensor[];
}

const cacheOptions: OptionNames<CacheOptions> = { sequences: 'optional', capacity: 'optional' };

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

  /** What a cache for this model needs to know of it. */
  protected abstract readonly cacheSizes: Pick<KeyValueCacheOptions, 'layers' | 'width' | 'rotary'>;

  /**
   * The residual stream before the first block.
   * @param ids int32 (batch, time), which fit into the context
   * @param positions that of the first one, or int32 (batch, time): that of each
   * @returns (batch, time, width)
   */
  protected abstract embed(ids: Tensor, positions: number | Tensor): Tensor;

  /**
   * @param ids int32 (batch, time), time at most contextLength
   * @returns logits (batch, time, vocabSize): at each position the scores of the next token
   */
  forward(ids: Tensor): Tensor {
    return this.logits(this.stream(ids));
  }

  /**
   * The residual stream after the last block, before the final norm: what the logits are computed from.
   * @param ids int32 (batch, time), time at most contextLength
   * @returns (batch, time, width)
   */
  stream(ids: Tensor): Tensor {
    this.#checkIds(ids);
    let x = this.embed(ids, 0);
    if (this.dropout) x = this.dropout.forward(x);
    for (const block of this.blocks) {
      x = this.checkpointsActivations ? checkpointActivations((input) => block.forward(input), x, block.parameters()) : block.forward(x);
    }
    return x;
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
   * A cache without sequences, for `forwardCached`. It takes all its memory at once: `KeyValueCache.bytes`.
   * @throws RangeError when the capacity is above contextLength, or a size is no whole number of at least 1
   */
  createCache(options: CacheOptions = {}): KeyValueCache {
    checkOptions('createCache', options, cacheOptions);
    const { contextLength } = this.config;
    const { sequences = 1, capacity = contextLength } = options;
    if (capacity > contextLength) throw new RangeError(`${this.#name}: a cache for ${capacity} positions is asked for, but the context length is ${contextLength}: give a capacity of at most that.`);
    return new KeyValueCache(this.engine, { ...this.cacheSizes, sequences, capacity });
  }

  /**
   * Appends new tokens to one or more sequences of a cache, however many each of them gets: nothing is padded. No gradient, no dropout.
   * @param parts each sequence at most once, all of one cache
   * @returns the logits that are wanted, (rows, vocabSize): those of the first sequence, then those of the next one
   * @throws RangeError when there are no parts, or no ids in one of them, when an id is not in the vocabulary, or the cache has no room
   */
  forwardCached(parts: readonly NewTokens[]): Tensor {
    const { engine, blocks } = this;
    const cache = parts[0]?.sequence.cache;
    if (!cache) throw new RangeError(`${this.#name}: forwardCached got no sequences: give at least one.`);
    if (cache.layers.length !== blocks.length) throw new RangeError(`${this.#name}: this cache has ${cache.layers.length} layers, and the model ${blocks.length}: make one with createCache().`);
    const counts = parts.map(({ sequence, ids }) => ({ sequence, count: ids.length }));
    const rows = rowsWanted(parts);
    const logits = engine.noGradient(() =>
      engine.scope(() => {
        const places = cache.places(counts);
        const ids = engine.tensor(parts.flatMap((part) => Array.from(part.ids)), [1, places.rows], 'int32');
        let x = this.embed(ids, places.positions);
        blocks.forEach((block, layer) => (x = block.forwardCached(x, cache.layers[layer]!, places)));
        x = reshape(x, [places.rows, x.shape[2]!]);
        return this.logits(rows.length === places.rows ? x : embedding(engine.tensor(rows, [rows.length], 'int32'), x));
      }),
    );
    for (const { sequence, count } of counts) sequence.advance(count);
    return logits;
  }

  #checkIds(ids: Tensor): void {
    expectTensor(this.#name, ids);
    const [, time] = ids.shape;
    if (ids.rank !== 2 || time === 0) throw new RangeError(`${this.#name}: ids must have shape (batch, time) with time >= 1; got (${ids.shape.join(', ')}).`);
    if (time! > this.config.contextLength) {
      throw new RangeError(`${this.#name}: ${time!} positions do not fit into the context length ${this.config.contextLength}: give fewer tokens.`);
    }
  }
}

/** The rows whose logits are wanted, among the rows of all parts. */
function rowsWanted(parts: readonly NewTokens[]): number[] {
  const rows: number[] = [];
  let end = 0;
  for (const { ids, logits = 1 } of parts) {
    end += ids.length;
    if (!Number.isInteger(logits) || logits < 0 || logits > ids.length) throw new RangeError(`forwardCached: logits is ${String(logits)}; expected 0 to ${ids.length}, the number of new tokens.`);
    for (let row = end - logits; row < end; row++) rows.push(row);
  }
  return rows;
}
