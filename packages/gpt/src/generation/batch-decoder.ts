// Decodes many texts at a time: each step computes the new tokens of all of them side by side, and draws one token for each. The weights,
// whose reading decides the time of a step, are then read once for all. Texts may have any lengths; they join and leave between any two
// steps (continuous batching, Yu et al. 2022, "Orca").
import type { KeyValueCache } from '@kk/attention';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { LanguageModel } from '../model/language-model.js';
import { BatchDrawError } from './batch-draw-error.js';
import { copyPrompt, requireSameVocabulary } from './batch-ids.js';
import { logitsOf, type Part } from './batch-parts.js';
import { type BatchText, type BatchTextOptions, type BatchToken, WritingText } from './batch-text.js';

export interface BatchDecoderOptions {
  /** The most texts at a time; default 16. */
  sequences?: number;
  /** The most positions of a text, prompt included: 1 to the context length, which is the default. */
  capacity?: number;
  /**
   * The most tokens of prompts in one step; default 512. A longer prompt takes several steps, in which the other texts go on. It also bounds
   * the memory of a step.
   */
  promptTokensPerStep?: number;
}

const OPTIONS: OptionNames<BatchDecoderOptions> = { sequences: 'optional', capacity: 'optional', promptTokensPerStep: 'optional' };

/**
 * The cache takes its memory at once: 8 bytes * layers * sequences * capacity * the width of the keys (`cacheBytes`).
 *
 * A text draws from its own seed. What the others do changes its logits by rounding only, about 1e-6 of the largest: products of up to four
 * rows add up in another order than those of more.
 */
export class BatchDecoder {
  readonly #model: LanguageModel;
  readonly #cache: KeyValueCache;
  readonly #vocabSize: number;
  readonly #promptTokensPerStep: number;
  /** In the order in which they came. */
  #texts: WritingText[] = [];
  #isStepping = false;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown */
  constructor(model: LanguageModel, options: BatchDecoderOptions = {}) {
    checkOptions('BatchDecoder', options, OPTIONS);
    const { sequences = 16, capacity = model.config.contextLength, promptTokensPerStep = 512 } = options;
    if (!Number.isSafeInteger(promptTokensPerStep) || promptTokensPerStep < 1) throw new RangeError(`BatchDecoder: promptTokensPerStep is ${String(promptTokensPerStep)}; expected a whole number of at least 1.`);
    this.#model = model;
    this.#vocabSize = model.config.vocabSize;
    this.#promptTokensPerStep = promptTokensPerStep;
    this.#cache = model.createCache({ sequences, capacity });
  }

  /** The texts that go on, in the order in which they came. */
  get texts(): readonly BatchText[] {
    return this.#texts;
  }

  /** How many further texts can be added now. */
  get room(): number {
    return this.#cache.sequences - this.#texts.length;
  }

  /** The memory of the cache, in bytes. */
  get cacheBytes(): number {
    return this.#cache.bytes;
  }

  /**
   * Lets a text take part from the next step on.
   * @param prompt 1 to capacity ids, each below vocabSize; copied
   * @throws RangeError when there is no room, or the prompt or an option is out of range; TypeError when an option is unknown or missing
   */
  add(prompt: ArrayLike<number>, options: BatchTextOptions): BatchText {
    return this.addMany(prompt, [options])[0]!;
  }

