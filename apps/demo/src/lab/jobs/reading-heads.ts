// Chapter 6: how much of the last token's attention goes to one word of the text, in every head; and what is expected without the head
// that gives it most.
import { inspect, type HeadAddress, type Interventions, type Prediction } from '@kk/gpt/explain';
import { defineJob } from '../job.js';
import { chancesAfter, lookedText, type Chance } from '../looked-text.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import type { Piece } from '../model-text.js';
import type { ReadyModel } from '../ready-model.js';
import { placesOfWord, wordsOfTokens, type TextWord } from '../words-of-tokens.js';

export interface ReadingHeadsInput {
  model: string;
  text: string;
  /** The place of a token of the word; without it, the word that the model expects next, if it stands in the text, else the first one. */
  at?: number;
}

export interface ReadingHeads extends ModelSize {
  tokens: Piece[];
  isCut: boolean;
  layers: number;
  heads: number;
  /** The attention of the last token: (layers, heads, time). */
  rows: Float32Array;
  /** The words that can be asked for. */
  words: TextWord[];
  /** The word, and where it stands; null in a text without words. */
  word: { text: string; places: number[] } | null;
  /** Whether it is the word that the model expects next. */
  isExpected: boolean;
  /** How much goes to the word, [layer][head]. */
  shares: number[][];
  /** The head that gives it most. */
  best: HeadAddress;
  /** What is expected next, and how probable that is without the best head; then what is expected instead. */
  expected: Chance;
  without: { probability: number; first: Chance };
}

export default defineJob(async function* (input: ReadingHeadsInput, tools): AsyncGenerator<ReadingHeads, ReadingHeads> {
  const model = await tools.model(input.model);
  const { ids, tokens, isCut } = lookedText(model, input.text);
  const { layers, heads } = model.gpt.config;
  const time = ids.length;
  const inspection = inspect(model.gpt, ids);
  const { weights } = await inspection.patterns();
  const [expected] = (await inspection.predictions({ alternatives: 1 })).at(-1)!.alternatives;
  inspection.dispose();
  await tools.breathe();

  const rows = new Float32Array(layers * heads * time);
  for (let head = 0; head < layers * heads; head++) for (let key = 0; key < time; key++) rows[head * time + key] = weights[(head * time + time - 1) * time + key]!;
  const words = wordsOfTokens(model, ids);
  const next = model.tokenizer.decode([expected!.id]);
  const isExpected = ({ text }: TextWord): boolean => begins(text, next);
  const asked = words.find(({ places }) => places.includes(input.at ?? -1)) ?? words.find(isExpected) ?? words[0];
  const word = asked ? { text: asked.text, places: placesOfWord(words, asked.text) } : null;
  const share = (head: number): number => (word?.places ?? []).reduce((sum, place) => sum + rows[head * time + place]!, 0);
  const all = Array.from({ length: layers * heads }, (_, head) => share(head));
  const highest = all.indexOf(Math.max(...all));
  const best = { layer: Math.floor(highest / heads), head: highest % heads };
  const without = await lastPrediction(model, ids, { headsOff: [best] }, expected!.id);
  const result: ReadingHeads = {
    tokens, isCut, layers, heads, rows, words, word, isExpected: asked !== undefined && isExpected(asked), best,
    shares: Array.from({ length: layers }, (_, layer) => all.slice(layer * heads, (layer + 1) * heads)),
    expected: chancesAfter(model, ids, [expected!])[0]!,
    without: { probability: without.tracked[0]!.probability, first: chancesAfter(model, ids, without.alternatives)[0]! },
    ...sizeOf(model.gpt.config),
  };
  yield result;
  return result;
});

/** Whether a word is written with this token, or begins with it: a token may be only its first letters. */
function begins(word: string, token: string): boolean {
  const letters = token.trim();
  return letters.length > 1 && word.startsWith(letters);
}

async function lastPrediction(model: ReadyModel, ids: readonly number[], interventions: Interventions, track: number): Promise<Prediction> {
  const inspection = inspect(model.gpt, ids, interventions);
  const predictions = await inspection.predictions({ alternatives: 1, track: [track] });
  inspection.dispose();
  return predictions.at(-1)!;
}
