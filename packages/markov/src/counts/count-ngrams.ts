// Counts all n-grams of texts up to a length, by sorting instead of hashing.
import { type Steps, within } from '../steps.js';
import { NgramCounts, type NgramTable } from './ngram-counts.js';

/** Positions per step: some tenths of a second, because every one is at another place of the memory. */
const STEP = 2 ** 21;

/** The n-grams of one length, sorted. */
interface Level {
  /** Last token and count of each, shape (n-grams of this length,). */
  tokens: Int32Array;
  counts: Int32Array;
  /** Where the children of each shorter n-gram begin in this level, shape (number of these n-grams,). */
  firstChild: Int32Array;
}

/**
 * Counts every n-gram of 1 to order + 1 tokens within a sequence.
 *
 * Each level sorts the positions of the text by the n-gram that begins there. It is one step of a radix sort that refines the level before:
 * positions are distributed, in the order of their next token, within the group of the n-gram they share. A level takes a few passes over
 * the texts, for any vocabulary size, and leaves the n-grams sorted, as NgramCounts needs them.
 *
 * @param text token ids from 0 to vocabSize - 1, at least one; all sequences concatenated
 * @param starts where sequences begin, ascending, the first at 0; none is empty
 * @returns the counts, in steps of some tenths of a second
 */
export function* countNgramsInSteps(text: Int32Array, order: number, vocabSize: number, starts: ArrayLike<number>): Steps<NgramCounts> {
  const byToken = positionsByToken(text, vocabSize);
  const { ends, longest } = endsOf(starts, text.length);
  const before = starts.length === 1 ? undefined : tokensBefore(starts, text.length);
  // For each position: the index, within its level, of the n-gram that begins there.
  const group = new Int32Array(text.length);
  const levels: Level[] = [];
  let groupSizes: Int32Array = Int32Array.of(text.length);
  for (let length = 0; length <= order && length < longest; length++) {
    const followed = groupSizes.slice();
    // The last n-gram of a sequence has no next token.
    if (length > 0) {
      for (let i = 0; i < ends.length; i++) if (ends[i] - length >= starts[i]) followed[group[ends[i] - length]]--;
    }
    const level = yield* within(refine(text, byToken, group, length, followed, before), length / (order + 1), (length + 1) / (order + 1));
    levels.push(level);
    groupSizes = level.counts;
  }
  yield 1;
  return new NgramCounts(order, vocabSize, join(levels, text.length));
}

/** All positions of the text, sorted by the token there (stable counting sort). */
function positionsByToken(text: Int32Array, vocabSize: number): Int32Array {
  const next = new Int32Array(vocabSize + 1);
  for (let i = 0; i < text.length; i++) next[text[i] + 1]++;
  for (let token = 0; token < vocabSize; token++) next[token + 1] += next[token];
  const positions = new Int32Array(text.length);
  for (let i = 0; i < text.length; i++) positions[next[text[i]]++] = i;
  return positions;
}

/** The end of each sequence, and the length of the longest. */
function endsOf(starts: ArrayLike<number>, textLength: number): { ends: Int32Array; longest: number } {
  const ends = new Int32Array(starts.length);
  let longest = 0;
  for (let i = 0; i < ends.length; i++) {
    ends[i] = i + 1 < starts.length ? starts[i + 1] : textLength;
    longest = Math.max(longest, ends[i] - starts[i]);
  }
  return { ends, longest };
}

/** The number of tokens before each position in its sequence; 255 means 255 or more, which exceeds every order. */
function tokensBefore(starts: ArrayLike<number>, textLength: number): Uint8Array {
  const before = new Uint8Array(textLength);
  for (let sequence = 0, i = 0, start = 0; i < textLength; i++) {
    if (i === starts[sequence]) {
      start = i;
      sequence++;
    }
    before[i] = Math.min(255, i - start);
  }
  return before;
}

/** Splits the groups of one length by the next token; `group` then holds the indexes of the longer n-grams. */
function* refine(text: Int32Array, byToken: Int32Array, group: Int32Array, length: number, followed: Int32Array, before?: Uint8Array): Steps<Level> {
  const sorted = length === 0 ? byToken : yield* within(distribute(byToken, group, length, followed, before), 0, 0.5);
  const splitter = new GroupSplitter(text, sorted, group, length, followed);
  while (splitter.goOn(STEP)) yield 0.5 + splitter.share / 2;
  return splitter.level();
}

