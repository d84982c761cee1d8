// Finds sequences of tokens in texts: for the origin of a continuation, and for copied passages in a generated text. It works on any ids
// and is independent of models.
import { describe } from '@kk/options';
import { finished, type Steps } from '../steps.js';
import { suffixArrayInSteps } from './suffix-array.js';

export interface IndexedText {
  name: string;
  /** Integers from 0 to 2^31 - 2. */
  ids: ArrayLike<number>;
}

/** A position in one of the texts. */
export interface Place {
  /** The text's name, and its index among the texts. */
  source: string;
  text: number;
  /** The index of the first token in that text, from 0. */
  position: number;
}

/** A sequence of tokens that also occurs in one of the texts. */
export interface CopiedRun extends Place {
  /** The index of its first token in the examined text. */
  start: number;
  length: number;
}

export interface CopyReport {
  /** The share of tokens in copied sequences of at least the minimum length, 0 to 1; 0 for an empty text. */
  share: number;
  /** The copied sequences that cannot be extended on either side, in order; they may overlap. Each names one of its places. */
  runs: CopiedRun[];
  /** The longest one (the first of equals); undefined if there is none. */
  longest?: CopiedRun;
}

/** An index over texts: a suffix array, built on first use, of 8 bytes per token. A sequence never crosses from one text into the next. */
export class SourceIndex {
  readonly names: readonly string[];
  // All texts concatenated, with each id increased by one and each text ended by a 0, which no sequence contains.
  readonly #all: Int32Array;
  readonly #starts: Int32Array;
  readonly #alphabet: number;
  #sorted: Int32Array | undefined;

  /** @throws RangeError if an id is not an integer from 0 to 2^31 - 2 */
  constructor(texts: readonly IndexedText[]) {
    this.names = texts.map(({ name }) => name);
    this.#all = new Int32Array(texts.reduce((sum, { ids }) => sum + ids.length + 1, 0));
    this.#starts = new Int32Array(texts.length);
    let at = 0;
    let highest = 0;
    texts.forEach(({ name, ids }, text) => {
      this.#starts[text] = at;
      for (let i = 0; i < ids.length; i++) {
        const id = ids[i];
        if (!(Number.isInteger(id) && id >= 0 && id < 2 ** 31 - 1)) throw new RangeError(`ids[${i}] of ${name} is ${describe(id)}: expected an integer from 0 to 2^31 - 2`);
        if (id >= highest) highest = id + 1;
        this.#all[at++] = id + 1;
      }
      at++;
    });
    this.#alphabet = highest + 1;
  }

  /** Builds the index, which is otherwise done on first use. Yields the approximate share that is done, 0 to 1, about ten times a second. */
  *buildInSteps(): Steps<void> {
    this.#sorted ??= yield* suffixArrayInSteps(this.#all, this.#alphabet);
  }

  /** How often a sequence of ids occurs in the texts. The empty sequence occurs once before each token and at each end. */
  count(ids: ArrayLike<number>): number {
    return this.#bound(ids, 0, ids.length, true) - this.#bound(ids, 0, ids.length, false);
  }

