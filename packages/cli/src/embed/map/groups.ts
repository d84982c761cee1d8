// Puts words into groups of similar ones, so that a map can give each group a colour: k-means of directions (spherical k-means), seeded.
//
// Source: Dhillon and Modha, "Concept decompositions for large sparse text data using clustering", 2001; the first centres are chosen far
// from each other, as in k-means++ (Arthur and Vassilvitskii, 2007).
import { Random } from '@kk/nn-core';

/** As many as a palette of colours has that can be told apart. */
export const MOST_GROUPS = 8;
const ROUNDS = 50;

/**
 * @param directions  one per word, of length 1
 * @param count  of groups; fewer if there are fewer words
 * @returns the group of each word, from 0; the group of the first word is 0, the next new one 1, and so on
 */
export function groupsOf(directions: readonly ArrayLike<number>[], count: number, seed: number): number[] {
  let centres = firstCentres(directions, Math.min(count, directions.length), new Random(seed));
  let groups: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const next = directions.map((direction) => nearest(direction, centres));
    if (next.every((group, at) => group === groups[at])) break;
    groups = next;
    centres = centres.map((centre, group) => meanDirection(directions.filter((_, at) => groups[at] === group)) ?? centre);
  }
  const order = [...new Set(groups)];
  return groups.map((group) => order.indexOf(group));
}

/** Words that are drawn with a probability that grows with their distance from the centres so far. */
function firstCentres(directions: readonly ArrayLike<number>[], count: number, random: Random): ArrayLike<number>[] {
  const centres = [directions[random.integer(directions.length)]];
  while (centres.length < count) {
    const distances = directions.map((direction) => Math.max(0, 1 - product(direction, centres[nearest(direction, centres)])));
    let left = random.uniform() * distances.reduce((sum, distance) => sum + distance, 0);
    const chosen = distances.findIndex((distance) => (left -= distance) < 0);
    if (chosen < 0) break; // all words lie in the directions of the centres
    centres.push(directions[chosen]);
  }
  return centres;
}

function nearest(direction: ArrayLike<number>, centres: readonly ArrayLike<number>[]): number {
  let best = 0;
  for (let group = 1; group < centres.length; group++) if (product(direction, centres[group]) > product(direction, centres[best])) best = group;
  return best;
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Undefined for none, or for directions that cancel out. */
function meanDirection(directions: readonly ArrayLike<number>[]): Float64Array | undefined {
  if (directions.length === 0) return undefined;
  const sum = new Float64Array(directions[0].length);
  for (const direction of directions) for (let i = 0; i < sum.length; i++) sum[i] += direction[i];
  const length = Math.sqrt(product(sum, sum));
  return length > 0 ? sum.map((value) => value / length) : undefined;
}
