// Contrastive search (Su et al. 2022, "A Contrastive Framework for Neural Text Generation", equation 5): of the k most probable tokens
// the one that is probable and whose hidden state is unlike all before it. Without chance, and yet without repetition.
import { softmax } from '../softmax.js';
import { type NextTokenModel } from '../model.js';
import { Asker, checkCount, checkLogits, copyPrompt, readStopTokens } from './ask.js';
import { highestPlaces } from './highest-places.js';

/** Logits and what the model thought when it made them. */
export interface LogitsWithHidden {
  /** Logits over the next token, shape (vocabSize,). */
  readonly logits: Float32Array;
  /** The hidden state of the context's last token, shape (width,): usually the input of the output layer. */
  readonly hidden: Float32Array;
}

/** A model that shows its last hidden state. */
export interface HiddenStateModel extends NextTokenModel {
  /** As next(); context has at least one id. The memory may be used anew at the next call. */
  nextWithHidden(context: ArrayLike<number>): LogitsWithHidden | Promise<LogitsWithHidden>;
}

export interface ContrastiveSearchOptions {
  /** How many tokens at most: an integer from 0. */
  maxTokens: number;
  /** How many of the most probable tokens are looked at: an integer from 1; 4 if left out. 1 is greedy. */
  topK?: number;
  /** How much likeness counts against probability, `alpha` of the paper: from 0 (greedy) to 1; 0.6 if left out. */
  penalty?: number;
  /** Tokens that end the text; the one that did is not given out. */
  stopTokens?: Iterable<number>;
  /** Stops the search: the loop throws the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Continues a prompt with the token v that has the highest (1 - penalty) p(v) - penalty max_j cos(h_v, h_j), where h_v is the hidden state
 * that v would have and h_j are those of all tokens before; of equal ones the more probable. The model is asked once per token of the prompt, and
 * k times per token that is written.
 *
 * @param prompt at least one id
 * @throws RangeError at the first step if an option or an id of the prompt is out of range, or if the model's answers are unusable
 * @throws the signal's reason when aborted
 */
export async function* contrastiveSearch(model: HiddenStateModel, prompt: ArrayLike<number>, options: ContrastiveSearchOptions): AsyncGenerator<number, void, undefined> {
  const { maxTokens, topK = 4, penalty = 0.6, stopTokens, signal } = options;
  checkCount('maxTokens', maxTokens, 0);
  checkCount('topK', topK, 1);
  if (!(penalty >= 0 && penalty <= 1)) throw new RangeError(`penalty must be a number from 0 to 1, got ${String(penalty)}`);
  const ids = copyPrompt(prompt, model.vocabSize);
  if (ids.length === 0) throw new RangeError('the prompt is empty: contrastive search compares with what was written before');
  const stops = readStopTokens(stopTokens, model.vocabSize);
  const asker = new Asker(signal);
  const ask = async (context: number[]): Promise<LogitsWithHidden> => {
    await asker.breathe();
    const { logits, hidden } = await model.nextWithHidden(context);
    await asker.breathe();
    checkLogits(logits, model.vocabSize);
    return { logits: logits.slice(), hidden: unitLength(hidden) };
  };

  /** Of unit length, one per token so far. */
  const past: Float32Array[] = [];
  let last: LogitsWithHidden | undefined;
  for (let length = 1; maxTokens > 0 && length <= ids.length; length++) past.push((last = await ask(ids.slice(0, length))).hidden);
  for (let step = 0; step < maxTokens; step++) {
    const probabilities = softmax(last!.logits);
    let best = -Infinity;
    let chosen = -1;
    for (const id of highestPlaces(probabilities, topK)) {
      // An impossible token is no candidate, however few others there are.
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

/** A copy with length 1. @throws RangeError if there is no such copy */
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
