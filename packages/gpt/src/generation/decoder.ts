/**
 * A GPT as a `NextTokenModel`: give it the ids so far, get the logits of what comes next.
 *
 * It keeps the keys and values of what it has seen. When the next context begins with the last one, as it does while
 * generating, only the new tokens are computed.
 */
import type { KeyValueCache } from '@kk/attention';
import type { NextTokenModel } from '@kk/sampler';
import type { LanguageModel } from '../model/language-model.js';

export interface DecoderOptions {
  /**
   * When the context outgrows the model's context length: how many of its last tokens to keep. The default, the context
   * length itself, looks back as far as possible at every token, at the price of computing all of it again each time;
   * half of it is much faster on long contexts.
   */
  keepOnOverflow?: number;
}

export class Decoder implements NextTokenModel {
  readonly vocabSize: number;
  private readonly cache: KeyValueCache;
  private readonly keepOnOverflow: number;
  /** The ids in the cache, and where in the caller's context they begin. */
  private cached: number[] = [];
  private cachedFrom = 0;

  constructor(
    private readonly model: LanguageModel,
    options: DecoderOptions = {},
  ) {
    const { contextLength, vocabSize } = model.config;
    this.keepOnOverflow = options.keepOnOverflow ?? contextLength;
    if (!Number.isInteger(this.keepOnOverflow) || this.keepOnOverflow < 1 || this.keepOnOverflow > contextLength) {
      throw new RangeError(`Decoder: keepOnOverflow is ${this.keepOnOverflow}; expected a whole number from 1 to the context length ${contextLength}.`);
    }
    this.vocabSize = vocabSize;
    this.cache = model.createCache();
  }

  /**
   * @param context at least one id, each below vocabSize; of a long one, only the last contextLength count
   * @returns logits (vocabSize)
   */
  async next(context: ArrayLike<number>): Promise<Float32Array> {
    if (context.length === 0) throw new RangeError('Decoder: the context is empty; a GPT needs at least one token to continue.');
    const fresh = this.alignCache(context);
    const { engine } = this.model;
    const logits = engine.scope(() => engine.noGradient(() => this.model.forwardCached(engine.tensor(fresh, [1, fresh.length], 'int32'), this.cache)));
    this.cached.push(...fresh);
    const values = await logits.data();
    logits.dispose();
    return values as Float32Array;
  }

  /** Makes the cache hold what comes before the ids that are returned, which are then to be computed. */
  private alignCache(context: ArrayLike<number>): number[] {
    const { contextLength } = this.model.config;
    let same = 0;
    while (same < this.cached.length && this.cachedFrom + same < context.length - 1 && this.cached[same] === context[this.cachedFrom + same]) same++;
    const windowStart = context.length - this.cachedFrom > contextLength ? context.length - this.keepOnOverflow : this.cachedFrom;
    if (windowStart !== this.cachedFrom || same === 0) {
      this.cachedFrom = context.length > contextLength ? context.length - this.keepOnOverflow : 0;
      same = 0;
    }
    this.cache.truncate(Math.min(same, this.cache.length));
    this.cached.length = same;
    return Array.from({ length: context.length - this.cachedFrom - same }, (_, i) => context[this.cachedFrom + same + i]!);
  }

  dispose(): void {
    this.cache.dispose();
  }
}
