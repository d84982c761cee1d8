// Merges the symbols of a piece by the definition of byte-pair encoding: the pair of neighbours with the lowest rank, the leftmost of
// equals, and repeats. Two implementations give the same result: a plain scan, fastest for words, and a heap over a linked list, for long
// pieces (of byte-level BPE only where byte-level/linear-encoder.ts does not work with the vocabulary), for long tokens, and for merging
// with dropout.

import { MinHeap } from './min-heap.js';
import { type MergeRules, NO_RANK } from './merge-rules.js';

/** Up to this many symbols are scanned, which takes quadratic time; more go through the heap. */
const LONGEST_SCAN = 128;

/** Reused buffer of the scan; it grows to the longest piece so far. */
let scanRanks = new Int32Array(256);

export interface MergeOptions {
  /** Stops when this many symbols are left. Default 1. */
  fewest?: number;
  /** Receives the index of the first original symbol of each symbol that is left. At least `length` long. */
  firsts?: Int32Array;
}

/** Merges the first `length` symbols in place, with the implementation that is faster for so many, and returns how many are left. */
export function mergePiece(symbols: Int32Array, length: number, rules: MergeRules, options: MergeOptions = {}): number {
  return length <= LONGEST_SCAN ? mergeByScanning(symbols, length, rules, options) : mergeByHeap(symbols, length, rules, options);
}

/** Merges the first `length` symbols in place, in quadratic time, and returns how many are left. */
export function mergeByScanning(symbols: Int32Array, length: number, rules: MergeRules, { fewest = 1, firsts }: MergeOptions = {}): number {
  if (length > scanRanks.length) scanRanks = new Int32Array(length);
  // ranks[i] is the rank of the pair (symbols[i], symbols[i + 1]); `| 0` tells the engine that it is an integer.
  const ranks = scanRanks;
  for (let i = 0; i + 1 < length; i++) ranks[i] = rules.rank(symbols[i], symbols[i + 1]) | 0;
  if (firsts) for (let i = 0; i < length; i++) firsts[i] = i;
  while (length > fewest) {
    // Finds the smallest rank without a branch, because the processor could not predict it; the sign of the difference serves as a mask.
    let bestRank = NO_RANK;
    for (let i = 0; i + 1 < length; i++) {
      const difference = (ranks[i] - bestRank) | 0;
      bestRank = (bestRank + (difference & (difference >> 31))) | 0;
    }
    if (bestRank === NO_RANK) break;
    let best = 0;
    while (ranks[best] !== bestRank) best++;
    symbols[best] = rules.result(bestRank, symbols[best], symbols[best + 1]);
    length--;
    for (let i = best + 1; i < length; i++) {
      symbols[i] = symbols[i + 1];
      ranks[i] = ranks[i + 1];
    }
    if (firsts) for (let i = best + 1; i < length; i++) firsts[i] = firsts[i + 1];
    if (best > 0) ranks[best - 1] = rules.rank(symbols[best - 1], symbols[best]) | 0;
    if (best + 1 < length) ranks[best] = rules.rank(symbols[best], symbols[best + 1]) | 0;
  }
  return length;
}

export interface HeapOptions extends MergeOptions {
  /** Asked before each merge: true leaves the pair out this time, until another merge has taken place (BPE dropout). */
  skips?: () => boolean;
}

/** Merges the first `length` symbols in place, in time n log n, and returns how many are left. */
export function mergeByHeap(symbols: Int32Array, length: number, rules: MergeRules, { skips, fewest = 1, firsts }: HeapOptions = {}): number {
  const next = new Int32Array(length);
  const previous = new Int32Array(length);
  // A merge takes one symbol away and adds at most two candidates.
  const heap = new MinHeap(3 * length);
  // A candidate is one number that sorts by rank, then by place. It is exact up to 2^53.
  const offer = (place: number): void => {
    const rank = rules.rank(symbols[place], symbols[next[place]]);
    if (rank !== NO_RANK) heap.push(rank * length + place);
  };
  for (let i = 0; i < length; i++) {
    next[i] = i + 1;
    previous[i] = i - 1;
  }
  for (let i = 0; i + 1 < length; i++) offer(i);

  const GONE = -1;
  const skipped: number[] = [];
  let remaining = length;
  while (heap.size > 0 && remaining > fewest) {
    const candidate = heap.pop();
    const place = candidate % length;
    const rank = (candidate - place) / length;
    const right = next[place];
    // Old candidates stay in the heap when a neighbour changes, so the pair may have changed or be gone.
    if (symbols[place] === GONE || right >= length || rules.rank(symbols[place], symbols[right]) !== rank) continue;
    if (skips?.()) {
      skipped.push(candidate);
      continue;
    }
    for (const other of skipped) heap.push(other);
    skipped.length = 0;
    symbols[place] = rules.result(rank, symbols[place], symbols[right]);
    symbols[right] = GONE;
    remaining--;
    next[place] = next[right];
    if (next[place] < length) {
      previous[next[place]] = place;
      offer(place);
    }
    if (previous[place] >= 0) offer(previous[place]);
  }

  let left = 0;
  for (let place = 0; place < length; place = next[place]) {
    symbols[left] = symbols[place];
    if (firsts) firsts[left] = place;
    left++;
  }
  return left;
}
