// Chapter 1: the most probable next words after a text, how much the visitor's guess surprises the model, and a word that was rolled.
import type { Decoder } from '@kk/gpt';
import { Random, sampleToken, softmax, surprise } from '@kk/sampler';
import { defineJob } from '../job.js';
import { MOST_BYTES } from '../../figures/token-pieces.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { continuation, otherCase, pieces, type Piece } from '../model-text.js';
import { goesOn, probableWords } from '../probable-words.js';
import type { ReadyModel } from '../ready-model.js';
import { readSentence, type SentenceInput } from '../sentence.js';

export interface GuessWordInput {
  model: string;
  text: SentenceInput;
  /** As typed; empty if there is none. */
  guess: string;
  /** How many of the most probable words are wanted. */
  count: number;
  /** The n-th roll of a seed, from 1; 0 for none. */
  roll: { seed: number; nth: number };
}

/** A word with its tokens, each with its probability after those before it. */
export interface JudgedWord {
  /** As the model reads it: perhaps with another first letter than was typed. */
  text: string;
  /** With what is before it: a space. */
  decoded: string;
  pieces: (Piece & { probability: number })[];
  /** The product of the probabilities. */
  probability: number;
  bits: number;
}

export interface GuessWord extends ModelSize {
  text: string;
  /** The word with which the story went on; only of stories. */
  next?: string;
  prompt: Piece[];
  words: JudgedWord[];
  guess: JudgedWord | null;
  rolled: JudgedWord | null;
  vocabSize: number;
}

/** A rolled word is cut after so many tokens. */
const LONGEST_ROLL = 8;

/** How the model judges a continuation, token by token. */
async function judge(decoder: Decoder, model: ReadyModel, context: readonly number[], ids: readonly number[]): Promise<JudgedWord> {
  const rows = await decoder.nextMany(context, ids.slice(0, -1));
  let bits = 0;
  const shown = pieces(model, [...context.slice(-MOST_BYTES), ...ids]).slice(-ids.length); // a word may begin with the rest of a character
  const judged = shown.map((piece, index) => {
    bits += surprise(rows[index]!, piece.id) / Math.LN2;
    return { ...piece, probability: softmax(rows[index]!)[piece.id]! };
  });
  const decoded = model.tokenizer.decode(ids);
  return { text: decoded.trim(), decoded, pieces: judged, probability: 2 ** -bits, bits };
}

async function rollWord(decoder: Decoder, model: ReadyModel, context: readonly number[], random: Random): Promise<JudgedWord> {
  const ids: number[] = [];
  while (ids.length < LONGEST_ROLL) {
    const id = sampleToken(await decoder.next([...context, ...ids]), { random });
    if (ids.length > 0 && !goesOn(model.tokenizer, id)) break;
    ids.push(id);
  }
  return judge(decoder, model, context, ids);
}

export default defineJob(async function* (input: GuessWordInput, tools): AsyncGenerator<GuessWord, GuessWord> {
  const model = await tools.model(input.model);
  const { text, next, prompt, context } = readSentence(model, input.text);
  const decoder = model.sharedDecoder();
  const result: GuessWord = { text, next, prompt, words: [], guess: null, rolled: null, vocabSize: model.tokenizer.vocabSize, ...sizeOf(model.gpt.config) };

  const typed = continuation(text, input.guess);
  if (typed !== '') {
    const other = typed.startsWith(' ') ? ` ${otherCase(typed.trim())}` : otherCase(typed);
    const readings: JudgedWord[] = [];
    for (const reading of new Set([typed, other])) readings.push(await judge(decoder, model, context, Array.from(model.tokenizer.encode(reading))));
    // On a phone, "hase" is easily typed for "Hase": the reading that the model expects more counts.
    result.guess = readings.sort((a, b) => a.bits - b.bits)[0]!;
  }
  for (const { ids } of await probableWords((ids) => decoder.next(ids), model.tokenizer, context, { count: input.count, marks: true, isOpen: /[„‚»(]$|(?:^|\s)"$/.test(text) })) {
    result.words.push(await judge(decoder, model, context, ids));
    await tools.breathe();
  }
  if (input.roll.nth > 0) result.rolled = await rollWord(decoder, model, context, new Random(input.roll.seed).fork(input.roll.nth));
  yield result;
  return result;
});
