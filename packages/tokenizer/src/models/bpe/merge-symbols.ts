// Byte-pair encoding of one piece of characters: merges the neighbours with the lowest rank, leftmost first, and records which symbols each
// token covers. Words are scanned. Longer pieces, and merging with dropout, use a heap over a linked list, in time n log n. The core of
// byte-level BPE (byte-level/) records nothing and is faster.

import { type MergeRules, NO_RANK } from './merge-rules.js';
import { MinHeap } from './min-heap.js';

/** The tokens of a piece. */
export interface MergedSymbols {
  ids: number[];
  /** The index of the first symbol of every token, then the number of symbols. */
  firsts: number[];
}

/** Pieces of up to this many symbols are scanned. */
const LONGEST_SCAN = 48;

/** Reused buffers of the scan: for each symbol, its merge with the next symbol and the rank of that merge. */
const found = /* @__PURE__ */ new Int32Array(LONGEST_SCAN);
const ranks = /* @__PURE__ */ new Int32Array(LONGEST_SCAN);

/**
 * @param rankOf  the rank of a merge in the table; of equal ranks the leftmost merges first
 * @param dropped  called before every merge; true skips it this time (BPE dropout)
 */
export function mergeSymbols(ids: readonly number[], merges: MergeRules, rankOf: (merge: number) => number, dropped?: () => boolean): MergedSymbols {
  return dropped || ids.length > LONGEST_SCAN ? mergeSymbolsByHeap(ids, merges, rankOf, dropped) : mergeSymbolsByScanning([...ids], merges, rankOf);
}

function mergeSymbolsByScanning(ids: number[], merges: MergeRules, rankOf: (merge: number) => number): MergedSymbols {
  const look = (place: number): void => {
    const merge = merges.rank(ids[place], ids[place + 1]);
    found[place] = merge;
    ranks[place] = merge === NO_RANK ? NO_RANK : rankOf(merge);
  };
  let length = ids.length;
  const firsts = [0];
  for (let i = 0; i < length; i++) {
    firsts.push(i + 1);
    if (i + 1 < length) look(i);
  }
  while (length > 1) {
    let best = 0;
    for (let i = 1; i + 1 < length; i++) if (ranks[i] < ranks[best]) best = i;
    if (found[best] === NO_RANK) break;
    ids[best] = merges.result(found[best]);
    length--;
    for (let i = best + 1; i < length; i++) {
      ids[i] = ids[i + 1];
      firsts[i] = firsts[i + 1];
      found[i] = found[i + 1];
      ranks[i] = ranks[i + 1];
    }
    firsts[length] = firsts[length + 1];
    if (best > 0) look(best - 1);
    if (best + 1 < length) look(best);
  }
  ids.length = length;
  firsts.length = length + 1;
  return { ids, firsts };
}

function mergeSymbolsByHeap(ids: readonly number[], merges: MergeRules, rankOf: (merge: number) => number, dropped: (() => boolean) | undefined): MergedSymbols {
  const length = ids.length;
  const symbols = Int32Array.from(ids);
  const next = Int32Array.from({ length }, (_, i) => i + 1);
  const previous = Int32Array.from({ length }, (_, i) => i - 1);
  const GONE = -1;
  // A candidate is one number that sorts by rank, then by place. A merge takes one symbol away and adds at most two candidates.
  const heap = new MinHeap(3 * length);
  const offer = (place: number): void => {
    if (place < 0 || next[place] >= length) return;
    const merge = merges.rank(symbols[place], symbols[next[place]]);
    if (merge !== NO_RANK) heap.push(rankOf(merge) * length + place);
  };
  for (let i = 0; i < length; i++) offer(i);

  let skipped: number[] = [];
  while (heap.size > 0) {
    const candidate = heap.pop();
    if (dropped?.()) {
      skipped.push(candidate);
      continue;
    }
    for (const again of skipped) heap.push(again);
    skipped = [];
    const place = candidate % length;
    const right = next[place];
    // Old candidates stay in the heap when a neighbour changes, so the pair may have changed or be gone.
    if (symbols[place] === GONE || right >= length) continue;
    const merge = merges.rank(symbols[place], symbols[right]);
    if (merge === NO_RANK || rankOf(merge) * length + place !== candidate) continue;
    symbols[place] = merges.result(merge);
    symbols[right] = GONE;
    next[place] = next[right];
    if (next[place] < length) previous[next[place]] = place;
    offer(previous[place]);
    offer(place);
  }

  const merged: MergedSymbols = { ids: [], firsts: [] };
  for (let place = 0; place < length; place = next[place]) {
    merged.ids.push(symbols[place]);
    merged.firsts.push(place);
  }
  merged.firsts.push(length);
  return merged;
}
