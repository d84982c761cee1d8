// Holds all ways to cut one word into pieces, as a lattice: the nodes are places between characters, the edges are pieces. The
// forward-backward algorithm gives expected counts, Viterbi the best and the second best cut.

import { NONE, ROOT, Trie } from '../trie.js';
import type { ScoredPiece } from './seed-pieces.js';

/** The log probability of an unknown character is this much below that of the least probable piece, in nats. */
const UNKNOWN_PENALTY = 10;

/** If two logarithms differ by more than this, the smaller one is ignored. */
const NEGLIGIBLE = 50;

/** log(exp(a) + exp(b)) */
function logAdd(a: number, b: number): number {
  const [low, high] = a > b ? [b, a] : [a, b];
  return high > low + NEGLIGIBLE ? high : high + Math.log(Math.exp(low - high) + 1);
}

/** The pieces of a model in training. Id 0 is the unknown piece. */
export class PieceLattice {
  readonly #trie = new Trie();
  readonly #scores: Float64Array;
  readonly #unknownScore: number;
  /** The edges of the current word, by their starts. */
  #starts: number[] = [];
  #ends: number[] = [];
  #ids: number[] = [];

  constructor(pieces: readonly ScoredPiece[]) {
    this.#scores = Float64Array.from(pieces, ({ score }) => score);
    let lowest = Infinity;
    for (let id = 1; id < pieces.length; id++) {
      this.#trie.set(pieces[id].piece, id);
      lowest = Math.min(lowest, pieces[id].score);
    }
    this.#unknownScore = lowest - UNKNOWN_PENALTY;
  }

  /** Adds to `expected`, for each piece, `count` times its expected number of occurrences over all cuts of the word. */
  addExpected(word: string, count: number, expected: Float64Array): void {
    this.#build(word);
    const forward = new Float64Array(word.length + 1).fill(-Infinity);
    const backward = new Float64Array(word.length + 1).fill(-Infinity);
    forward[0] = 0;
    backward[word.length] = 0;
    for (let edge = 0; edge < this.#ids.length; edge++) {
      const end = this.#ends[edge];
      const score = forward[this.#starts[edge]] + this.#score(edge);
      forward[end] = forward[end] === -Infinity ? score : logAdd(forward[end], score);
    }
    for (let edge = this.#ids.length - 1; edge >= 0; edge--) {
      const start = this.#starts[edge];
      const score = backward[this.#ends[edge]] + this.#score(edge);
      backward[start] = backward[start] === -Infinity ? score : logAdd(backward[start], score);
    }
    const all = forward[word.length];
    for (let edge = 0; edge < this.#ids.length; edge++) {
      expected[this.#ids[edge]] += count * Math.exp(forward[this.#starts[edge]] + this.#score(edge) + backward[this.#ends[edge]] - all);
    }
  }

  /** The pieces of the best cut of the word, and of the second best if there is one. */
  bestTwo(word: string): number[][] {
    this.#build(word);
    const places: Candidate[][] = Array.from({ length: word.length + 1 }, () => []);
    places[0] = [{ score: 0, edge: NONE, from: undefined }];
    for (let edge = 0; edge < this.#ids.length; edge++) {
      const target = places[this.#ends[edge]];
      for (const from of places[this.#starts[edge]]) {
        const candidate = { score: from.score + this.#score(edge), edge, from };
        const better = target.findIndex(({ score }) => candidate.score > score);
        target.splice(better < 0 ? target.length : better, 0, candidate);
        if (target.length > 2) target.pop();
      }
    }
    return places[word.length].map((last) => {
      const ids: number[] = [];
      for (let at: Candidate | undefined = last; at && at.edge !== NONE; at = at.from) ids.push(this.#ids[at.edge]);
      return ids.reverse();
    });
  }

  #score(edge: number): number {
    const id = this.#ids[edge];
    return id === 0 ? this.#unknownScore : this.#scores[id];
  }

  #build(word: string): void {
    this.#starts = [];
    this.#ends = [];
    this.#ids = [];
    for (let start = 0; start < word.length; ) {
      const size = (word.codePointAt(start) as number) > 0xffff ? 2 : 1;
      let coversOne = false;
      let node = ROOT;
      for (let end = start; end < word.length; ) {
        node = this.#trie.child(node, word.charCodeAt(end++));
        if (node === NONE) break;
        const id = this.#trie.value(node);
        if (id === NONE) continue;
        this.#add(start, end, id);
        if (end === start + size) coversOne = true;
      }
      if (!coversOne) this.#add(start, start + size, 0);
      start += size;
    }
  }

  #add(start: number, end: number, id: number): void {
    this.#starts.push(start);
    this.#ends.push(end);
    this.#ids.push(id);
  }
}

/** A path to a place. */
interface Candidate {
  score: number;
  edge: number;
  from: Candidate | undefined;
}
