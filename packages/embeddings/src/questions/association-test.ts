// WEAT, the word-embedding association test: are two groups of words, such as flowers and insects, associated differently with two groups of
// attributes, such as pleasant and unpleasant words, and could chance do that, too?
//
// Source: Caliskan, Bryson and Narayanan, "Semantics derived automatically from language corpora contain human-like biases", Science 2017.
import { checkOptions, Random } from '@kk/nn-core';
import { dotProduct } from './cosine.js';
import type { WordSpace } from './word-space.js';

export interface AssociationTest {
  /** X and Y: the targets, such as flowers and insects. */
  targets: readonly [readonly string[], readonly string[]];
  /** A and B: the attributes, such as pleasant and unpleasant words. */
  attributes: readonly [readonly string[], readonly string[]];
}

export interface AssociationOptions {
  /** Up to so many ways of dividing the targets are all looked at; beyond, as many are drawn. Default 200,000: two groups of 10 have 184,756. */
  permutations?: number;
  /** Of the draws; default 0. */
  seed?: number;
  /**
   * What counts as at least as strong as the real division. 1: where X is at least as much nearer to A than Y is, as in the paper. 2: also where it is
   * the other way round, so that the order of the groups makes no difference. Default 1.
   */
  sides?: 1 | 2;
}

export interface AssociationResult {
  /** s(X, Y, A, B): the sum of X's associations minus that of Y's. */
  readonly statistic: number;
  /** The difference of the mean associations of X and Y in standard deviations (of the sample, n - 1) of all: from -2 to 2, about. */
  readonly effectSize: number;
  /**
   * The share of all divisions of the targets that are at least as strong as the real one, which is one of them, so it is never 0. With one side: whose
   * statistic is not below the real one. (The paper's formula leaves those that are equal out.) With two sides: whose two means differ no less.
   * Of drawn divisions it is (`atLeast` + 1) / (`permutations` + 1), with the real one beside those that were drawn.
   */
  readonly pValue: number;
  /** How many of the divisions that were looked at are at least as strong: where all were, the real one is among them. */
  readonly atLeast: number;
  /** Whether all divisions were looked at. */
  readonly exact: boolean;
  /** How many were. */
  readonly permutations: number;
  /** How many there are. */
  readonly divisions: number;
  /** s(w, A, B) of each target: its mean cosine with A minus that with B. */
  readonly associations: readonly { word: string; group: 0 | 1; association: number }[];
}

/**
 * @throws RangeError when a group is empty, a target is there twice, or a word is unknown
 */
export function associationTest(space: WordSpace, { targets, attributes }: AssociationTest, options: AssociationOptions = {}): AssociationResult {
  checkOptions<AssociationOptions>('associationTest', options, { permutations: 'optional', seed: 'optional', sides: 'optional' });
  const { permutations = 200_000, seed = 0, sides = 1 } = options;
  check(targets, attributes, permutations, sides);
  const groups = attributes.map((words) => words.map((word) => space.direction(word)));
  const meanCosine = (direction: Float64Array, group: readonly Float64Array[]): number => group.reduce((sum, other) => sum + dotProduct(direction, other), 0) / group.length;
  const associations = targets.flatMap((words, group) =>
    words.map((word) => {
      const direction = space.direction(word);
      return { word, group: group as 0 | 1, association: meanCosine(direction, groups[0]) - meanCosine(direction, groups[1]) };
    }),
  );
  const values = associations.map(({ association }) => association);
  const chosen = targets[0].length;
  const [first, second] = [sumOf(values.slice(0, chosen)), sumOf(values.slice(chosen))];
  const difference = first / chosen - second / targets[1].length;
  return {
    statistic: first - second,
    effectSize: difference === 0 ? 0 : difference / sampleDeviation(values),
    ...permutationTest(values, { chosen, most: permutations, seed, sides }),
    associations,
  };
}

/**
 * The statistic grows with the sum of the chosen ones alone, because the sum of all stays. With two sides the distance of that sum from the one that
 * chance gives on average is compared, which is in proportion to the difference of the two means.
 */
function permutationTest(values: readonly number[], { chosen, most, seed, sides }: { chosen: number; most: number; seed: number; sides: 1 | 2 }): Pick<AssociationResult, 'pValue' | 'atLeast' | 'exact' | 'permutations' | 'divisions'> {
  const expected = (sumOf(values) * chosen) / values.length;
  const strength = sides === 1 ? (sum: number): number => sum : (sum: number): number => Math.abs(sum - expected);
  const rounding = 1e-12 * values.reduce((sum, value) => sum + Math.abs(value), 0); // the same numbers in another order may add up to a little less
  const enough = strength(sumOf(values.slice(0, chosen))) - rounding;
  const divisions = binomial(values.length, chosen);
  let atLeast = 0;
  const count = (sum: number): void => {
    if (strength(sum) >= enough) atLeast++;
  };
  if (divisions <= most) {
    const choose = (from: number, left: number, sum: number): void => {
      if (left === 0) return count(sum);
      for (let i = from; i <= values.length - left; i++) choose(i + 1, left - 1, sum + values[i]);
    };
    choose(0, chosen, 0);
    return { pValue: atLeast / divisions, atLeast, exact: true, permutations: divisions, divisions };
  }
  const random = new Random(seed);
  for (let draw = 0; draw < most; draw++) {
    const order = random.permutation(values.length);
    let sum = 0;
    for (let i = 0; i < chosen; i++) sum += values[order[i]];
    count(sum);
  }
  return { pValue: (atLeast + 1) / (most + 1), atLeast, exact: false, permutations: most, divisions };
}

function check(targets: AssociationTest['targets'], attributes: AssociationTest['attributes'], permutations: number, sides: number): void {
  const empty = [...targets, ...attributes].findIndex((words) => words.length === 0);
  if (empty >= 0) throw new RangeError(`associationTest: ${empty < 2 ? 'targets' : 'attributes'}[${empty % 2}] has no word; each group needs one or more.`);
  const all = targets.flat();
  const twice = all.find((word, i) => all.indexOf(word) !== i);
  if (twice !== undefined) throw new RangeError(`associationTest: the target ${JSON.stringify(twice)} is there twice; give each once.`);
  if (!Number.isSafeInteger(permutations) || permutations < 1) throw new RangeError(`associationTest: permutations is ${String(permutations)}; expected a whole number of 1 or more.`);
  if (sides !== 1 && sides !== 2) throw new RangeError(`associationTest: sides is ${String(sides)}; choose 1 or 2.`);
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function sampleDeviation(values: readonly number[]): number {
  const mean = sumOf(values) / values.length;
  return Math.sqrt(sumOf(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) result = (result * (n - i + 1)) / i;
  return Math.round(result);
}
