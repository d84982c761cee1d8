// The options that all ways to a token share, with their ranges and what they mean when left out.

import { requireFraction } from './checks.js';
import { type LogitBias } from './processors/logit-bias.js';

/**
 * How logits become a choice. Applied in the order of Hugging Face transformers (see huggingFace()): bias, penalties, bans,
 * temperature, top-k, top-p, min-p, typical, epsilon, eta. For any other order build a Sampler.
 */
export interface SamplingOptions {
  /** Divides the logits: below 1 bolder, above 1 more even, 0 always the most probable token. From 0; 1 if left out. */
  temperature?: number;
  /** Only the k most probable tokens (and ties of the k-th) remain. An integer from 1; all remain if left out. */
  topK?: number;
  /** Only the most probable tokens whose probabilities reach this sum remain. From 0 to 1; all remain if left out. */
  topP?: number;
  /** Only tokens at least this share as probable as the best remain. From 0 to 1; all remain if left out. */
  minP?: number;
  /** Only the most typical tokens whose probabilities reach this sum remain. From 0 to 1; all remain if left out. */
  typicalP?: number;
  /** Only tokens at least this probable remain. From 0 to 1; all remain if left out. */
  epsilonCutoff?: number;
  /** The same with a bound that sinks as the entropy rises. From 0 to 1; all remain if left out. */
  etaCutoff?: number;
  /** Makes tokens of the text, prompt included, less probable by this factor of the logit. Above 0; 1 changes nothing. */
  repetitionPenalty?: number;
  /** Taken off the logit for each time that the token was written. A finite number; 0 changes nothing. */
  frequencyPenalty?: number;
  /** Taken off the logit if the token was written. A finite number; 0 changes nothing. */
  presencePenalty?: number;
  /** No sequence of so many tokens occurs twice. An integer from 1. */
  noRepeatNGram?: number;
  /** Sequences of ids that are never completed. */
  badWords?: Iterable<ArrayLike<number>>;
  /** Ids that are never taken. */
  suppressTokens?: Iterable<number>;
  /** What is added to the logits of some tokens. */
  logitBias?: LogitBias;
  /** None of `endTokens` before so many tokens are written. An integer from 0. */
  minNewTokens?: number;
  /** The tokens that end a text, for `minNewTokens`. */
  endTokens?: Iterable<number>;
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