/** The positions with a token `length` after them, sorted by the n-gram of that many tokens, then by that token. */
function* distribute(byToken: Int32Array, group: Int32Array, length: number, followed: Int32Array, before?: Uint8Array): Steps<Int32Array> {
  let members = 0;
  for (let i = 0; i < followed.length; i++) members += followed[i];
  const sorted = new Int32Array(members);
  const next = startsOf(followed);
  const distributePart = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const position = byToken[i] - length;
      if (before === undefined ? position >= 0 : before[byToken[i]] >= length) sorted[next[group[position]]++] = position;
    }
  };
  for (let from = 0; from < byToken.length; from += STEP) {
    distributePart(from, Math.min(byToken.length, from + STEP));
    yield from / byToken.length;
  }
  return sorted;
}

/** Goes through the sorted positions and gives each n-gram that is one token longer its index. */
class GroupSplitter {
  readonly #tokens: Int32Array;
  readonly #counts: Int32Array;
  readonly #firstChild: Int32Array;
  /** The number of n-grams found, and how far it came in `followed` and in `sorted`. */
  #size = 0;
  #parent = 0;
  #at = 0;

  readonly #text: Int32Array;
  readonly #sorted: Int32Array;
  readonly #group: Int32Array;
  readonly #length: number;
  readonly #followed: Int32Array;

  constructor(text: Int32Array, sorted: Int32Array, group: Int32Array, length: number, followed: Int32Array) {
    this.#text = text;
    this.#sorted = sorted;
    this.#group = group;
    this.#length = length;
    this.#followed = followed;
    this.#tokens = new Int32Array(sorted.length);
    this.#counts = new Int32Array(sorted.length);
    this.#firstChild = new Int32Array(followed.length);
  }

  /** The share of the positions that are done. */
  get share(): number {
    return this.#sorted.length > 0 ? this.#at / this.#sorted.length : 1;
  }

  /** Goes on for about `most` positions, to the end of a group. @returns whether something is left */
  goOn(most: number): boolean {
    const text = this.#text;
    const sorted = this.#sorted;
    const group = this.#group;
    const length = this.#length;
    const followed = this.#followed;
    const tokens = this.#tokens;
    const counts = this.#counts;
    const firstChild = this.#firstChild;
    let size = this.#size;
    let parent = this.#parent;
    let at = this.#at;
    const until = Math.min(sorted.length, at + most);
    // The groups after the last position are empty.
    for (; parent < followed.length && (at < until || until === sorted.length); parent++) {
      firstChild[parent] = size;
      const end = at + followed[parent];
      if (at === end) continue;
      let last = text[sorted[at] + length];
      let begun = at;
      for (; at < end; at++) {
        const position = sorted[at];
        const token = text[position + length];
        if (token !== last) {
          tokens[size] = last;
          counts[size++] = at - begun;
          last = token;
          begun = at;
        }
        group[position] = size;
      }
      tokens[size] = last;
      counts[size++] = at - begun;
    }
    this.#size = size;
    this.#parent = parent;
    this.#at = at;
    return parent < followed.length;
  }

  level(): Level {
    return { tokens: this.#tokens.slice(0, this.#size), counts: this.#counts.slice(0, this.#size), firstChild: this.#firstChild };
  }
}

function startsOf(sizes: Int32Array): Int32Array {
  const starts = new Int32Array(sizes.length);
  for (let i = 1; i < sizes.length; i++) starts[i] = starts[i - 1] + sizes[i - 1];
  return starts;
}

/** Joins the levels into one table, under the empty n-gram. */
export function join(levels: readonly Level[], total: number): NgramTable {
  const contexts = levels.reduce((sum, level) => sum + level.firstChild.length, 0);
  const nodes = levels.reduce((sum, level) => sum + level.tokens.length, 1);
  const tokens = new Int32Array(nodes);
  const counts = new Int32Array(nodes);
  const firstChild = new Int32Array(contexts + 1);
  counts[0] = total;
  let parentsAt = 0;
  let childrenAt = 1;
  for (const level of levels) {
    tokens.set(level.tokens, childrenAt);
    counts.set(level.counts, childrenAt);
    for (let i = 0; i < level.firstChild.length; i++) firstChild[parentsAt + i] = childrenAt + level.firstChild[i];
    parentsAt = childrenAt;
    childrenAt += level.tokens.length;
  }
  firstChild[contexts] = nodes;
  return { tokens, counts, firstChild };
}
