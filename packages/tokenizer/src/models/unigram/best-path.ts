// Finds the cut of a piece whose tokens have the highest sum of scores, in time linear in the piece: Unigram's Viterbi algorithm. Sums are
// rounded after each token, so what was summed up before the piece can decide between cuts that are nearly equal.
// Source: SentencePiece's `EncodeOptimized`, and Hugging Face's, which adds in 64 bits.

import { NONE, ROOT, type Trie } from './trie.js';

export interface Scores {
  /** Text -> id, for every token that text can become. */
  trie: Trie;
  /** The score of every id. */
  of: Float64Array;
  /** The score of one character that no token covers. */
  unknown: number;
  /** Whether sums are rounded to 32 bits, as in SentencePiece. */
  single: boolean;
}

/** A cut of a piece into tokens, from left to right. */
export interface Path {
  /** The id of each token; NONE for a character that no token covers. */
  ids: number[];
  /** Where each token ends, in UTF-16 units. */
  ends: number[];
  /** The sum of all scores up to the end of the piece. */
  score: number;
  /** The least distance, in any decision for this cut, to the best sum that lost; Infinity if there was no other. */
  margin: number;
}

/** Pieces with fewer units share one set of buffers; longer ones get their own, which are given back. */
const SHARED = 1024;

/** For every place of a piece: the last token of the best cut up to there, where it starts, the cut's score, and the best that lost. */
class Places {
  readonly ids: Int32Array;
  readonly starts: Int32Array;
  readonly best: Float64Array;
  readonly second: Float64Array;

  constructor(size: number) {
    this.ids = new Int32Array(size);
    this.starts = new Int32Array(size);
    this.best = new Float64Array(size);
    this.second = new Float64Array(size);
  }
}

const shared = /* @__PURE__ */ new Places(SHARED);

/** @param before  the sum of the scores of everything before the piece */
export function bestPath(piece: string, { trie, of, unknown, single }: Scores, before: number): Path {
  const { length } = piece;
  const { ids, starts, best, second } = length < SHARED ? shared : new Places(length + 1);
  starts.fill(NONE, 0, length + 1);
  best[0] = before;
  const offer = (id: number, start: number, end: number, sum: number): void => {
    const isFirst = starts[end] === NONE;
    // As in the reference, a sum is rounded only once it has won.
    if (!isFirst && sum <= best[end]) {
      if (sum > second[end]) second[end] = sum;
      return;
    }
    second[end] = isFirst ? -Infinity : best[end];
    best[end] = single ? Math.fround(sum) : sum;
    starts[end] = start;
    ids[end] = id;
  };
  for (let start = 0; start < length; ) {
    const unit = piece.charCodeAt(start);
    const size = (unit & 0xfc00) === 0xd800 ? 2 : 1; // pieces hold no lone surrogate
    const sum = best[start];
    let coversOne = false;
    let node = ROOT;
    for (let end = start; end < length; ) {
      node = trie.child(node, piece.charCodeAt(end++));
      if (node === NONE) break;
      const id = trie.value(node);
      if (id === NONE) continue;
      offer(id, start, end, sum + of[id]);
      if (end === start + size) coversOne = true;
    }
    if (!coversOne) offer(NONE, start, start + size, single ? Math.fround(sum + unknown) : sum + unknown);
    start += size;
  }
  const path: Path = { ids: [], ends: [], score: best[length], margin: Infinity };
  for (let end = length; end > 0; end = starts[end]) {
    path.ids.push(ids[end]);
    path.ends.push(end);
    path.margin = Math.min(path.margin, best[end] - second[end]);
  }
  path.ids.reverse();
  path.ends.reverse();
  return path;
}