  /** The places of a sequence of ids, in the order of the texts; at most `limit`. The empty sequence has none. */
  occurrences(ids: ArrayLike<number>, limit = Infinity): Place[] {
    if (ids.length === 0) return [];
    const sorted = this.#sortedPositions();
    const places = sorted.slice(this.#bound(ids, 0, ids.length, false), this.#bound(ids, 0, ids.length, true)).sort();
    return Array.from(places.subarray(0, Math.min(limit, places.length)), (position) => this.#place(position));
  }

  /**
   * The longest sequence of `ids` from position `from` on that occurs in the texts, and one of its places; length 0 and no place if there
   * is none.
   */
  longestMatch(ids: ArrayLike<number>, from = 0): { length: number; place?: Place } {
    const sorted = this.#sortedPositions();
    const at = this.#bound(ids, from, ids.length, false);
    let best = -1;
    let length = 0;
    // The suffix with the longest common prefix is one of the two neighbours of the insertion point.
    for (const index of [at - 1, at]) {
      if (index < 0 || index >= sorted.length) continue;
      const common = this.#common(ids, from, ids.length, sorted[index], 0);
      if (common > length) [length, best] = [common, sorted[index]];
    }
    return best < 0 ? { length: 0 } : { length, place: this.#place(best) };
  }

  /**
   * Finds the passages of a text that are copied verbatim.
   *
   * @param ids the text to examine; ids may be unknown to the index
   * @param minimumRun the minimum length of a copy, an integer from 1
   * @throws RangeError if minimumRun is out of range
   */
  copies(ids: ArrayLike<number>, minimumRun: number): CopyReport {
    if (!(Number.isInteger(minimumRun) && minimumRun >= 1)) throw new RangeError(`minimumRun must be an integer from 1, got ${describe(minimumRun)}`);
    const runs: CopiedRun[] = [];
    let covered = 0;
    let coveredUntil = 0;
    for (let start = 0; start < ids.length; ) {
      const { length, place } = this.longestMatch(ids, start);
      if (place === undefined) {
        start++;
        continue;
      }
      const end = start + length;
      if (length >= minimumRun) {
        runs.push({ start, length, ...place });
        covered += end - Math.max(start, coveredUntil);
        coveredUntil = end;
      }
      start = this.#nextStart(ids, start, end);
    }
    const longest = runs.reduce<CopiedRun | undefined>((best, run) => (best === undefined || run.length > best.length ? run : best), undefined);
    return { share: ids.length === 0 ? 0 : covered / ids.length, runs, longest };
  }

  /**
   * The first position after `start` from which a sequence extends beyond `end`, where the one from `start` ends. If ids[j] to ids[end]
   * occurs in the texts, so does the part from j + 1 on; so the first such j is found with doubling steps backwards from the end.
   */
  #nextStart(ids: ArrayLike<number>, start: number, end: number): number {
    if (end >= ids.length) return ids.length;
    const known = (from: number): boolean => this.#bound(ids, from, end + 1, true) > this.#bound(ids, from, end + 1, false);
    if (!known(end)) return end + 1;
    let good = end;
    let bad = start;
    for (let step = 1; good - step > start; step *= 2) {
      if (!known(good - step)) {
        bad = good - step;
        break;
      }
      good -= step;
    }
    while (good - bad > 1) {
      const middle = (good + bad) >> 1;
      if (known(middle)) good = middle;
      else bad = middle;
    }
    return good;
  }

  /**
   * The first index in sorted order whose suffix is not below ids[from..to); with `after`, the first that is above all suffixes beginning
   * with it.
   */
  #bound(ids: ArrayLike<number>, from: number, to: number, after: boolean): number {
    const sorted = this.#sortedPositions();
    let low = 0;
    let high = sorted.length;
    // The lengths that the suffixes just outside share with the sequence; everything between them shares at least the smaller.
    let commonLow = 0;
    let commonHigh = 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      const common = this.#common(ids, from, to, sorted[middle], Math.min(commonLow, commonHigh));
      const below = from + common === to ? after : this.#all[sorted[middle] + common] < ids[from + common] + 1;
      if (below) {
        low = middle + 1;
        commonLow = common;
      } else {
        high = middle;
        commonHigh = common;
      }
    }
    return low;
  }

  /** The length of the common prefix of ids[from..to) and the text at a position; the first `known` tokens are known to be equal. */
  #common(ids: ArrayLike<number>, from: number, to: number, position: number, known: number): number {
    let length = known;
    while (from + length < to && this.#all[position + length] === ids[from + length] + 1) length++;
    return length;
  }

  #place(position: number): Place {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return { source: this.names[low], text: low, position: position - this.#starts[low] };
  }

  #sortedPositions(): Int32Array {
    finished(this.buildInSteps());
    return this.#sorted!;
  }
}
