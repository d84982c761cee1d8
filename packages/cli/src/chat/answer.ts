// Lets a model answer: token by token, with what it would have chosen instead at each place.
import { setImmediate } from 'node:timers/promises';
import type { Decoder } from '@kk/gpt';
import { entropy, generate, softmax, streamText, type NextTokenModel, type SamplingOptions } from '@kk/sampler';
import { StreamDecoder, type Tokenizer } from '@kk/tokenizer';
import type { EndOfTurn } from './template.js';

/** A token that could have come at a place of an answer. */
export interface Candidate {
  readonly id: number;
  /** Of the model itself, before temperature and the like. */
  readonly probability: number;
}

/** A place of an answer. */
export interface Place {
  /** The likeliest tokens, and the one that was taken. */
  readonly candidates: readonly Candidate[];
  readonly taken: number;
  /** In nats: how undecided the model was. */
  readonly entropy: number;
}

export interface Answer {
  readonly text: string;
  readonly places: readonly Place[];
  /** `full`: the context of the model is full. */
  readonly end: 'ended' | 'longest' | 'full' | 'stopped';
}

export interface AnswerOptions {
  readonly maxTokens: number;
  readonly sampling: SamplingOptions;
  readonly seed: number;
  readonly stopTokens: readonly number[];
  readonly endOfTurn: EndOfTurn;
  /** What the template writes before an answer, and the model instead of it: no part of the text. */
  readonly lead: string;
  /** Positions of the model's context. */
  readonly contextLength: number;
  /** Stops the answer; what was written until then is the answer. */
  readonly signal: AbortSignal;
  /** Called with each piece of text. */
  readonly onText: (text: string) => void;
}

const CANDIDATES = 8;

/** @param ids the conversation up to where the answer begins; fewer than the context has positions */
export async function answer(decoder: Decoder, tokenizer: Tokenizer, ids: readonly number[], options: AnswerOptions): Promise<Answer> {
  const { maxTokens, sampling, seed, stopTokens, endOfTurn, lead, contextLength, signal, onText } = options;
  const places: Place[] = [];
  let last: Omit<Place, 'taken'> | undefined;
  const watched: NextTokenModel = {
    vocabSize: decoder.vocabSize,
    async next(context) {
      await setImmediate(); // lets keys arrive: Ctrl-C is one
      const logits = await decoder.next(context);
      const probabilities = softmax(logits);
      last = { candidates: likeliest(probabilities), entropy: entropy(logits) };
      return logits;
    },
  };
  const most = Math.min(maxTokens, contextLength - ids.length);
  const stops = endOfTurn.token === undefined ? stopTokens : [...stopTokens, endOfTurn.token];
  const taken = async function* (): AsyncGenerator<number> {
    for await (const id of generate(watched, ids, { ...sampling, seed, maxTokens: most, stopTokens: stops, signal })) {
      if (last) places.push({ ...last, taken: id });
      yield id;
    }
  };
  const stream = new StreamDecoder(tokenizer);
  // A model may have more tokens than its tokenizer.
  const toText = { push: (id: number) => (id < tokenizer.vocabSize ? stream.push(id) : '\ufffd'), end: () => stream.end() };
  const pieces = streamText(taken(), toText, { stopStrings: endOfTurn.text === undefined ? [] : [endOfTurn.text] });
  let text = '';
  /** What of the lead may still come; its beginning is held back until it is known to be the lead. */
  let awaited = lead;
  let held = '';
  const take = (piece: string): void => {
    held += piece;
    if (awaited !== '' && held !== '' && held.length < awaited.length && awaited.startsWith(held)) return;
    if (awaited !== '' && held.startsWith(awaited)) held = held.slice(awaited.length);
    awaited = '';
    if (held === '') return;
    text += held;
    onText(held);
    held = '';
  };
  try {
    for (let next = await pieces.next(); ; next = await pieces.next()) {
      if (next.done) {
        if (held !== '') onText(held); // less than the lead
        text += held;
        const isCut = (next.value ?? undefined) === undefined && places.length === most;
        return { text, places, end: !isCut ? 'ended' : most < maxTokens ? 'full' : 'longest' };
      }
      take(next.value);
    }
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return { text: text + held, places, end: 'stopped' };
  }
}

function likeliest(probabilities: Float32Array | Float64Array): Candidate[] {
  const best: Candidate[] = [];
  for (let id = 0; id < probabilities.length; id++) {
    const probability = probabilities[id]!;
    if (best.length === CANDIDATES && probability <= best[CANDIDATES - 1]!.probability) continue;
    let place = best.length;
    while (place > 0 && best[place - 1]!.probability < probability) place--;
    best.splice(place, 0, { id, probability });
    best.length = Math.min(best.length, CANDIDATES);
  }
  return best;
}
