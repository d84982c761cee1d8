// A GPT as a `NextTokenModel`: give it the ids so far, get the logits of what comes next; or those behind several ids at once.
//
// It keeps the keys and values of what it has seen. When the next context begins with the last one, as it does while
// generating, only the new tokens are computed.
import type { KeyValueCache } from '@kk/attention';
import type { ManyPositionsModel } from '@kk/sampler';
import type { LanguageModel } from '../model/language-model.js';

export interface DecoderOptions {
  /**
   * When the context outgrows the model's context length: how many of its last tokens to keep. The default, the context
   * length itself, looks back as far as possible at every token, at the price of computing all of it again each time;
   * half of it is much faster on long contexts.
   */
  keepOnOverflow?: number;
}

export class Decoder implements ManyPositionsModel {
  readonly vocabSize: number;
  readonly #cache: KeyValueCache;
  readonly #keepOnOverflow: number;
  /** The ids in the cache, and where in the caller's context they begin. */
  #cached: number[] = [];
  #cachedFrom = 0;

  readonly #model: LanguageModel;

  constructor(
    model: LanguageModel,
    options: DecoderOptions = {},
  ) {
    this.#model = model;
    const { contextLength, vocabSize } = model.config;
    this.#keepOnOverflow = options.keepOnOverflow ?? contextLength;
    if (!Number.isInteger(this.#keepOnOverflow) || this.#keepOnOverflow < 1 || this.#keepOnOverflow > contextLength) {
      throw new RangeError(`Decoder: keepOnOverflow is ${this.#keepOnOverflow}; expected a whole number from 1 to the context length ${contextLength}.`);
    }
    this.vocabSize = vocabSize;
    this.#cache = model.createCache();
  }

  /**
   * @param context at least one id, each below vocabSize; of a long one, only the last contextLength count
   * @returns logits (vocabSize)
   */
  async next(context: ArrayLike<number>): Promise<Float32Array> {
    this.#requireContext(context);
    return (await this.#compute(context, 0))[0]!;
  }

  /**
   * Logits behind the context and behind each of the further ids, in one pass: what speculative decoding asks for.
   *
   * @param context as for `next`
   * @param further ids that may follow, each below vocabSize
   * @returns further.length + 1 rows of logits (vocabSize), the i-th what `next` gives after the first i of the further ids
   */
  async nextMany(context: ArrayLike<number>, further: ArrayLike<number>): Promise<Float32Array[]> {
    this.#requireContext(context);
    const ids = [...Array.from(context), ...Array.from(further)];
    const goesOn = this.#cachedFrom === 0 || (this.#cachedFrom < context.length - 1 && this.#cached[0] === ids[this.#cachedFrom]);
    if (goesOn && ids.length - this.#cachedFrom <= this.#model.config.contextLength) return this.#compute(ids, further.length);
    // The window moves from one of these ids to the next: each is seen from another beginning.
    const rows: Float32Array[] = [];
    for (let length = context.length; length <= ids.length; length++) rows.push(await this.next(ids.slice(0, length)));
    return rows;
  }

  #requireContext(context: ArrayLike<number>): void {
    if (context.length === 0) throw new RangeError('Decoder: the context is empty; a GPT needs at least one token to continue.');
  }

  /** Rows of logits behind the last of the ids and behind as many before it as `before` says. */
  async #compute(ids: ArrayLike<number>, before: number): Promise<Float32Array[]> {
    const fresh = this.#alignCache(ids, before);
    const { engine } = this.#model;
    const logits = engine.scope(() => engine.noGradient(() => this.#model.forwardCached(engine.tensor(fresh, [1, fresh.length], 'int32'), this.#cache, before + 1)));
    this.#cached.push(...fresh);
    const values = (await logits.data()) as Float32Array;
    logits.dispose();
    return before === 0 ? [values] : Array.from({ length: before + 1 }, (_, row) => values.slice(row * this.vocabSize, (row + 1) * this.vocabSize));
  }

  /** Makes the cache hold what comes before the ids that are returned, at least `before` + 1 of them, which are then to be computed. */
  #alignCache(context: ArrayLike<number>, before: number): number[] {
    const { contextLength } = this.#model.config;
    let same = 0;
    while (same < this.#cached.length && this.#cachedFrom + same < context.length - 1 - before && this.#cached[same] === context[this.#cachedFrom + same]) same++;
    const windowStart = context.length - this.#cachedFrom > contextLength ? context.length - this.#keepOnOverflow : this.#cachedFrom;
    if (windowStart !== this.#cachedFrom || same === 0) {
      this.#cachedFrom = context.length > contextLength ? context.length - this.#keepOnOverflow : 0;
      same = 0;
    }
    this.#cache.truncate(Math.min(same, this.#cache.length));
    this.#cached.length = same;
    return Array.from({ length: context.length - this.#cachedFrom - same }, (_, i) => context[this.#cachedFrom + same + i]!);
  }

  dispose(): void {
    this.#cache.dispose();
  }
}
