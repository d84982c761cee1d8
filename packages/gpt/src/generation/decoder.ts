// A model as a `NextTokenModel`: returns the logits of the next token for the ids so far, or those after each of several further ids.
//
// It caches the keys and values of earlier ids. If the next context begins with the last one, as in generation, only the new tokens are
// computed.
import type { CachedSequence, KeyValueCache } from '@kk/attention';
import { checkOptions } from '@kk/nn-core';
import type { ManyPositionsModel } from '@kk/sampler';
import type { LanguageModel } from '../model/language-model.js';

export interface DecoderOptions {
  /**
   * How many of the last tokens to keep when the context exceeds the model's context length. The default is the context length itself:
   * every token sees as far back as possible, but everything is recomputed each time. With half of it, the last half is read again once in
   * contextLength / 2 tokens: sliding costs about one more position for each token.
   */
  keepOnOverflow?: number;
}

export class Decoder implements ManyPositionsModel {
  readonly vocabSize: number;
  readonly #cache: KeyValueCache;
  readonly #sequence: CachedSequence;
  readonly #keepOnOverflow: number;
  /** The ids in the cache, and their start in the caller's context. */
  #cached: number[] = [];
  #cachedFrom = 0;

  readonly #model: LanguageModel;

  constructor(
    model: LanguageModel,
    options: DecoderOptions = {},
  ) {
    checkOptions('Decoder', options, { keepOnOverflow: 'optional' });
    this.#model = model;
    const { contextLength, vocabSize } = model.config;
    this.#keepOnOverflow = options.keepOnOverflow ?? contextLength;
    if (!Number.isInteger(this.#keepOnOverflow) || this.#keepOnOverflow < 1 || this.#keepOnOverflow > contextLength) {
      throw new RangeError(`Decoder: keepOnOverflow is ${this.#keepOnOverflow}; expected a whole number from 1 to the context length ${contextLength}.`);
    }
    this.vocabSize = vocabSize;
    this.#cache = model.createCache();
    this.#sequence = this.#cache.add();
  }

  /**
   * @param context at least one id, each below vocabSize; only the last contextLength ids are used
   * @returns logits (vocabSize)
   */
  async next(context: ArrayLike<number>): Promise<Float32Array> {
    this.#requireContext(context);
    return (await this.#compute(context, 0))[0]!;
  }

  /**
   * Logits after the context and after each of the further ids, in one pass; for speculative decoding.
   *
   * @param context as for `next`
   * @param further ids that may follow, each below vocabSize
   * @returns further.length + 1 rows of logits (vocabSize); the i-th equals `next` after the first i further ids
   */
  async nextMany(context: ArrayLike<number>, further: ArrayLike<number>): Promise<Float32Array[]> {
    this.#requireContext(context);
    const ids = [...Array.from(context), ...Array.from(further)];
    const goesOn = this.#cachedFrom === 0 || (this.#cachedFrom < context.length - 1 && this.#cached[0] === ids[this.#cachedFrom]);
    if (goesOn && ids.length - this.#cachedFrom <= this.#model.config.contextLength) return this.#compute(ids, further.length);
    // The window moves between these ids, so each of them sees a different beginning.
    const rows: Float32Array[] = [];
    for (let length = context.length; length <= ids.length; length++) rows.push(await this.next(ids.slice(0, length)));
    return rows;
  }

  #requireContext(context: ArrayLike<number>): void {
    if (context.length === 0) throw new RangeError('Decoder: the context is empty; a model needs at least one token to continue.');
    const { vocabSize } = this.#model.config;
    if (vocabSize !== this.vocabSize) throw new Error(`Decoder: the vocabulary of the model was resized from ${this.vocabSize} to ${vocabSize} since the decoder was made: make a new one.`);
  }

  /** Rows of logits after the last id, and after each of the `before` ids before it. */
  async #compute(ids: ArrayLike<number>, before: number): Promise<Float32Array[]> {
    const fresh = this.#alignCache(ids, before);
    const logits = this.#model.forwardCached([{ sequence: this.#sequence, ids: fresh, logits: before + 1 }]);
    this.#cached.push(...fresh);
    const values = (await logits.data()) as Float32Array;
    logits.dispose();
    return before === 0 ? [values] : Array.from({ length: before + 1 }, (_, row) => values.slice(row * this.vocabSize, (row + 1) * this.vocabSize));
  }

  /** Cuts the cache to the common prefix; returns the ids still to compute, at least `before` + 1. */
  #alignCache(context: ArrayLike<number>, before: number): number[] {
    const { contextLength } = this.#model.config;
    let same = 0;
    while (same < this.#cached.length && this.#cachedFrom + same < context.length - 1 - before && this.#cached[same] === context[this.#cachedFrom + same]) same++;
    const windowStart = context.length - this.#cachedFrom > contextLength ? context.length - this.#keepOnOverflow : this.#cachedFrom;
    if (windowStart !== this.#cachedFrom || same === 0) {
      this.#cachedFrom = context.length > contextLength ? context.length - this.#keepOnOverflow : 0;
      same = 0;
    }
    this.#sequence.truncate(Math.min(same, this.#sequence.length));
    this.#cached.length = same;
    return Array.from({ length: context.length - this.#cachedFrom - same }, (_, i) => context[this.#cachedFrom + same + i]!);
  }

  dispose(): void {
    this.#cache.dispose();
  }
}
