// One text of a `BatchDecoder`: what was written, how probable it was, and how it ended.
import type { CachedSequence } from '@kk/attention';
import { huggingFace, Sampler, surprise, type DrawingOptions } from '@kk/sampler';

/** How a text goes on: the options of `generate` of @kk/sampler that concern one text. */
export interface BatchTextOptions extends DrawingOptions {
  /** The maximum number of tokens to write: a whole number of at least 1. */
  maxTokens: number;
  /** Tokens that end the text; the one that did is the last of `ids`. */
  stopTokens?: Iterable<number>;
}

/** Why a text ended: a stop token was drawn, it has maxTokens, its positions are used up, or it was removed. */
export type TextEnd = 'stop token' | 'max tokens' | 'context is full' | 'removed';

/** A token that was drawn. */
export interface BatchToken {
  readonly text: BatchText;
  readonly id: number;
  /** The logarithm of its probability in the model's own distribution, before temperature and all other options: 0 or less, in nats. */
  readonly logProbability: number;
}

/** A text of a `BatchDecoder`, made by `add`. It stays readable after its end. */
export interface BatchText {
  /** The prompt's tokens. */
  readonly prompt: number[];
  /** The tokens that were written so far, without the prompt. */
  readonly ids: number[];
  /** The log-probability of each of `ids`: see `BatchToken`. */
  readonly logProbabilities: readonly number[];
  /** Why it ended; null while it goes on. */
  readonly end: TextEnd | null;
}

/** What the decoder knows of a text. */
export class WritingText implements BatchText {
  /** The prompt, and what was written. */
  readonly #all: number[];
  readonly #promptLength: number;
  readonly #sampler: Sampler;
  readonly #maxTokens: number;
  readonly #stops: ReadonlySet<number>;
  readonly #logProbabilities: number[] = [];
  #end: TextEnd | null = null;
  /** Its place in the cache, from its first step on. */
  sequence: CachedSequence | null = null;
  /** A text with the same prompt that computes it for this one. */
  source: WritingText | null = null;

  constructor(prompt: ArrayLike<number>, options: BatchTextOptions) {
    const { maxTokens, stopTokens = [] } = options;
    if (!Number.isSafeInteger(maxTokens) || maxTokens < 1) throw new RangeError(`BatchDecoder: maxTokens is ${String(maxTokens)}; expected a whole number of at least 1.`);
    this.#all = Array.from(prompt);
    this.#promptLength = prompt.length;
    this.#sampler = samplerOf(options);
    this.#maxTokens = maxTokens;
    this.#stops = new Set(stopTokens);
  }

  get ids(): number[] {
    return this.#all.slice(this.#promptLength);
  }

  get prompt(): number[] {
    return this.#all.slice(0, this.#promptLength);
  }

  get logProbabilities(): readonly number[] {
    return this.#logProbabilities;
  }

  get end(): TextEnd | null {
    return this.#end;
  }

  /** Prompt and written tokens together. */
  get length(): number {
    return this.#all.length;
  }

  /** The tokens whose keys and values are not computed yet, at most so many; after a text's first step it is one. */
  pending(atMost: number): number[] {
    const from = this.sequence?.length ?? 0;
    return this.#all.slice(from, from + atMost);
  }

  /** Draws the next token from the model's logits. @param capacity positions that a text may have */
  draw(logits: Float32Array, capacity: number): BatchToken {
    const id = this.#sampler.sample(logits, { ids: this.#all, promptLength: this.#promptLength });
    this.#sampler.accept(id);
    const logProbability = -surprise(logits, id);
    this.#all.push(id);
    this.#logProbabilities.push(logProbability);
    if (this.#stops.has(id)) this.finish('stop token');
    else if (this.#logProbabilities.length === this.#maxTokens) this.finish('max tokens');
    else if (this.length > capacity) this.finish('context is full');
    return { text: this, id, logProbability };
  }

  /** Ends the text and gives its place in the cache back. */
  finish(end: TextEnd): void {
    this.#end ??= end;
    this.sequence?.dispose();
    this.sequence = null;
  }
}

/** The sampler of the options, or a new one from the other options. @throws RangeError when both are given */
function samplerOf(options: BatchTextOptions): Sampler {
  const { sampler, seed } = options;
  const stages = huggingFace(options);
  if (sampler === undefined) return new Sampler(stages, { seed });
  if (seed !== undefined || stages.length > 0) throw new RangeError('BatchDecoder: give either a sampler, or a seed and options of sampling, not both.');
  return sampler;
}
