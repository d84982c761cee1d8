// Holds one text of a `BatchDecoder`: what was written, how probable it was, and how it ended.
import type { CachedSequence } from '@kk/attention';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { huggingFace, Sampler, samplingStages, surprise, type DrawingOptions, type History } from '@kk/sampler';
import { checkIds } from './batch-ids.js';

/**
 * How a text goes on: the options of `generate` of @kk/sampler that concern one text. A given sampler keeps its state, except for its random
 * numbers: the text uses a fork of it, which is reset unless `resume` is set. So one sampler may serve many texts.
 */
export interface BatchTextOptions extends DrawingOptions {
  /** The maximum number of tokens to write: a whole number of at least 1. */
  maxTokens: number;
  /** Tokens that end the text, as the `endTokens` do, and those that the sampler knows; the one that did is the last of `ids`. */
  stopTokens?: Iterable<number>;
}

/** The options of sampling among them. */
const SAMPLING = [...(Object.keys(samplingStages) as (keyof typeof samplingStages)[]), 'endTokens'] as const;

const OPTIONS = /* @__PURE__ */ optionNames();

function optionNames(): OptionNames<BatchTextOptions> {
  const sampling = Object.fromEntries(Object.keys(samplingStages).map((name) => [name, 'optional'])) as Record<keyof typeof samplingStages, 'optional'>;
  return { maxTokens: 'required', stopTokens: 'optional', seed: 'optional', sampler: 'optional', resume: 'flag', endTokens: 'optional', ...sampling, forceEnd: 'flag' };
}

/** Why a text ended: a stop token was drawn, it has maxTokens, its positions are used up, it was removed, or no token could be drawn. */
export type TextEnd = 'stop token' | 'max tokens' | 'context is full' | 'removed' | 'failed';

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
  /** What was thrown when a token was to be drawn, where `end` is 'failed'; else undefined. */
  readonly error: unknown;
}

/** What the decoder knows of a text. */
export class WritingText implements BatchText {
  /** The prompt, and what was written. */
  readonly #all: number[];
  readonly #promptLength: number;
  readonly #sampler: Sampler;
  readonly #maxTokens: number;
  readonly #ends: ReadonlySet<number>;
  readonly #history: History;
  readonly #logProbabilities: number[] = [];
  #end: TextEnd | null = null;
  #error: unknown;
  /** Its place in the cache, from its first step on. */
  sequence: CachedSequence | null = null;
  /** A text with the same prompt that computes it for this one. */
  source: WritingText | null = null;

  /**
   * @param prompt ids that were checked; copied
   * @throws TypeError when an option is unknown or missing, RangeError when one is out of range
   */
  constructor(prompt: readonly number[], options: BatchTextOptions, vocabSize: number) {
    checkOptions('BatchDecoder: the options of a text', options, OPTIONS);
    const { maxTokens } = options;
    if (!Number.isSafeInteger(maxTokens) || maxTokens < 1) throw new RangeError(`BatchDecoder: maxTokens is ${String(maxTokens)}; expected a whole number of at least 1.`);
    this.#all = [...prompt];
    this.#promptLength = prompt.length;
    // Read several times, which iterators would not survive.
    const named = { stopTokens: [...(options.stopTokens ?? [])], endTokens: [...(options.endTokens ?? [])] };
    this.#sampler = samplerOf({ ...options, endTokens: named.endTokens });
    this.#maxTokens = maxTokens;
    checkIds('stopTokens', named.stopTokens, vocabSize);
    checkIds('endTokens', named.endTokens, vocabSize);
    checkIds('endTokens of the sampler', this.#sampler.endTokens, vocabSize);
    this.#ends = new Set([...named.stopTokens, ...named.endTokens, ...this.#sampler.endTokens]);
    this.#history = { ids: this.#all, promptLength: prompt.length, endTokens: [...this.#ends], maxTokens };
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

  get error(): unknown {
    return this.#error;
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

  /**
   * Draws the next token from the model's logits.
   * @param capacity positions that a text may have
   * @throws what the sampler throws, or RangeError when the logits are invalid; then the text is as before
   */
  draw(logits: Float32Array, capacity: number): BatchToken {
    const id = this.#sampler.sample(logits, this.#history);
    this.#sampler.accept(id);
    const logProbability = -surprise(logits, id);
    this.#all.push(id);
    this.#logProbabilities.push(logProbability);
    if (this.#ends.has(id)) this.finish('stop token');
    else if (this.#logProbabilities.length === this.#maxTokens) this.finish('max tokens');
    else if (this.length > capacity) this.finish('context is full');
    return { text: this, id, logProbability };
  }

  /** Ends the text because no token could be drawn. */
  fail(error: unknown): void {
    this.#error = error;
    this.finish('failed');
  }

  /** Ends the text and gives its place in the cache back. */
  finish(end: TextEnd): void {
    this.#end ??= end;
    this.sequence?.dispose();
    this.sequence = null;
  }
}

/** A fork of the sampler of the options, or a new one from the other options. @throws RangeError when both are given, or none to resume */
function samplerOf(options: BatchTextOptions): Sampler {
  const { sampler, seed, resume = false } = options;
  const stages = huggingFace(Object.fromEntries(SAMPLING.map((name) => [name, options[name]])));
  if (sampler === undefined && resume) throw new RangeError('BatchDecoder: resume needs the sampler that drew the beginning of the text: give it as `sampler`.');
  if (sampler === undefined) return new Sampler(stages, { seed });
  if (seed !== undefined || stages.length > 0) throw new RangeError('BatchDecoder: give either a sampler, or a seed and options of sampling, not both.');
  const own = sampler.fork({ random: sampler.random });
  if (!resume) own.reset();
  return own;
}
