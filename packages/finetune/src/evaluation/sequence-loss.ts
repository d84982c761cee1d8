// Measures how probable a model finds given tokens: of single sequences, and as a mean over examples.

import type { LanguageModel } from '@kk/gpt';
import type { LabelledTokens } from '../data/examples.js';

export interface SequenceProbability {
  /** The sum over the learned tokens, in nats, 0 or less. */
  readonly logProbability: number;
  /** How many tokens are learned. */
  readonly tokens: number;
}

export interface MeanLoss {
  /** Nats per learned token. */
  readonly loss: number;
  /** exp(loss). */
  readonly perplexity: number;
  /** Learned tokens of all examples. */
  readonly tokens: number;
}

/**
 * The log-probability of the learned tokens of one example, each from the tokens before it.
 *
 * @throws RangeError when nothing is learned, lengths differ, or the example has more tokens than the context and one; Error when the loss is not finite
 */
export async function sequenceProbability(model: LanguageModel, { ids, learned }: LabelledTokens): Promise<SequenceProbability> {
  const { contextLength } = model.config;
  if (ids.length !== learned.length) throw new RangeError(`sequenceProbability: there are ${ids.length} ids and ${learned.length} marks of what is learned; expected as many.`);
  if (ids.length > contextLength + 1) throw new RangeError(`sequenceProbability: an example has ${ids.length} tokens; expected at most ${contextLength + 1}, the model's context and the token after it: shorten it or leave it out.`);
  const targets = ids.slice(1).map((id, i) => (learned[i + 1] ? id : -1));
  const tokens = targets.filter((target) => target >= 0).length;
  if (tokens === 0) throw new RangeError('sequenceProbability: no token of an example is learned after the first one: leave it out.');
  const { engine } = model;
  const shape = [1, targets.length];
  const loss = engine.scope(() => engine.noGradient(() => model.loss(engine.tensor(ids.slice(0, -1), shape, 'int32'), engine.tensor(targets, shape, 'int32'))));
  const mean = await loss.item();
  loss.dispose();
  if (!Number.isFinite(mean)) throw new Error(`sequenceProbability: the loss is ${mean}: the weights of this model are not finite or far too large, as after a training that broke down. Take an earlier checkpoint.`);
  return { logProbability: -mean * tokens, tokens };
}

/**
 * The mean loss over the learned tokens of all examples, each of which is read alone, once, without filler or truncation.
 *
 * @param signal ends it before the next example
 * @throws as `sequenceProbability`; RangeError when there are no examples; the signal's reason when it is aborted
 */
export async function lossOf(model: LanguageModel, examples: readonly LabelledTokens[], signal?: AbortSignal): Promise<MeanLoss> {
  if (examples.length === 0) throw new RangeError('lossOf: there are no examples; expected at least one.');
  let [sum, tokens] = [0, 0];
  for (const example of examples) {
    signal?.throwIfAborted();
    const own = await sequenceProbability(model, example);
    sum -= own.logProbability;
    tokens += own.tokens;
  }
  return { loss: sum / tokens, perplexity: Math.exp(sum / tokens), tokens };
}
