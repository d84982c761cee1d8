// Counts the different n-grams of a sequence, for every order, with one suffix array.
import { commonPrefixesInSteps, type Steps, suffixArrayInSteps, within } from '@kk/markov';

/** The counts of the n-grams of one order. */
export interface NgramCounts {
  /** Units in an n-gram. */
  readonly order: number;
  /** The number of n-grams, including overlapping ones. */
  readonly total: number;
  /** The number of different n-grams. */
  readonly distinct: number;
  /** The number of n-grams that occur once. */
  readonly once: number;
  /** Sum of c ln c over the counts c. */
  readonly sumCountLogCount: number;
  /** How often the last n-gram of the sequence occurs; 0 without n-grams. */
  readonly countOfLast: number;
}

export class NgramGroups {
  readonly #suffixes: Int32Array;
  readonly #common: Int32Array;

  private constructor(readonly sequence: Int32Array, suffixes: Int32Array, common: Int32Array) {
    this.#suffixes = suffixes;
    this.#common = common;
  }

  /** @param sequence numbers from 0 to alphabet - 1 */
  static *ofInSteps(sequence: Int32Array, alphabet: number): Steps<NgramGroups> {
    const suffixes = yield* within(suffixArrayInSteps(sequence, alphabet), 0, 0.8);
    const common = yield* within(commonPrefixesInSteps(sequence, suffixes), 0.8, 1);
    return new NgramGroups(sequence, suffixes, common);
  }

  /** @param order units in an n-gram, at least 1 */
  counts(order: number): NgramCounts {
    const n = this.sequence.length;
    let distinct = 0;
    let once = 0;
    let sumCountLogCount = 0;
    let countOfLast = 0;
    let count = 0;
    let hasLast = false;
    const close = (): void => {
      if (count === 0) return;
      distinct++;
      if (hasLast) countOfLast = count;
      hasLast = false;
      if (count === 1) once++;
      else sumCountLogCount += count * Math.log(count);
      count = 0;
    };
    for (let i = 0; i < n; i++) {
      if (this.#common[i] < order) close();
      // Suffixes shorter than the order contain no such n-gram.
      if (this.#suffixes[i] + order > n) continue;
      count++;
      if (this.#suffixes[i] + order === n) hasLast = true;
    }
    close();
    return { order, total: Math.max(0, n - order + 1), distinct, once, sumCountLogCount, countOfLast };
  }

  /** The longest sequence that occurs twice, including overlaps, and its first two places; of equally long ones the first. */
  longestRepetition(): { length: number; first: number; second: number } | undefined {
    let found: { length: number; first: number; second: number } | undefined;
    for (let i = 1; i < this.#common.length; i++) {
      const length = this.#common[i];
      if (length === 0 || length < (found?.length ?? 0)) continue;
      const first = Math.min(this.#suffixes[i - 1], this.#suffixes[i]);
      if (found && length === found.length && first >= found.first) continue;
      found = { length, first, second: Math.max(this.#suffixes[i - 1], this.#suffixes[i]) };
    }
    return found;
  }
}
