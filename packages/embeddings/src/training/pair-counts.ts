// Counts how often two words stand near each other: a hash table of pairs, and from it a symmetric sparse matrix.
import type { Corpus } from './corpus.js';
import type { SparseMatrix } from './sparse-matrix.js';
import type { Steps } from './steps.js';

/** What a neighbour at a distance counts: 1, or 1 / distance. */
export type DistanceWeight = 'flat' | 'harmonic';

/** Pairs between two yields: some milliseconds. */
const STEP_PAIRS = 200_000;
/** 2^26 pairs take 1.5 GB in the table. */
const MOST_PAIRS = 2 ** 26;

/**
 * Counts all pairs of words at most `window` words apart in a sentence. Element (a, b) is the sum of the weights of the neighbours b of
 * all occurrences of a; a word beside itself counts twice, once from each side.
 *
 * @throws RangeError when there are more than 2^26 different pairs
 */
export function* countPairs({ words, tokens, starts }: Corpus, window: number, weight: DistanceWeight): Steps<SparseMatrix> {
  const pairs = new PairCounts();
  const size = words.length;
  let since = 0;
  for (let s = 0; s + 1 < starts.length; s++) {
    for (let at = starts[s]; at < starts[s + 1]; at++) {
      for (let distance = 1; distance <= window && at - distance >= starts[s]; distance++) {
        const a = tokens[at];
        const b = tokens[at - distance];
        pairs.add(Math.min(a, b) * size + Math.max(a, b), weight === 'flat' ? 1 : 1 / distance);
      }
      since += window;
      if (since >= STEP_PAIRS) {
        since = 0;
        yield at / tokens.length;
      }
    }
  }
  return pairs.toMatrix(size);
}

/** Open addressing with linear probing; the table is at most half full. */
class PairCounts {
  #keys = new Float64Array(2 ** 16).fill(-1);
  #values = new Float64Array(2 ** 16);
  #used = 0;

  add(key: number, amount: number): void {
    let slot = slotOf(key, this.#keys.length);
    while (this.#keys[slot] !== key) {
      if (this.#keys[slot] === -1) {
        this.#keys[slot] = key;
        if (++this.#used * 2 > this.#keys.length) {
          this.#grow();
          this.add(key, amount);
          return;
        }
        break;
      }
      slot = (slot + 1) & (this.#keys.length - 1);
    }
    this.#values[slot] += amount;
  }

  /** Each pair twice, as (a, b) and (b, a); the columns of a row ascend. */
  toMatrix(size: number): SparseMatrix {
    const starts = new Uint32Array(size + 1);
    const each = (visit: (a: number, b: number, value: number) => void): void =>
      this.#keys.forEach((key, slot) => {
        if (key !== -1) visit(Math.floor(key / size), key % size, this.#values[slot]);
      });
    each((a, b) => {
      starts[a + 1]++;
      if (a !== b) starts[b + 1]++;
    });
    for (let row = 0; row < size; row++) starts[row + 1] += starts[row];
    // Elements in no order within rows; then the transposed matrix, written row by row, has ascending columns. It is the same matrix.
    const next = starts.slice();
    const unordered = new Uint32Array(starts[size]);
    const values = new Float64Array(starts[size]);
    const put = (row: number, column: number, value: number): void => {
      unordered[next[row]] = column;
      values[next[row]++] = value;
    };
    each((a, b, value) => {
      put(a, b, a === b ? 2 * value : value);
      if (a !== b) put(b, a, value);
    });
    const place = starts.slice();
    const columns = new Uint32Array(starts[size]);
    const ordered = new Float64Array(starts[size]);
    for (let row = 0; row < size; row++) {
      for (let at = starts[row]; at < starts[row + 1]; at++) {
        const column = unordered[at];
        columns[place[column]] = row;
        ordered[place[column]++] = values[at];
      }
    }
    return { rows: size, columns: size, starts, indices: columns, values: ordered };
  }

  #grow(): void {
    if (this.#used > MOST_PAIRS) throw new RangeError(`There are more than ${MOST_PAIRS} different pairs of words; choose a smaller window or fewer words (minCount, maxWords).`);
    const keys = this.#keys;
    const values = this.#values;
    this.#keys = new Float64Array(2 * keys.length).fill(-1);
    this.#values = new Float64Array(2 * keys.length);
    keys.forEach((key, from) => {
      if (key === -1) return;
      let slot = slotOf(key, this.#keys.length);
      while (this.#keys[slot] !== -1) slot = (slot + 1) & (this.#keys.length - 1);
      this.#keys[slot] = key;
      this.#values[slot] = values[from];
    });
  }
}

/** Both halves of the key, mixed by two odd multipliers. */
function slotOf(key: number, slots: number): number {
  const mixed = Math.imul(key % 2 ** 32, 0x9e3779b1) ^ Math.imul(Math.floor(key / 2 ** 32), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) & (slots - 1);
}
