// Shared by all decoding methods: checks of ids and logits, and calls of the model that still let timers run.
import { describe, requireIterable, requireList, requireMethod } from '@kk/options';
import type { NextTokenModel } from '../model.js';
import type { Sampler } from '../sampler.js';

// A model that answers synchronously may block the thread this long, so that pages stay responsive and abort signals arrive.
const BREATH_MILLISECONDS = 16;

/** Calls a model step by step. */
export class Asker {
  readonly #signal: AbortSignal | undefined;
  #lastBreath = performance.now();

  /** @throws TypeError unless it is a signal, or undefined */
  constructor(signal: AbortSignal | undefined) {
    if (signal !== undefined) requireMethod('signal', signal, 'throwIfAborted', 'an AbortSignal');
    this.#signal = signal;
  }

  /** Lets timers run if the last time was more than BREATH_MILLISECONDS ago. @throws the signal's reason when aborted */
  async breathe(): Promise<void> {
    if (performance.now() - this.#lastBreath >= BREATH_MILLISECONDS) {
      await new Promise((resolve) => setTimeout(resolve));
      this.#lastBreath = performance.now();
    }
    this.#signal?.throwIfAborted();
  }

  /**
   * The logits of the next token after a context, shape (vocabSize,).
   *
   * @throws RangeError if the model returns another number of logits
   * @throws the signal's reason when aborted
   */
  async next(model: NextTokenModel, context: ArrayLike<number>): Promise<Float32Array> {
    await this.breathe();
    const logits = await model.next(context);
    this.#signal?.throwIfAborted();
    checkLogits(logits, model.vocabSize);
    return logits;
  }
}

/** @throws TypeError unless they are logits; RangeError unless there is one per token */
export function checkLogits(logits: Float32Array, vocabSize: number): void {
  if (logits?.length === vocabSize) return;
  requireList('what the model gave', logits, 'a Float32Array with one logit per token');
  throw new RangeError(`the model gave ${logits.length} logits, expected one per token of its vocabulary of ${vocabSize}`);
}

/** @throws RangeError naming the first value that is not an id from 0 to vocabSize - 1 */
export function checkIds(name: string, ids: readonly number[], vocabSize: number): void {
  const position = ids.findIndex((id) => !(Number.isInteger(id) && id >= 0 && id < vocabSize));
  if (position < 0) return;
  throw new RangeError(`${name}[${position}] is ${describe(ids[position])}: expected a token id from 0 to ${vocabSize - 1}; was it encoded with this model's tokenizer?`);
}

/** A copy of the prompt. @throws TypeError if it is no list, RangeError if a value is not an id of the model */
export function copyPrompt(prompt: ArrayLike<number>, vocabSize: number): number[] {
  requireList('prompt', prompt, 'a list of token ids');
  const context = Array.from(prompt);
  checkIds('prompt', context, vocabSize);
  return context;
}

/** @throws RangeError if one is not an id of the model */
export function readStopTokens(stopTokens: Iterable<number> | undefined, vocabSize: number): Set<number> {
  return readIds('stopTokens', stopTokens, vocabSize);
}

/** The tokens that end a text, wherever they were named. @throws RangeError if one is not an id of the model */
export function readEnds({ stopTokens, endTokens }: EndOptions, sampler: Sampler | undefined, vocabSize: number): Set<number> {
  const ends = readStopTokens(stopTokens, vocabSize);
  for (const id of readIds('endTokens', endTokens, vocabSize)) ends.add(id);
  for (const id of readIds('endTokens of the sampler', sampler?.endTokens, vocabSize)) ends.add(id);
  return ends;
}

interface EndOptions {
  stopTokens?: Iterable<number>;
  endTokens?: Iterable<number>;
}

function readIds(name: string, ids: Iterable<number> | undefined, vocabSize: number): Set<number> {
  if (ids !== undefined) requireIterable(name, ids, 'a list of token ids');
  const read = new Set(ids);
  checkIds(name, [...read], vocabSize);
  return read;
}

/** @throws TypeError unless it is a sampler, or undefined */
export function checkSampler(sampler: Sampler | undefined): void {
  if (sampler !== undefined) requireMethod('sampler', sampler, 'sample', 'a Sampler, such as new Sampler([stages.topK(40)])');
}

/** @throws RangeError unless the value is an integer from `least` */
export function checkCount(name: string, value: number, least: number): void {
  if (!(Number.isInteger(value) && value >= least)) throw new RangeError(`${name} must be an integer from ${least}, got ${describe(value)}`);
}

/** @throws RangeError unless the value is a finite number */
export function checkFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be a finite number, got ${describe(value)}`);
}
