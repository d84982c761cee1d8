// Trains byte-pair encoding: finds which neighbours to merge, and in which order. All distinct words are stored in one sequence of symbols,
// weighted by their counts. A merge visits only the places where its pair occurs and corrects the counts around them.
//
// The rule: the pair with the highest count is merged next. Counts include overlaps ("aaa" contains the pair "aa" twice). Of equal counts,
// the pair with the smaller left id goes first, then the smaller right id. Hugging Face's trainer has the same rule, so both learn the same
// merges.
//
// No token can be formed in two ways: between two places that no merge crosses, the same text goes through the same merges everywhere, so
// all its occurrences become the token at once. Therefore every merge creates a new token, and one pass from left to right replaces all
// occurrences of a pair.

import type { TrainingProgress } from '../../../training/progress.js';
import { PairQueue } from './pair-queue.js';
import { PairTable } from './pair-table.js';

/** One merge as it is learned. */
export interface LearnedMerge {
  /** The ids of the two neighbours, and of the token that they become. */
  left: number;
  right: number;
  id: number;
  /** How often the two stood side by side in the training text, overlaps included. */
  count: number;
}

export interface LearnMergesInput {
  /** The ids of all words, one word after another. The training changes it. */
  symbols: Int32Array;
  /** Where each word ends in `symbols`. */
  ends: Int32Array;
  /** How often each word occurs. */
  counts: Float64Array;
  /** The spelling of every id. New tokens are added to it. */
  tokens: string[];
  /** Spellings that no merge may produce. */
  forbidden: ReadonlySet<string>;
  /** The length of `tokens` at which to stop. */
  vocabSize: number;
  /** The lowest count that a pair needs, at least 1. */
  minFrequency: number;
  onProgress?: (progress: TrainingProgress) => void;
  onMerge?: (merge: LearnedMerge) => void;
}

/** The places that are visited between two pauses: some milliseconds of work. */
const PLACES_AT_ONCE = 2 ** 16;

/**
 * Yields after every few milliseconds of work, also within a merge of millions of places, so that the caller can do other work or stop.
 * @returns the two spellings of every merge, in the order learned
 */
export function* learnMerges({ symbols, ends, counts, tokens, forbidden, vocabSize, minFrequency, onProgress, onMerge }: LearnMergesInput): Generator<void, [string, string][]> {
  const row = new SymbolRow(symbols);
  yield* row.findPairs(ends, counts);
  const queue = new PairQueue(row.pairs, minFrequency);
  const merges: [string, string][] = [];
  const firstTokens = tokens.length;
  const stride = Math.max(1, Math.floor((vocabSize - firstTokens) / 100));

  for (let pair = 0; pair < row.pairs.size; pair++) queue.offer(pair);
  onProgress?.({ tokens: tokens.length, vocabSize });
  while (tokens.length < vocabSize) {
    const pair = queue.take();
    if (pair === undefined) break;
    const left = tokens[row.pairs.left[pair]];
    const right = tokens[row.pairs.right[pair]];
    const token = left + right;
    if (forbidden.has(token)) continue;
    const id = tokens.push(token) - 1;
    merges.push([left, right]);
    onMerge?.({ left: row.pairs.left[pair], right: row.pairs.right[pair], id, count: row.pairs.count[pair] });
    for (const formed of yield* row.merge(pair, id)) queue.offer(formed);
    if (tokens.length < vocabSize && (tokens.length - firstTokens) % stride === 0) {
      onProgress?.({ tokens: tokens.length, vocabSize });
      yield;
    }
  }
  onProgress?.({ tokens: tokens.length, vocabSize });
  return merges;
}

/** The symbols of all words as a doubly linked list, with the pairs of neighbours kept up to date. */
class SymbolRow {
  readonly pairs: PairTable;
  readonly #symbols: Int32Array;
  /** The index of the next and of the previous symbol of the same word, or NONE. */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** The count of the word at each place. */
  readonly #weights: Float64Array;

  constructor(symbols: Int32Array) {
    this.#symbols = symbols;
    this.#next = new Int32Array(symbols.length);
    this.#previous = new Int32Array(symbols.length);
    this.#weights = new Float64Array(symbols.length);
    // At first there is one pair per place. Each merge removes a place and makes two pairs, so there are at most three occurrences per
    // place.
    this.pairs = new PairTable(3 * symbols.length);
  }

  /** Links the places of each word and counts its pairs; to be called once. */
  *findPairs(ends: Int32Array, counts: Float64Array): Generator<void, void> {
    const symbols = this.#symbols;
    let place = 0;
    for (let word = 0; word < ends.length; word++) {
      const start = place;
      const end = ends[word];
      const count = counts[word];
      for (; place < end; place++) {
        this.#previous[place] = place > start ? place - 1 : NONE;
        this.#next[place] = place + 1 < end ? place + 1 : NONE;
        this.#weights[place] = count;
        if (place + 1 < end) this.pairs.add(this.pairs.find(symbols[place], symbols[place + 1]), count, place);
        if (place % PLACES_AT_ONCE === 0) yield;
      }
    }
  }

  /** Replaces every occurrence of a pair by the new token `id`. Returns the pairs that it forms with its neighbours. */
  *merge(pair: number, id: number): Generator<void, Iterable<number>> {
    const { pairs } = this;
    const symbols = this.#symbols;
    const left = pairs.left[pair];
    const right = pairs.right[pair];
    const formed = new Set<number>();
    const places = pairs.places(pair);
    for (let i = 0; i < places.length; i++) {
      if (i % PLACES_AT_ONCE === PLACES_AT_ONCE - 1) yield;
      const place = places[i];
      const second = this.#next[place];
      // Old occurrences stay in the list when a neighbour changes, so the pair may no longer be here.
      if (symbols[place] !== left || second === NONE || symbols[second] !== right) continue;
      const weight = this.#weights[place];
      const before = this.#previous[place];
      const after = this.#next[second];
      symbols[place] = id;
      symbols[second] = NONE;
      this.#next[place] = after;
      if (before !== NONE) {
        pairs.subtract(pairs.find(symbols[before], left), weight);
        const neighbours = pairs.find(symbols[before], id);
        pairs.add(neighbours, weight, before);
        formed.add(neighbours);
      }
      if (after !== NONE) {
        this.#previous[after] = place;
        pairs.subtract(pairs.find(right, symbols[after]), weight);
        const neighbours = pairs.find(id, symbols[after]);
        pairs.add(neighbours, weight, place);
        formed.add(neighbours);
      }
    }
    return formed;
  }
}

/** Means "no symbol" or "no place". */
const NONE = -1;
