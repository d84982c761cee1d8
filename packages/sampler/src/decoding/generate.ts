// The generation loop: call the model, draw a token, append it, repeat.
import { requireFunction, requireIterable } from '@kk/options';
import { requireKnown } from '../checks.js';
import type { NextTokenModel } from '../model.js';
import { huggingFace, SAMPLING } from '../presets/hugging-face.js';
import type { SamplingOptions } from '../processors/index.js';
import { Sampler } from '../sampler.js';
import { Asker, checkCount, checkSampler, copyPrompt, readEnds } from './ask.js';
import { requireModel } from './check-model.js';

/** The options of every method that draws tokens. */
export interface DrawingOptions extends SamplingOptions {
  /** Equal seeds give equal tokens: an integer from 0 to 2^53 - 1. Default: a new random seed. */
  seed?: number;
  /**
   * Draws the tokens; replaces the sampling options and the seed. It is told every token taken, and is reset when the text begins: one
   * sampler can write one text after another. Give texts that are written at the same time their own (`sampler.fork()`).
   */
  sampler?: Sampler;
  /** Whether the sampler is not reset, because it knows the beginning of this text already: for a text that goes on. Default false. */
  resume?: boolean;
}

export interface GenerateOptions extends DrawingOptions {
  /** The maximum number of tokens: an integer from 0. */
  maxTokens: number;
  /** Tokens that end the text, as the `endTokens` do, and those that the sampler knows (`sampler.endTokens`); the stop token is not returned. */
  stopTokens?: Iterable<number>;
  /** Called after every token with all ids, including the prompt; true ends the text, even before minNewTokens. For example `() => constraint.complete`. */
  stopWhen?: (ids: readonly number[]) => boolean;
  /** Stops generation: the loop throws the signal's reason, an AbortError unless the caller gave another. */
  signal?: AbortSignal;
}

/** The names of the options of `generate`; methods that take more add theirs. */
export const GENERATING: Readonly<Record<keyof GenerateOptions, true>> = /* @__PURE__ */ Object.assign({ maxTokens: true, stopTokens: true, stopWhen: true, signal: true, seed: true, sampler: true, resume: true } as const, SAMPLING);

/**
 * Continues a prompt token by token and yields each one as soon as it is drawn.
 *
 * @param prompt ids from 0 to vocabSize - 1; copied. The model decides whether it may be empty.
 * @throws TypeError at the first step if an option is unknown, or the model, the prompt or an option is of a wrong kind
 * @throws RangeError at the first step if an option or an id of the prompt is out of range, or if the model's logits are invalid
 * @throws the signal's reason when aborted
 */
export async function* generate(model: NextTokenModel, prompt: ArrayLike<number>, options: GenerateOptions): AsyncGenerator<number, void, undefined> {
  requireKnown('generate', options, GENERATING);
  const { maxTokens, stopWhen, signal } = options;
  checkCount('maxTokens', maxTokens, 0);
  requireModel('model', model);
  const ids = copyPrompt(prompt, model.vocabSize);
  const { sampler, ends } = drawingOf(options, model.vocabSize);
  const history = { ids, promptLength: ids.length, endTokens: [...ends], maxTokens };
  if (!options.resume) sampler.reset();
  const asker = new Asker(signal);
  for (let step = 0; step < maxTokens; step++) {
    const id = sampler.sample(await asker.next(model, ids), history);
    sampler.accept(id);
    if (ends.has(id)) return;
    ids.push(id);
    yield id;
    if (stopWhen?.(ids)) return;
  }
}

/**
 * The sampler of the options, or a new one from the other options; and the tokens that end a text, wherever they were named.
 *
 * @throws TypeError if one of the options is of a wrong kind
 * @throws RangeError if both are given, if there is no sampler to resume, or if an option is out of range
 */
export function drawingOf(options: DrawingOptions & Pick<GenerateOptions, 'stopTokens' | 'stopWhen'>, vocabSize: number): { sampler: Sampler; ends: Set<number> } {
  const { seed, resume = false, stopTokens, stopWhen } = options;
  if (stopWhen !== undefined) requireFunction('stopWhen', stopWhen);
  if (options.endTokens !== undefined) requireIterable('endTokens', options.endTokens, 'a list of token ids');
  checkSampler(options.sampler);
  // Read twice, which an iterator would not survive.
  const endTokens = options.endTokens && [...options.endTokens];
  const sampling = Object.fromEntries(Object.keys(SAMPLING).map((name) => [name, options[name as keyof SamplingOptions]])) as SamplingOptions;
  const stages = huggingFace({ ...sampling, endTokens });
  if (options.sampler === undefined && resume) throw new RangeError('resume needs the sampler that drew the beginning of the text: give it as `sampler`');
  if (options.sampler !== undefined && (seed !== undefined || stages.length > 0)) throw new RangeError('give either a sampler or a seed and options of sampling, not both');
  const sampler = options.sampler ?? new Sampler(stages, { seed });
  return { sampler, ends: readEnds({ stopTokens, endTokens }, sampler, vocabSize) };
}
