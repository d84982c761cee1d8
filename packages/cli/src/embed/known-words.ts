// The words that a user asks about: each must have a vector, and mostly a direction.
import type { WordVectors } from '@kk/embeddings';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import type { VectorsOptions } from '../options/vectors.js';
import { numberFormats } from '../terminal/numbers.js';

const numbers = numberFormats('en');

/**
 * Finds each word as it is, or else as the file writes it: vectors are mostly trained on small letters, and `König` is there as `könig`. What
 * was taken instead is said on stderr.
 * @param options  what the vectors were read with: `model` as the user typed it
 * @returns the words of the file in the same order, or words that have a vector by their n-grams
 * @throws {Failure} naming the first word without a vector
 */
export function findWords(context: Context, vectors: WordVectors, words: readonly string[], { model, limit }: VectorsOptions): string[] {
  const found = words.map((word) => {
    const own = hasVector(vectors, word) ? word : otherSpelling(vectors, word);
    if (own === undefined) throw new Failure(`${model} has no vector for '${word}'.`, remedy(vectors, limit));
    return own;
  });
  tellSpellings(context, words, found);
  return found;
}

/** Says once for each word what was taken instead. */
export function tellSpellings({ errors }: Context, words: readonly string[], found: readonly string[]): void {
  const taken = new Map(words.map((word, at) => [word, found[at]] as const).filter(([word, other]) => word !== other));
  if (taken.size > 0) errors.paragraph(`Taken as the file writes it: ${[...taken].map(([word, other]) => `${other} for ${word}`).join(', ')}`, { style: errors.colors.dim });
}

function remedy({ words, subwords }: WordVectors, limit: number | undefined): string {
  if (limit !== undefined && words.length >= limit) return `Only its first ${words.length === 1 ? 'word was' : `${numbers.integer(words.length)} words were`} read: give a larger --limit, or ask for another one.`;
  return `It has ${numbers.count(words.length, 'word')}${subwords ? ', and n-grams for others' : ''}; ask for another one.`;
}

/** @throws {Failure} naming the first word whose vector is all zeros: there is no angle to it */
export function checkDirections(vectors: WordVectors, words: readonly string[], model: string): void {
  const zero = words.find((word) => !hasDirection(vectors, word));
  if (zero !== undefined) throw new Failure(`The vector of '${zero}' in ${model} is all zeros: it has no direction, and so nothing is near it.`, 'Ask about another word.');
}

/** Whether the vector of a word has a number other than 0. */
export const hasDirection = (vectors: WordVectors, word: string): boolean => vectors.vector(word)?.some((value) => value !== 0) === true;

/** Whether a word has a vector of its own, or one from n-grams. */
export const hasVector = (vectors: WordVectors, word: string): boolean => vectors.vector(word) !== undefined;

/** Whether the vector of a word comes from n-grams only. */
export const isFromSubwords = (vectors: WordVectors, word: string): boolean => vectors.place(word) === undefined && hasVector(vectors, word);

/** The first word of the list, which is the most frequent one in most files, that differs in capital letters only, or in Unicode's form. */
export function otherSpelling({ words }: WordVectors, word: string): string | undefined {
  const formOf = (text: string): string => text.normalize('NFC').toLowerCase();
  const form = formOf(word);
  return words.find((other) => formOf(other) === form);
}
