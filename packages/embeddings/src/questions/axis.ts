// Axes with names: the direction from one pole to the other, such as from 'small' to 'large', on which every word has a place.
import { clampCosine, dotProduct, isNothing, toUnit } from './cosine.js';
import { certainDirection, type WordSpace } from './word-space.js';

export interface AxisPoles {
  /** What the axis is called; default: its first words, 'small - large'. */
  name?: string;
  /** Words of the pole at -1. */
  from: readonly string[];
  /** Words of the pole at 1. */
  to: readonly string[];
}

export interface WordOnAxis {
  readonly word: string;
  /** The cosine between the word and the axis: above 0 towards `to`. */
  readonly position: number;
}

/** The difference between the mean directions of two groups of words (Bolukbasi et al. 2016 call it a direction; Kozlowski et al. 2019 a dimension). */
export class NamedAxis {
  readonly name: string;
  /** `width` numbers, length 1. */
  readonly direction: Float64Array;
  readonly #space: WordSpace;

  /** @throws RangeError when a pole has no word, a word is unknown or has a vector of zeros, or the poles are in the same place */
  constructor(space: WordSpace, { name, from, to }: AxisPoles) {
    const [start, end] = [meanDirection(space, from, 'from'), meanDirection(space, to, 'to')];
    const difference = end.map((value, i) => value - start[i]);
    if (isNothing(difference)) throw new RangeError(`NamedAxis: ${JSON.stringify(from)} and ${JSON.stringify(to)} are in the same place; choose poles that differ.`);
    this.name = name ?? `${from[0]} - ${to[0]}`;
    this.direction = toUnit(difference);
    this.#space = space;
  }

  /** The cosine between a word, or a vector, and the axis, from -1 (`from`) to 1 (`to`); 0 of zeros. @throws RangeError when the word is unknown */
  position(of: string | ArrayLike<number>): number {
    return clampCosine(dotProduct(typeof of === 'string' ? this.#space.direction(of) : toUnit(of), this.direction));
  }

  /** Words in their order on the axis, the one nearest to `from` first. */
  sort(words: readonly string[]): WordOnAxis[] {
    return words.map((word) => ({ word, position: this.position(word) })).sort((a, b) => a.position - b.position);
  }
}

function meanDirection(space: WordSpace, words: readonly string[], pole: string): Float64Array {
  if (words.length === 0) throw new RangeError(`NamedAxis: the pole '${pole}' has no word; give one or more.`);
  const sum = new Float64Array(space.vectors.width);
  for (const word of words) certainDirection(space, word).forEach((value, i) => (sum[i] += value / words.length));
  return sum;
}
