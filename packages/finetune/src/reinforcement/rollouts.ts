// Rollouts: a model writes several answers to each of many prompts, side by side, from the distribution that it is scored by.
import { BatchDecoder, type BatchText, type LanguageModel } from '@kk/gpt';
import { checkOptions, Random, scale, type OptionNames } from '@kk/nn-core';
import { checkNumber } from '../preferences/losses/check.js';

export interface RolloutOptions {
  /** Answers to each prompt. */
  groupSize: number;
  /** Tokens that end an answer. */
  stopTokens: readonly number[];
  /** The most tokens of an answer. */
  maxTokens: number;
  /** With `round`, what is drawn: whole numbers of 0 or more. */
  seed: number;
  /** Default 0. */
  round?: number;
  /** Divides the logits before anything is drawn, above 0; default 1, the model's own distribution. */
  temperature?: number;
  /** The most answers that are written side by side, at least `groupSize`. Default 128. */
  sequences?: number;
  signal?: AbortSignal | undefined;
}

const OPTIONS: OptionNames<RolloutOptions> = { groupSize: 'required', stopTokens: 'required', maxTokens: 'required', seed: 'required', round: 'optional', temperature: 'optional', sequences: 'optional', signal: 'optional' };

/** An answer and how probable each of its tokens was when it was drawn. */
export interface Rollout {
  readonly promptIds: readonly number[];
  /** With the stop token, where one ended it. */
  readonly ids: readonly number[];
  /** In nats, of each of `ids`, in the distribution that it was drawn from. */
  readonly logProbabilities: readonly number[];
  /** Whether a stop token ended it. */
  readonly endsByItself: boolean;
}

/** Seeds of answers are below this. */
const SEEDS = 2 ** 31;

/**
 * Draws from all tokens. Each answer has a seed of its own.
 * @param prompts at least one, each of 1 id to one fewer than the model's context
 * @returns the answers to the first prompt, then those to the second, and so on
 * @throws RangeError when an option is out of range; TypeError when one is unknown or missing; the signal's reason when it is aborted
 */
export async function rollouts(model: LanguageModel, prompts: readonly ArrayLike<number>[], options: RolloutOptions): Promise<Rollout[]> {
  checkOptions('rollouts', options, OPTIONS);
  const { groupSize, stopTokens, maxTokens, seed, round = 0, temperature = 1, sequences = 128, signal } = options;
  if (!Number.isSafeInteger(groupSize) || groupSize < 1 || !(sequences >= groupSize)) throw new RangeError(`rollouts: groupSize is ${String(groupSize)} and sequences ${String(sequences)}; expected whole numbers of at least 1, of which sequences is not the smaller one.`);
  checkNumber('rollouts', 'temperature', temperature, { above: 0 });
  const random = new Random({ seed, stream: round });
  const longest = Math.max(...prompts.map(({ length }) => length));
  const capacity = Math.min(model.config.contextLength, longest + maxTokens);
  const decoder = new BatchDecoder(temperature === 1 ? model : atTemperature(model, temperature), { sequences: Math.min(sequences, prompts.length * groupSize), capacity });
  try {
    const texts: BatchText[] = [];
    let [asked, left] = [0, prompts.length * groupSize];
    while (left > 0) {
      signal?.throwIfAborted();
      for (; decoder.room >= groupSize && asked < prompts.length; asked++) {
        texts.push(...decoder.addMany(prompts[asked]!, Array.from({ length: groupSize }, () => ({ maxTokens, stopTokens, temperature: 1, seed: random.integer(SEEDS) }))));
      }
      left -= (await decoder.step()).filter(({ text }) => text.end !== null).length;
    }
    return texts.map(({ prompt, ids, logProbabilities, end }) => ({ promptIds: prompt, ids, logProbabilities, endsByItself: end === 'stop token' }));
  } finally {
    decoder.dispose();
  }
}

/** The model with its logits divided: what it draws from is then what its log-probabilities are of. */
function atTemperature(model: LanguageModel, temperature: number): LanguageModel {
  const { engine, config } = model;
  return {
    engine,
    config,
    loss: (ids, targets) => model.loss(ids, targets),
    createCache: (options) => model.createCache(options),
    forwardCached: (parts) => engine.scope(() => engine.noGradient(() => scale(model.forwardCached(parts), 1 / temperature))),
  };
}
