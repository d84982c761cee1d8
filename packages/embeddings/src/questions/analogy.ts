// Answers analogies, "man is to king as woman is to ...?", by adding and subtracting directions, or by multiplying similarities.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { isNothing } from './cosine.js';
import { certainDirection, type WordNeighbour, type WordNeighbourOptions, type WordSpace } from './word-space.js';

export interface AnalogyQuestion {
  /** Words to add: for the question above 'king' and 'woman'. One or more. */
  positive: readonly string[];
  /** Words to subtract: 'man'. */
  negative?: readonly string[];
}

export interface AnalogyOptions extends WordNeighbourOptions {
  /**
   * 'add' is 3CosAdd: the neighbours of the sum of the directions (Mikolov, Yih and Zweig 2013, in Levy's and Goldberg's words). 'multiply' is 3CosMul
   * (Levy and Goldberg 2014), where a single large similarity cannot outweigh the others. Default 'add'.
   */
  method?: 'add' | 'multiply';
}

const analogyOptionNames: OptionNames<AnalogyOptions> = { method: 'optional', count: 'optional', exclude: 'optional', limit: 'optional' };

/**
 * The words that answer an analogy, best first; never one of the question's words.
 * @returns the neighbours with their cosine ('add') or score ('multiply')
 * @throws RangeError when a word is unknown or has a vector of zeros, nothing is to be added, or what is added and taken away leaves nothing
 */
export function analogy(space: WordSpace, { positive, negative = [] }: AnalogyQuestion, options: AnalogyOptions = {}): WordNeighbour[] {
  checkOptions('analogy', options, analogyOptionNames);
  if (positive.length === 0) throw new RangeError('analogy: there is no positive word; give one or more.');
  const { count = 10, limit, exclude, method = 'add' } = options;
  const rest = { limit, exclude: space.places(positive, negative, exclude) };
  if (method === 'add') return space.named(space.search.nearest(combine(space, { positive, negative }), count, rest));
  if (method !== 'multiply') throw new TypeError(`analogy: there is no method ${JSON.stringify(method)}; choose 'add' or 'multiply'.`);
  const directions = (words: readonly string[]): Float64Array[] => words.map((word) => certainDirection(space, word));
  return space.named(space.search.byProduct(directions(positive), directions(negative), count, rest));
}

/**
 * The sum of the positive words' directions minus that of the negative ones: where an analogy by addition leads, and each step there for an
 * arrow on a map.
 * @returns `width` numbers, of any length; zeros where the words leave nothing, as king - king
 * @throws RangeError when a word is unknown or has a vector of zeros
 */
export function combine(space: WordSpace, { positive, negative = [] }: AnalogyQuestion): Float64Array {
  const sum = new Float64Array(space.vectors.width);
  const add = (words: readonly string[], sign: number): void => {
    for (const word of words) certainDirection(space, word).forEach((value, i) => (sum[i] += sign * value));
  };
  add(positive, 1);
  add(negative, -1);
  return isNothing(sum) ? sum.fill(0) : sum;
}
