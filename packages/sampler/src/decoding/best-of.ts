// Draws several texts and ranks them by the model's own probability.
import type { NextTokenModel } from '../model.js';
import { requireKnown } from '../checks.js';
import { surprise } from '../information.js';
import type { Sampler } from '../sampler.js';
import { Asker, checkCount, copyPrompt } from './ask.js';
import { requireModel } from './check-model.js';
import { type DrawingOptions, drawingOf, GENERATING, type GenerateOptions } from './generate.js';

export interface BestOfOptions extends DrawingOptions, Pick<GenerateOptions, 'maxTokens' | 'stopTokens' | 'stopWhen' | 'signal'> {
  /** The number of texts to draw: an integer from 1. */
  n: number;
}

/** A drawn continuation and its probability in the model. */
export interface ScoredContinuation {
  /** The continuation, without prompt and stop token. */
  readonly ids: readonly number[];
  /** The sum of the model's log-probabilities (in nats) of the tokens, including the stop token, before any sampling stage. */
  readonly logProbability: number;
  /** logProbability per token; 0 if there are no tokens. */
  readonly meanLogProbability: number;
  /** The stop token that ended the text; undefined if something else did. */
  readonly stopToken: number | undefined;
}

/**
 * Draws `n` continuations independently and returns them sorted by mean log-probability per token, highest first (the rule of `best_of` in
 * OpenAI's completions); of equal ones the first drawn.
 *
 * A given sampler keeps its state, except for its random numbers: every text uses a fork of it, which is reset unless `resume` is set.
 *
 * @throws as generate()
 */
export async function bestOf(model: NextTokenModel, prompt: ArrayLike<number>, options: BestOfOptions): Promise<ScoredContinuation[]> {
  requireKnown('bestOf', options, { n: true, ...GENERATING });
  checkCount('n', options.n, 1);
  checkCount('maxTokens', options.maxTokens, 0);
  requireModel('model', model);
  const start = copyPrompt(prompt, model.vocabSize);
  const { sampler, ends } = drawingOf(options, model.vocabSize);
  const asker = new Asker(options.signal);
  const drawn: ScoredContinuation[] = [];
  // Sequentially, because all draw from the same random source: so one seed repeats everything.
  for (let i = 0; i < options.n; i++) {
    const own = sampler.fork({ random: sampler.random });
    if (!options.resume) own.reset();
    drawn.push(await draw(model, start, ends, own, asker, options));
  }
  return drawn.sort((a, b) => b.meanLogProbability - a.meanLogProbability);
}

async function draw(model: NextTokenModel, prompt: readonly number[], ends: ReadonlySet<number>, sampler: Sampler, asker: Asker, options: BestOfOptions): Promise<ScoredContinuation> {
  const ids = [...prompt];
  const history = { ids, promptLength: ids.length, endTokens: [...ends], maxTokens: options.maxTokens };
  let logProbability = 0;
  let tokens = 0;
  let stopToken: number | undefined;
  while (tokens < options.maxTokens && stopToken === undefined) {
    const logits = await asker.next(model, ids);
    const id = sampler.sample(logits, history);
    sampler.accept(id);
    logProbability -= surprise(logits, id);
    tokens++;
    if (ends.has(id)) stopToken = id;
    else {
      ids.push(id);
      if (options.stopWhen?.(ids)) break;
    }
  }
  return { ids: ids.slice(prompt.length), logProbability, meanLogProbability: tokens === 0 ? 0 : logProbability / tokens, stopToken };
}
