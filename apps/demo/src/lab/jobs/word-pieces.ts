// Chapter 5: a word that the training never saw gets a vector from its pieces of letters, as in fastText.
import { subwordBuckets } from '@kk/embeddings';
import { defineJob } from '../job.js';
import type { WordTexts } from '../word-texts.js';
import { SUBWORDS } from '../word-settings.js';
import { trainedWords } from '../word-training.js';
import { neighboursOf } from './word-map.js';

export interface WordPiecesInput {
  texts: WordTexts;
  word: string;
}

export interface WordPieces {
  word: string;
  /** Whether the sentences have the word itself. */
  isKnown: boolean;
  /** All pieces, with `<` and `>` at the word's ends. */
  pieces: readonly { text: string; /** Whether a word of the sentences has it, too. */ isKnown: boolean; /** Some of these words. */ from: readonly string[] }[];
  /** The nearest words of the sentences; empty when no piece is known. */
  neighbours: readonly { word: string; similarity: number }[];
  epochs: number;
}

/** So many words are named that share a piece. */
const NAMED = 3;

export default defineJob(async function* ({ texts, word }: WordPiecesInput, tools): AsyncGenerator<WordPieces, WordPieces> {
  const trained = await trainedWords(tools, texts, SUBWORDS);
  const { vectors, corpus, options } = trained;
  const present = new Set(vectors.subwords!.present ?? []);
  const owners = await tools.keep(`pieces ${JSON.stringify(texts)}`, () => {
    const found = new Map<number, string[]>();
    for (const known of corpus.words) for (const bucket of new Set(subwordBuckets(known, SUBWORDS))) found.set(bucket, [...(found.get(bucket) ?? []), known]);
    return found;
  });
  const pieces = word === '' ? [] : piecesOf(word).map(({ text, bucket }) => ({ text, isKnown: present.has(bucket), from: (owners.get(bucket) ?? []).filter((other) => other !== word).slice(0, NAMED) }));
  const result = {
    word, isKnown: vectors.place(word) !== undefined, pieces, epochs: options.epochs!,
    neighbours: word !== '' && vectors.vector(word) ? neighboursOf(trained, word, 6) : [],
  };
  yield result;
  return result;
});

/** The pieces of a word in the order of its buckets. */
export function piecesOf(word: string): { text: string; bucket: number }[] {
  const characters = [...`<${word}>`];
  const { minLength, maxLength } = SUBWORDS;
  const texts = characters.flatMap((_, start) => Array.from({ length: maxLength - minLength + 1 }, (__, more) => characters.slice(start, start + minLength + more)).filter((piece, more) => piece.length === minLength + more).map((piece) => piece.join('')));
  const buckets = subwordBuckets(word, SUBWORDS);
  return texts.map((text, at) => ({ text, bucket: buckets[at]! }));
}
