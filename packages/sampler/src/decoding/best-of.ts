// Several texts, and the one that the model itself finds most probable.
import { type NextTokenModel } from '../model.js';
import { surprise } from '../information.js';
import { type Sampler } from '../sampler.js';
import { Asker, checkCount, copyPrompt, readStopTokens } from './ask.js';
import { type DrawingOptions, type GenerateOptions, samplerOf } from './generate.js';

export interface BestOfOptions extends DrawingOptions, Pick<GenerateOptions, 'maxTokens' | 'stopTokens' | 'stopWhen' | 'signal'> {
  /** How many texts to draw: an integer from 1. */
  n: number;
}

/** A drawn continuation and how probable the model finds it. */
export interface ScoredContinuation {
  /** Without the prompt and without the stop token. */
  readonly ids: readonly number[];
  /** Sum over the tokens, the stop token included, of the natural logarithms of the model's own probabilities: before any stage of sampling. */
  readonly logProbability: number;
  /** The same per token; 0 if there is no token at all. */
  readonly meanLogProbability: number;
  /** The token that ended it, undefined if it ended otherwise. */
  readonly stopToken: number | undefined;
}

/**
 * Draws `n` continuations with chances of their own and gives them back, the one with the highest mean log-probability per token first
 * (the rule of `best_of` in OpenAI's completions), of equal ones the one drawn first.
 *
 * A given sampler stands afterwards where it stood, but for its chance: every text goes on with a fork of it.
 *
 * @throws as generate()
 */
export async function bestOf(model: NextTokenModel, prompt: ArrayLike<number>, options: BestOfOptions): Promise<ScoredContinuation[]> {
  checkCount('n', options.n, 1);
  checkCount('maxTokens', options.maxTokens, 0);
  const start = copyPrompt(prompt, model.vocabSize);
  const stops = readStopTokens(options.stopTokens, model.vocabSize);
  const sampler = samplerOf(options);
  const asker = new Asker(options.signal);
  const drawn: ScoredContinuation[] = [];
  // One after another: all draw from the same source, so that one seed repeats all.
  for (let i = 0; i < options.n; i++) drawn.push(await draw(model, start, stops, sampler.fork({ random: sampler.random }), asker, options));
  return drawn.sort((a, b) => b.meanLogProbability - a.meanLogProbability);
}

async function draw(model: NextTokenModel, prompt: readonly number[], stops: ReadonlySet<number>, sampler: Sampler, asker: Asker, options: BestOfOptions): Promise<ScoredContinuation> {
  const ids = [...prompt];
  const history = { ids, promptLength: ids.length };
  let logProbability = 0;
  let tokens = 0;
  let stopToken: number | undefined;
  while (tokens < options.maxTokens && stopToken === undefined) {
    const logits = await asker.next(model, ids);
    const id = sampler.sample(logits, history);
    sampler.accept(id);
    logProbability -= surprise(logits, id);
    tokens++;
    if (stops.has(id)) stopToken = id;
    else {
      ids.push(id);
      if (options.stopWhen?.(ids)) break;
    }
  }
  return { ids: ids.slice(prompt.length), logProbability, meanLogProbability: tokens === 0 ? 0 : logProbability / tokens, stopToken };
}
