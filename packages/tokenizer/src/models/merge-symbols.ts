// Byte-pair encoding of one piece whose symbols are characters, and which symbols each token is made of: again and again the
// neighbours with the lowest rank become one, the leftmost first. Words are scanned; longer pieces and merges that may be left out
// take time n log n, over a linked list with a heap. Not the core of byte-level BPE (byte-pair/), which keeps no such account and is faster.

import { type MergeRules, NO_RANK } from '../byte-pair/merge-rules.js';
import { MinHeap } from '../byte-pair/min-heap.js';

/** The tokens of a piece. */
export interface MergedSymbols {
  ids: number[];
  /** The place of the first symbol of every token, and at the end the number of symbols. */
  firsts: number[];
}

/** Pieces of up to so many symbols are scanned. */
const LONGEST_SCAN = 48;

/** Work space of the scan: of every symbol and the next one, the merge and its rank. */
const found = /* @__PURE__ */ new Int32Array(LONGEST_SCAN);
const ranks = /* @__PURE__ */ new Int32Array(LONGEST_SCAN);

/**
 * @param rankOf  the rank of a merge of the table; merges of equal rank are equally important
 * @param dropped  asked before every merge: true leaves it out this time (BPE dropout)
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
    // Candidates are not taken back when a neighbour changes: the pair may be another one by now, or gone.
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
