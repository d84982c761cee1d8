// Chapter 5: an axis with a name: from some words to others, and where the remaining ones lie on it.
import { NamedAxis } from '@kk/embeddings';
import { AT_EACH_END } from '../axis-ends.js';
import { defineJob } from '../job.js';
import type { WordTexts } from '../word-texts.js';
import { trainedWords } from '../word-training.js';

export interface WordAxisInput {
  texts: WordTexts;
  from: readonly string[];
  to: readonly string[];
}

export interface WordAxis {
  /** The words of both ends that are known. */
  from: readonly string[];
  to: readonly string[];
  unknown: readonly string[];
  /** The words farthest towards each end, in their order on the axis, with the cosine to it. Empty without a known word at each end. */
  rows: readonly { word: string; position: number }[];
  epochs: number;
}

export default defineJob(async function* ({ texts, ...ends }: WordAxisInput, tools): AsyncGenerator<WordAxis, WordAxis> {
  const { space, vectors, excluded, options } = await trainedWords(tools, texts);
  const isKnown = (word: string): boolean => vectors.place(word) !== undefined;
  const [from, to] = [ends.from.filter(isKnown), ends.to.filter((word) => isKnown(word) && !ends.from.includes(word))];
  const out = new Set([...excluded, ...from, ...to]);
  const sorted = from.length === 0 || to.length === 0 ? [] : new NamedAxis(space, { from, to }).sort(vectors.words.filter((word) => !out.has(word)));
  const unknown = [...ends.from, ...ends.to].filter((word) => !isKnown(word));
  const result = { from, to, unknown, rows: [...sorted.slice(0, AT_EACH_END), ...sorted.slice(AT_EACH_END).slice(-AT_EACH_END)], epochs: options.epochs! };
  yield result;
  return result;
});
