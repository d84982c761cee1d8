// Chapter 5: four words of which one does not go with the others. Three are of one kind and one of another, drawn by lot; or they are the visitor's own.
import { oddOneOut } from '@kk/embeddings';
import { Random } from '@kk/nn-core';
import { wordKinds, type WordKind } from '@kk/corpora/sentences';
import { defineJob } from '../job.js';
import type { WordTexts } from '../word-texts.js';
import { trainedWords } from '../word-training.js';

export interface WordOddInput {
  texts: WordTexts;
  /** Which draw it is, from 1. */
  round: number;
  /** The visitor's own words instead; empty without any. */
  own: readonly string[];
}

export interface WordOdd {
  /** The words in the order in which they are shown. */
  words: readonly string[];
  /** The one that was drawn from another kind; empty for the visitor's own words. */
  stranger: string;
  kind: WordKind | null;
  /** Words that the training does not know. */
  unknown: readonly string[];
  /** The words by how well they go with the others, the odd one first, with the cosine to the middle of all. Empty for fewer than three words. */
  ranked: readonly { word: string; similarity: number }[];
  epochs: number;
}

export default defineJob(async function* ({ texts, round, own }: WordOddInput, tools): AsyncGenerator<WordOdd, WordOdd> {
  const { space, vectors, options } = await trainedWords(tools, texts);
  const drawn = own.length > 0 ? { words: [...new Set(own)], stranger: '', kind: null } : draw(texts, round, (word) => vectors.place(word) !== undefined);
  const unknown = drawn.words.filter((word) => vectors.place(word) === undefined);
  const known = drawn.words.filter((word) => !unknown.includes(word));
  const result = { ...drawn, words: known, unknown, ranked: known.length < 3 ? [] : oddOneOut(space, known), epochs: options.epochs! };
  yield result;
  return result;
});

function draw({ language }: WordTexts, round: number, isKnown: (word: string) => boolean): { words: string[]; stranger: string; kind: WordKind | null } {
  const random = new Random(round);
  const kinds = (Object.entries(wordKinds[language]) as [WordKind, readonly string[]][]).map(([kind, words]) => ({ kind, words: words.filter(isKnown) })).filter(({ words }) => words.length >= 3);
  if (kinds.length < 2) return { words: [], stranger: '', kind: null };
  const [most, other] = random.permutation(kinds.length);
  const three = [...random.permutation(kinds[most!]!.words.length)].slice(0, 3).map((at) => kinds[most!]!.words[at]!);
  const stranger = kinds[other!]!.words[random.permutation(kinds[other!]!.words.length)[0]!]!;
  const four = [...three, stranger];
  return { words: [...random.permutation(4)].map((at) => four[at]!), stranger, kind: kinds[most!]!.kind };
}
