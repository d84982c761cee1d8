// Draws words in proportion to weights, in constant time: the alias method.
//
// Source: Vose, "A linear algorithm for generating random numbers with a given distribution", IEEE TSE 1991.
import { power } from './exact-math.js';

/** Column i is chosen uniformly; it is the word i when 32 random bits are below `thresholds[i]`, else the word `aliases[i]`. */
export interface AliasTable {
  thresholds: Uint32Array;
  aliases: Uint32Array;
}

/** @param weights  numbers from 0, at least one above 0; one below 2^-32 of the mean may be taken for 0 */
export function aliasTable(weights: ArrayLike<number>): AliasTable {
  const size = weights.length;
  let sum = 0;
  for (let i = 0; i < size; i++) sum += weights[i];
  /** How much of its column a word still has to fill; the mean is 1. */
  const need = Float64Array.from(weights, (weight) => (weight * size) / sum);
  const thresholds = new Uint32Array(size).fill(2 ** 32 - 1);
  const aliases = Uint32Array.from({ length: size }, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  need.forEach((share, i) => (share < 1 ? small : large).push(i));
  while (small.length > 0 && large.length > 0) {
    const less = small.pop()!;
    const more = large[large.length - 1];
    thresholds[less] = Math.min(2 ** 32 - 1, Math.floor(need[less] * 2 ** 32));
    aliases[less] = more;
    need[more] -= 1 - need[less];
    if (need[more] < 1) small.push(large.pop()!);
  }
  // What is left is 1 but for rounding: such a column is its own alias.
  return { thresholds, aliases };
}

/**
 * The table from which negative examples are drawn: in proportion to count^exponent.
 * Source of the exponent 0.75: Mikolov et al., "Distributed representations of words and phrases", NIPS 2013.
 */
export function negativeTable(counts: ArrayLike<number>, exponent: number): AliasTable {
  return aliasTable(Float64Array.from(counts, (count) => (count === 0 ? 0 : power(count, exponent))));
}
