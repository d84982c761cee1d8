// Evaluates a model: the loss over a whole text.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { LanguageModel } from '../model/language-model.js';
import { yieldToEventLoop } from './event-loop.js';
import { checkTokenIds, type TokenIds } from './token-ids.js';

export interface EvaluateOptions {
  /** The number of windows computed at once, default 32. It changes the result only by rounding. */
  batchSize?: number;
  /** Called with the number of tokens predicted so far, and the total. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

const OPTIONS: OptionNames<EvaluateOptions> = { batchSize: 'optional', onProgress: 'optional', signal: 'optional' };

export interface Evaluation {
  /** Mean cross-entropy in nats per token. */
  readonly loss: number;
  /** exp(loss): a uniform choice among this many tokens would be equally uncertain. */
  readonly perplexity: number;
  /** The number of predicted tokens. */
  readonly tokens: number;
}

/**
 * Predicts every token except the first exactly once. The text is cut into consecutive windows of the context length, so a token sees only
 * the earlier tokens of its window.
 * @param ids the whole text, at least two tokens
 * @throws RangeError when there is nothing to predict, or the batch size is none; TypeError when an option is unknown; Error when the loss is not finite, because the weights are ruined; the signal's
 * reason when it is aborted
 */
export async function evaluate(model: LanguageModel, ids: TokenIds, options: EvaluateOptions = {}): Promise<Evaluation> {
  checkTokenIds('evaluate', ids);
  checkOptions('evaluate', options, OPTIONS);
  const { batchSize = 32, onProgress, signal } = options;
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) throw new RangeError(`evaluate: batchSize is ${String(batchSize)}; expected a whole number of at least 1.`);
  const { contextLength } = model.config;
  const total = ids.length - 1;
  if (total < 1) throw new RangeError(`evaluate: the text has ${ids.length} tokens; at least 2 are needed, since each is predicted from those before it.`);
  let sum = 0;
  let done = 0;
  while (done < total) {
    signal?.throwIfAborted();
    const left = total - done;
    const time = Math.min(contextLength, left);
    const windows = Math.min(batchSize, Math.floor(left / time));
    const count = windows * time;
    const loss = await batchLoss(model, ids.subarray(done, done + count), ids.subarray(done + 1, done + count + 1), [windows, time]);
    if (!Number.isFinite(loss)) {
      throw new Error(`evaluate: the loss is ${loss} in the tokens from ${done} to ${done + count}: the weights of this model are not finite or far too large, as after a training that broke down. Take an earlier checkpoint, or train anew.`);
    }
    sum += loss * count;
    done += count;
    onProgress?.(done, total);
    await yieldToEventLoop();
  }
  const loss = sum / total;
  return { loss, perplexity: Math.exp(loss), tokens: total };
}

async function batchLoss(model: LanguageModel, inputs: TokenIds, targets: TokenIds, shape: [number, number]): Promise<number> {
  const { engine } = model;
  const loss = engine.scope(() => engine.noGradient(() => model.loss(engine.tensor(inputs, shape, 'int32'), engine.tensor(targets, shape, 'int32'))));
  const value = await loss.item();
  loss.dispose();
  return value;
}
