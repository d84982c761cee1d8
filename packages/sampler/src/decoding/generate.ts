// The generation loop: call the model, draw a token, append it, repeat.
import { requireKnown } from '../checks.js';
import { type NextTokenModel } from '../model.js';
import { type SamplingOptions } from '../options.js';
import { huggingFace } from '../presets/hugging-face.js';
import { Sampler } from '../sampler.js';
import { Asker, checkCount, copyPrompt, readStopTokens } from './ask.js';

/** The options of every method that draws tokens. */
export interface DrawingOptions extends SamplingOptions {
  /** Equal seeds give equal tokens: an integer from 0 to 2^53 - 1. Default: a new random seed. */
  seed?: number;
  /**
   * Draws the tokens; replaces the sampling options and the seed. It is told every token taken and keeps its state, so give each text its
   * own (`sampler.fork()`).
   */
  sampler?: Sampler;
}

export interface GenerateOptions extends DrawingOptions {
  /** The maximum number of tokens: an integer from 0. */
  maxTokens: number;
  /** Tokens that end the text; the stop token is not returned. */
  stopTokens?: Iterable<number>;
  /** Called after every token with all ids, including the prompt; true ends the text. For example `() => constraint.complete`. */
  stopWhen?: (ids: readonly number[]) => boolean;
  /** Stops generation: the loop throws the signal's reason, an AbortError unless the caller gave another. */
  signal?: AbortSignal;
}

const DRAWING: Readonly<Record<keyof DrawingOptions, true>> = {
  seed: true, sampler: true, temperature: true, topK: true, topP: true, minP: true, typicalP: true, epsilonCutoff: true, etaCutoff: true,
  repetitionPenalty: true, frequencyPenalty: true, presencePenalty: true, noRepeatNGram: true, badWords: true, suppressTokens: true,
  logitBias: true, minNewTokens: true, endTokens: true,
};

/** The names of the options of `generate`; methods that take more add theirs. */
export const GENERATING: Readonly<Record<keyof GenerateOptions, true>> = { maxTokens: true, stopTokens: true, stopWhen: true, signal: true, ...DRAWING };

/**
 * Continues a prompt token by token and yields each one as soon as it is drawn.
 *
 * @param prompt ids from 0 to vocabSize - 1; copied. The model decides whether it may be empty.
 * @throws TypeError at the first step if an option is unknown
 * @throws RangeError at the first step if an option or an id of the prompt is out of range, or if the model's logits are invalid
 * @throws the signal's reason when aborted
 */
export async function* generate(model: NextTokenModel, prompt: ArrayLike<number>, options: GenerateOptions): AsyncGenerator<number, void, undefined> {
  requireKnown('generate', options, GENERATING);
  const { maxTokens, stopTokens, stopWhen, signal } = options;
  checkCount('maxTokens', maxTokens, 0);
  const ids = copyPrompt(prompt, model.vocabSize);
  const history = { ids, promptLength: ids.length };
  const stops = readStopTokens(stopTokens, model.vocabSize);
  const sampler = samplerOf(options);
  const asker = new Asker(signal);
  for (let step = 0; step < maxTokens; step++) {
    const id = sampler.sample(await asker.next(model, ids), history);
    sampler.accept(id);
    if (stops.has(id)) return;
    ids.push(id);
    yield id;
    if (stopWhen?.(ids)) return;
  }
}

/** The sampler of the options, or a new one from the other options. @throws RangeError if both are given, or if one is out of range */
export function samplerOf(options: DrawingOptions): Sampler {
  const { sampler, seed } = options;
  const stages = huggingFace(options);
  if (sampler === undefined) return new Sampler(stages, { seed });
  if (seed !== undefined || stages.length > 0) throw new RangeError('give either a sampler or a seed and options of sampling, not both');
  return sampler;
}
