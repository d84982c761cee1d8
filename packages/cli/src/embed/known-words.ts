// The words that a user asks about: each must have a vector.
import { type WordVectors } from '@kk/embeddings';
import { Failure } from '../errors.js';

/**
 * @param shown  the file of the vectors, as the user typed it
 * @throws {Failure} naming the first word without a vector, and how the file writes it, if it does
 */
export function checkWords(vectors: WordVectors, words: readonly string[], shown: string): void {
  const unknown = words.find((word) => !hasVector(vectors, word));
  if (unknown === undefined) return;
  const other = otherSpelling(vectors, unknown);
  throw new Failure(`${shown} has no vector for '${unknown}'.`, other === undefined ? `It has ${vectors.words.length} words${vectors.subwords ? ', and n-grams for others' : ''}; ask for another one.` : `It has '${other}'.`);
}

/** Whether a word has a vector of its own, or one from n-grams. */
export const hasVector = (vectors: WordVectors, word: string): boolean => vectors.vector(word) !== undefined;

/** Whether the vector of a word comes from n-grams only. */
export const isFromSubwords = (vectors: WordVectors, word: string): boolean => vectors.place(word) === undefined && hasVector(vectors, word);

/** The first word that differs in capital letters only, or in Unicode's form. */
function otherSpelling({ words }: WordVectors, word: string): string | undefined {
  const formOf = (text: string): string => text.normalize('NFC').toLowerCase();
  const form = formOf(word);
  return words.find((other) => formOf(other) === form);
}
