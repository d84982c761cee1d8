// Finds the word that does not go with the others.
import { dotProduct, toUnit } from './cosine.js';
import { certainDirection, type WordSpace } from './word-space.js';

/**
 * Words by how well they go with the others, the odd one first: by the cosine between each word and the mean direction of all, as gensim's
 * `doesnt_match` does.
 * @param words three or more, each once
 * @returns all of them, with that cosine
 * @throws RangeError when there are fewer than three, one twice, or a word is unknown or has a vector of zeros
 */
export function oddOneOut(space: WordSpace, words: readonly string[]): { word: string; similarity: number }[] {
  if (words.length < 3) throw new RangeError(`oddOneOut: got ${words.length} words; expected three or more, since of two neither is the odd one.`);
  if (new Set(words).size < words.length) throw new RangeError(`oddOneOut: a word is there twice in ${JSON.stringify(words)}; give each once.`);
  const directions = words.map((word) => certainDirection(space, word));
  const sum = new Float64Array(space.vectors.width);
  for (const direction of directions) direction.forEach((value, i) => (sum[i] += value));
  const mean = toUnit(sum);
  return words.map((word, i) => ({ word, similarity: dotProduct(directions[i], mean) })).sort((a, b) => a.similarity - b.similarity);
}
