// Chapter 5: an axis with a name: from one word to another, and where the other words lie on it.
import { NamedAxis } from '@kk/embeddings';
import { AT_EACH_END } from '../axis-ends.js';
import { defineJob } from '../job.js';
import type { WordTexts } from '../word-texts.js';
import { trainedWords } from '../word-training.js';

export interface WordAxisInput {
  texts: WordTexts;
  from: string;
  to: string;
}

export interface WordAxis {
  from: string;
  to: string;
  askable: readonly string[];
  unknown: readonly string[];
  /** The words farthest towards each end, in their order on the axis, with the cosine to it. Empty without two known words that differ. */
  rows: readonly { word: string; position: number }[];
  epochs: number;
}

export default defineJob(async function* ({ texts, from, to }: WordAxisInput, tools): AsyncGenerator<WordAxis, WordAxis> {
  const { space, vectors, askable, excluded, options } = await trainedWords(tools, texts);
  const unknown = [from, to].filter((word) => vectors.place(word) === undefined);
  const out = new Set([...excluded, from, to]);
  const sorted = unknown.length > 0 || from === to ? [] : new NamedAxis(space, { from: [from], to: [to] }).sort(vectors.words.filter((word) => !out.has(word)));
  const result = { from, to, askable, unknown, rows: [...sorted.slice(0, AT_EACH_END), ...sorted.slice(AT_EACH_END).slice(-AT_EACH_END)], epochs: options.epochs! };
  yield result;
  return result;
});
