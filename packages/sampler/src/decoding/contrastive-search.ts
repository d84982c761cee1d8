// Contrastive search (Su et al. 2022, "A Contrastive Framework for Neural Text Generation", equation 5): of the k most probable tokens it
// takes one that is probable and whose hidden state differs from all before it. It is deterministic and avoids repetition.
import { describe, requireList, wrongKind } from '@kk/options';
import { requireKnown } from '../checks.js';
import { softmax } from '../softmax.js';
import type { NextTokenModel } from '../model.js';
import { Asker, checkCount, checkLogits, copyPrompt, readStopTokens } from './ask.js';
import { requireModel } from './check-model.js';
import { highestPlaces } from './highest-places.js';

/** Logits and the hidden state they were computed from. */
export interface LogitsWithHidden {
  /** Logits over the next token, shape (vocabSize,). */
  readonly logits: Float32Array;
  /** The hidden state of the context's last token, shape (width,): usually the input of the output layer. */
  readonly hidden: Float32Array;
}

/** A model that also returns its last hidden state. */
export interface HiddenStateModel extends NextTokenModel {
  /** Like next(), for a context of at least one id. The model may reuse the memory at the next call. */
  nextWithHidden(context: ArrayLike<number>): LogitsWithHidden | Promise<LogitsWithHidden>;
}

export interface ContrastiveSearchOptions {
  /** The maximum number of tokens: an integer from 0. */
  maxTokens: number;
  /** The number of most probable tokens to compare: an integer from 1; default 4. 1 is greedy. */
  topK?: number;
  /** The weight of the similarity against the probability, `alpha` in the paper: from 0 (greedy) to 1; default 0.6. */
  penalty?: number;
  /** Tokens that end the text; the stop token is not returned. */
  stopTokens?: Iterable<number>;
  /** Stops the search: the loop throws the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Continues a prompt with the token v that has the highest (1 - penalty) p(v) - penalty max_j cos(h_v, h_j); of equal ones with the more
 * probable. h_v is the hidden state that v would have, h_j are those of all earlier tokens. The model is called once per token of the
 * prompt, and k times per new token.
 *
 * @param prompt at least one id
 * @throws TypeError at the first step if an option is unknown, or the model, the prompt or an option is of a wrong kind
 * @throws RangeError at the first step if an option or an id of the prompt is out of range, or if the model's results are invalid
 * @throws the signal's reason when aborted
 */
export async function* contrastiveSearch(model: HiddenStateModel, prompt: ArrayLike<number>, options: ContrastiveSearchOptions): AsyncGenerator<number, void, undefined> {
  requireKnown<ContrastiveSearchOptions>('contrastiveSearch', options, { maxTokens: true, topK: true, penalty: true, stopTokens: true, signal: true });
  const { maxTokens, topK = 4, penalty = 0.6, stopTokens, signal } = options;
  checkCount('maxTokens', maxTokens, 0);
  checkCount('topK', topK, 1);
  if (!(penalty >= 0 && penalty <= 1)) throw new RangeError(`penalty must be a number from 0 to 1, got ${describe(penalty)}`);
  requireModel('model', model, 'nextWithHidden');
  const ids = copyPrompt(prompt, model.vocabSize);
  if (ids.length === 0) throw new RangeError('the prompt is empty: contrastive search compares with what was written before');
  const stops = readStopTokens(stopTokens, model.vocabSize);
  const asker = new Asker(signal);
  const ask = async (context: number[]): Promise<LogitsWithHidden> => {
    await asker.breathe();
    const answer = await model.nextWithHidden(context);
    if (typeof answer !== 'object' || answer === null) throw wrongKind('what model.nextWithHidden() gave', answer, '{ logits, hidden }');
    const { logits, hidden } = answer;
    await asker.breathe();
    requireList('what the model gave as hidden', hidden, 'a Float32Array with the hidden state of the last token');
    checkLogits(logits, model.vocabSize);
    return { logits: logits.slice(), hidden: unitLength(hidden) };
  };

  /** The hidden states so far, one per token, scaled to length 1. */
  const past: Float32Array[] = [];
  let last: LogitsWithHidden | undefined;
  for (let length = 1; maxTokens > 0 && length <= ids.length; length++) past.push((last = await ask(ids.slice(0, length))).hidden);
  for (let step = 0; step < maxTokens; step++) {
    const probabilities = softmax(last!.logits);
    let best = -Infinity;
    let chosen = -1;
    for (const id of highestPlaces(probabilities, topK)) {
      // An impossible token is never a candidate, even if there are fewer than k others.
      if (probabilities[id] === 0) continue;
      const answer = await ask([...ids, id]);
      const likeness = past.reduce((most, hidden) => Math.max(most, dot(hidden, answer.hidden)), -1);
      const score = (1 - penalty) * probabilities[id] - penalty * likeness;
      if (score <= best) continue;
      best = score;
      chosen = id;
      last = answer;
    }
    if (stops.has(chosen)) return;
    ids.push(chosen);
    past.push(last!.hidden);
    yield chosen;
  }
}

/** A copy scaled to length 1. @throws RangeError if that is impossible */
function unitLength(hidden: Float32Array): Float32Array {
  const length = Math.sqrt(dot(hidden, hidden));
  if (!(length > 0 && length < Infinity)) throw new RangeError('a hidden state is empty, all zeros or not finite: it has no direction to compare');
  return hidden.map((value) => value / length);
}

function dot(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new RangeError(`hidden states differ in width: ${a.length} and ${b.length}`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