  /**
   * Several texts that go on from the same prompt, each with its own options: the prompt is computed once and copied to the others, as
   * rollouts want it.
   * @throws as `add`; then none is added
   */
  addMany(prompt: ArrayLike<number>, options: readonly BatchTextOptions[]): BatchText[] {
    const ids = copyPrompt(prompt, { capacity: this.#cache.capacity, contextLength: this.#model.config.contextLength, vocabSize: this.#vocabSize });
    if (options.length > this.room) throw new RangeError(`BatchDecoder: there is room for ${this.room} more texts of ${this.#cache.sequences}, and ${options.length} were to be added: wait for some to end, or make the decoder for more sequences.`);
    const added = options.map((own) => new WritingText(ids, own, this.#vocabSize));
    for (const text of added.slice(1)) text.source = added[0]!;
    this.#texts.push(...added);
    return added;
  }

  /** Ends a text before its time. Nothing happens when it has ended. */
  remove(text: BatchText): void {
    this.#texts.find((own) => own === text)?.finish('removed');
    this.#dropEnded();
  }

  /**
   * One step: every text whose prompt is computed gets a token. A text that ends with it leaves, and its place is free.
   * @returns the tokens that were drawn; none when there are no texts, or when all of them still wait for their prompts
   * @throws BatchDrawError when no token could be drawn for some texts, because a sampler threw or the model's logits are invalid: these end,
   * the others have their tokens, which the error knows, and go on with the next step
   * @throws Error when a step is running already, or what the model throws: then no text has changed, and the step can be tried again
   */
  async step(): Promise<BatchToken[]> {
    if (this.#isStepping) throw new Error('BatchDecoder: a step is running: await it before the next one.');
    requireSameVocabulary(this.#model, this.#vocabSize);
    const parts = this.#parts();
    if (parts.length === 0) return [];
    this.#isStepping = true;
    try {
      return this.#drawAll(parts, await logitsOf(this.#model, parts));
    } finally {
      this.#isStepping = false;
      this.#dropEnded();
    }
  }

  /**
   * Steps until all texts have ended, and yields each token. Texts may be added and removed meanwhile.
   * @throws as `step`, after it has yielded the tokens of that step; call it again, and the texts that are left go on
   */
  async *run(): AsyncGenerator<BatchToken, void, undefined> {
    while (this.#texts.length > 0) {
      try {
        yield* await this.step();
      } catch (error) {
        if (error instanceof BatchDrawError) yield* error.tokens;
        throw error;
      }
    }
  }

  /** Ends all texts and frees the cache. */
  dispose(): void {
    for (const text of this.#texts) text.finish('removed');
    this.#texts = [];
    this.#cache.dispose();
  }

  /** What each text computes in this step: its last token, or a piece of its prompt. */
  #parts(): Part[] {
    let left = this.#promptTokensPerStep;
    const parts: Part[] = [];
    for (const text of this.#texts) {
      if (text.source) continue;
      const waiting = text.length - (text.sequence?.length ?? 0);
      const count = waiting === 1 ? 1 : Math.min(waiting, left);
      if (count === 0) continue;
      if (waiting > 1) left -= count;
      text.sequence ??= this.#cache.add();
      parts.push({ text, ids: text.pending(count), isWhole: count === waiting });
    }
    return parts;
  }

  /** Draws a token for each text whose prompt is whole now. @throws BatchDrawError after all that could be drawn were drawn */
  #drawAll(parts: readonly Part[], logits: Float32Array): BatchToken[] {
    const tokens: BatchToken[] = [];
    const failed: WritingText[] = [];
    for (const [row, { text }] of parts.filter(({ isWhole }) => isWhole).entries()) {
      const own = logits.subarray(row * this.#vocabSize, (row + 1) * this.#vocabSize);
      for (const each of [text, ...this.#releaseCopies(text)]) {
        if (each.end !== null) continue;
        try {
          tokens.push(each.draw(own, this.#cache.capacity));
        } catch (error) {
          each.fail(error);
          failed.push(each);
        }
      }
    }
    if (failed.length > 0) throw new BatchDrawError(failed, tokens);
    return tokens;
  }

  /** The texts that waited for this one's prompt, each with a copy of it in the cache. */
  #releaseCopies(source: WritingText): WritingText[] {
    const { sequence } = source;
    const copies = sequence ? this.#texts.filter((text) => text.source === source && text.end === null) : [];
    for (const text of copies) {
      text.source = null;
      text.sequence = sequence!.fork();
    }
    return copies;
  }

  #dropEnded(): void {
    this.#texts = this.#texts.filter(({ end }) => end === null);
    // Where the text that computes a prompt was removed, the first of those that wait takes its place.
    for (const text of this.#texts) {
      if (!text.source?.end) continue;
      const gone = text.source;
      const [heir, ...others] = this.#texts.filter(({ source }) => source === gone);
      heir!.source = null;
      for (const other of others) other.source = heir!;
    }
  }
}
