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
    return (await this.#pass(context, [], context.length))[0]!;
  }

  /**
   * Logits after the context and after each of the further ids, in one pass, or in two where the context length ends between them; for speculative
   * decoding.
   *
   * @param context as for `next`
   * @param further ids that may follow, each below vocabSize
   * @returns further.length + 1 rows of logits (vocabSize); the i-th equals `next` after the first i further ids
   */
  async nextMany(context: ArrayLike<number>, further: ArrayLike<number>): Promise<Float32Array[]> {
    this.#requireContext(context);
    const rows: Float32Array[] = [];
    while (rows.length <= further.length) rows.push(...(await this.#pass(context, further, context.length + rows.length)));
    return rows;
  }

  #requireContext(context: ArrayLike<number>): void {
    if (context.length === 0) throw new RangeError('Decoder: the context is empty; a model needs at least one token to continue.');
    const { vocabSize } = this.#model.config;
    if (vocabSize !== this.vocabSize) throw new Error(`Decoder: the vocabulary of the model was resized from ${this.vocabSize} to ${vocabSize} since the decoder was made: make a new one.`);
  }

  /** Logits after the first `length` ids of context and further ids, and after each id after those as long as the window does not move. */
  async #pass(context: ArrayLike<number>, further: ArrayLike<number>, length: number): Promise<Float32Array[]> {
    const idAt = (i: number): number => (i < context.length ? context[i]! : further[i - context.length]!);
    this.#alignCache(idAt, length);
    const end = Math.min(context.length + further.length, this.#cachedFrom + this.#model.config.contextLength);
    const first = this.#cachedFrom + this.#cached.length;
    const fresh = Array.from({ length: end - first }, (_, i) => idAt(first + i));
    const count = end - length + 1;
    const logits = this.#model.forwardCached([{ sequence: this.#sequence, ids: fresh, logits: count }]);
    this.#cached.push(...fresh);
    const values = (await logits.data()) as Float32Array;
    logits.dispose();
    return count === 1 ? [values] : Array.from({ length: count }, (_, row) => values.slice(row * this.vocabSize, (row + 1) * this.vocabSize));
  }

  /** Cuts the cache to what it shares with the first `length` ids, at least the last of which is still to be computed; moves the window if it is full. */
  #alignCache(idAt: (i: number) => number, length: number): void {
    const { contextLength } = this.#model.config;
    let same = 0;
    while (same < this.#cached.length && this.#cachedFrom + same < length - 1 && this.#cached[same] === idAt(this.#cachedFrom + same)) same++;
    if (same === 0 || length - this.#cachedFrom > contextLength) {
      this.#cachedFrom = length > contextLength ? length - this.#keepOnOverflow : 0;
      same = 0;
    }
    this.#sequence.truncate(Math.min(same, this.#sequence.length));
    this.#cached.length = same;
  }

  dispose(): void {
    this.#cache.dispose();
  }
}
