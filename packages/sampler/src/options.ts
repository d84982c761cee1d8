// The sampling options that all methods share, with their ranges and defaults.

import { requireFraction } from './checks.js';
import { type LengthDecayOptions } from './processors/length-decay.js';
import { type LogitBias } from './processors/logit-bias.js';
import { type SequenceBias } from './processors/sequence-bias.js';

/**
 * How a token is chosen from logits. Applied in the order of Hugging Face transformers (see huggingFace()): bias, penalties, bans,
 * length, temperature, top-h, top-k, top-p, min-p, typical, epsilon, eta. For any other order build a Sampler.
 */
export interface SamplingOptions {
  /** Divides the logits: below 1 sharpens the distribution, above 1 flattens it, 0 always takes the most probable token. From 0; default 1. */
  temperature?: number;
  /** Keeps only the most probable tokens up to this share of the entropy, of at most 100. From 0 to 1; default all. */
  topH?: number;
  /** Keeps only the k most probable tokens (and ties of the k-th). An integer from 1; default all. */
  topK?: number;
  /** Keeps only the most probable tokens whose probabilities reach this sum. From 0 to 1; default all. */
  topP?: number;
  /** Keeps only tokens at least this many times as probable as the best. From 0 to 1; default all. */
  minP?: number;
  /** Keeps only the most typical tokens whose probabilities reach this sum. From 0 to 1; default all. */
  typicalP?: number;
  /** Keeps only tokens at least this probable. From 0 to 1; default all. */
  epsilonCutoff?: number;
  /** Like epsilonCutoff, with a bound that falls as the entropy rises. From 0 to 1; default all. */
  etaCutoff?: number;
  /** Makes tokens of the text (including the prompt) less probable by this factor of the logit. Above 0; 1 changes nothing. */
  repetitionPenalty?: number;
  /** Subtracted from the logit for each time the token was written. A finite number; 0 changes nothing. */
  frequencyPenalty?: number;
  /** Subtracted from the logit if the token was written. A finite number; 0 changes nothing. */
  presencePenalty?: number;
  /** No sequence of this many tokens occurs twice. An integer from 1. */
  noRepeatNGram?: number;
  /** No sequence of this many tokens of the prompt occurs in the text. An integer from 1. */
  noRepeatPromptNGram?: number;
  /** Sequences of ids that are never completed, except those of just one token that ends the text. */
  badWords?: Iterable<ArrayLike<number>>;
  /** Ids that are never taken. */
  suppressTokens?: Iterable<number>;
  /** Added to the logits of some tokens. */
  logitBias?: LogitBias;
  /** Added to the logits of tokens that would complete some sequences. */
  sequenceBias?: SequenceBias;
  /** Nothing that ends the text before this many tokens are written, wherever it was named. An integer from 0. */
  minNewTokens?: number;
  /** The tokens that end a text. The ways to write a text end with them, as with their `stopTokens`: it makes no difference where one is named. */
  endTokens?: Iterable<number>;
  /** Makes the end more probable with every token after the first `start` ones. */
  lengthDecay?: LengthDecayOptions;
  /** Whether the last token that `maxTokens` allows must end the text. Needs to know both: see `endTokens`, and History for sampleToken(). */
  forceEnd?: boolean;
}

/** @throws RangeError unless t is a finite number from 0 */
export function checkTemperature(t: number): void {
  if (!(Number.isFinite(t) && t >= 0)) {
    throw new RangeError(`temperature must be a finite number from 0 (0 takes the most probable token, 1 changes nothing), got ${String(t)}`);
  }
}

/** @throws RangeError unless k is an integer from 1 */
export function checkTopK(k: number): void {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`topK must be an integer from 1, got ${String(k)}; leave it out to keep every token`);
}

/** @throws RangeError unless p is a number from 0 to 1 */
export function checkTopP(p: number): void {
  requireFraction('topP', p, 'leave it out to keep every token');
}
