// Byte-pair encoding of one piece: again and again the neighbours with the lowest rank become one token, the leftmost first.
// Two ways to the same result: a plain scan, fastest for words, and a heap over a linked list for long pieces,
// where scanning would take quadratic time.

import { type MergeTable, NO_RANK } from './merge-table';

/** Pieces up to this many symbols are scanned. Measured with GPT-2's merges on German text: the heap wins from about 100 to 150 on. */
export const LONGEST_SCAN = 96;

const scanRanks = new Int32Array(LONGEST_SCAN);

/** Merges the first `length` symbols in place and returns how many are left. */
export function mergePiece(symbols: Int32Array, length: number, merges: MergeTable): number {
  return length <= LONGEST_SCAN ? mergeByScanning(symbols, length, merges) : mergeByHeap(symbols, length, merges);
}

/** `mergePiece` for at most LONGEST_SCAN symbols, in quadratic time. */
export function mergeByScanning(symbols: Int32Array, length: number, merges: MergeTable): number {
  // ranks[i] is the rank of the pair (symbols[i], symbols[i + 1]).
  const ranks = scanRanks;
  for (let i = 0; i + 1 < length; i++) ranks[i] = merges.rank(symbols[i], symbols[i + 1]);
  while (length > 1) {
    let best = 0;
    for (let i = 1; i + 1 < length; i++) if (ranks[i] < ranks[best]) best = i;
    if (ranks[best] === NO_RANK) break;
    symbols[best] = merges.results[ranks[best]];
    length--;
    for (let i = best + 1; i < length; i++) {
      symbols[i] = symbols[i + 1];
      ranks[i] = ranks[i + 1];
    }
    if (best > 0) ranks[best - 1] = merges.rank(symbols[best - 1], symbols[best]);
    if (best + 1 < length) ranks[best] = merges.rank(symbols[best], symbols[best + 1]);
  }
  return length;
}

/** `mergePiece` in time n log n. */
export function mergeByHeap(symbols: Int32Array, length: number, merges: MergeTable): number {
  const next = new Int32Array(length);
  const previous = new Int32Array(length);
  // A merge takes one symbol away and adds at most two candidates.
  const heap = new MinHeap(3 * length);
  // A candidate is one number that sorts by rank, then by place; exact up to 2^53.
  const offer = (place: number): void => {
    const rank = merges.rank(symbols[place], symbols[next[place]]);
    if (rank !== NO_RANK) heap.push(rank * length + place);
  };
  for (let i = 0; i < length; i++) {
    next[i] = i + 1;
    previous[i] = i - 1;
  }
  for (let i = 0; i + 1 < length; i++) offer(i);

  const GONE = -1;
  while (heap.size > 0) {
    const candidate = heap.pop();
    const place = candidate % length;
    const rank = (candidate - place) / length;
    const right = next[place];
    // Candidates are not taken back when a neighbour changes: the pair may be another one by now, or gone.
    if (symbols[place] === GONE || right >= length || merges.rank(symbols[place], symbols[right]) !== rank) continue;
    symbols[place] = merges.results[rank];
    symbols[right] = GONE;
    next[place] = next[right];
    if (next[place] < length) {
      previous[next[place]] = place;
      offer(place);
    }
    if (previous[place] >= 0) offer(previous[place]);
  }

  let left = 0;
  for (let place = 0; place < length; place = next[place]) symbols[left++] = symbols[place];
  return left;
}

/** A binary heap of numbers, the smallest first. */
class MinHeap {
  readonly #values: Float64Array;
  size = 0;

  constructor(capacity: number) {
    this.#values = new Float64Array(capacity);
  }

  push(value: number): void {
    const values = this.#values;
    let i = this.size++;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (values[parent] <= value) break;
      values[i] = values[parent];
      i = parent;
    }
    values[i] = value;
  }

  pop(): number {
    const values = this.#values;
    const smallest = values[0];
    const value = values[--this.size];
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && values[child + 1] < values[child]) child++;
      if (values[child] >= value) break;
      values[i] = values[child];
      i = child;
    }
    values[i] = value;
    return smallest;
  }
}
