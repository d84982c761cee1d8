// Counts all n-grams of texts up to a length, by sorting instead of hashing.
import { type Steps } from '../steps.js';
import { NgramCounts, type NgramTable } from './ngram-counts.js';

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
 * @returns the counts, in steps: one per n-gram length, and one that joins the levels
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
    yield length / (order + 1);
    const followed = groupSizes.slice();
    // The last n-gram of a sequence has no next token.
    if (length > 0) {
      for (let i = 0; i < ends.length; i++) if (ends[i] - length >= starts[i]) followed[group[ends[i] - length]]--;
    }
    const level = refine(text, byToken, group, length, followed, before);
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
function refine(text: Int32Array, byToken: Int32Array, group: Int32Array, length: number, followed: Int32Array, before?: Uint8Array): Level {
  let sorted: Int32Array;
  let members = 0;
  if (length === 0) {
    sorted = byToken;
    members = text.length;
  } else {
    for (let i = 0; i < followed.length; i++) members += followed[i];
    sorted = new Int32Array(members);
    const next = startsOf(followed);
    for (let i = 0; i < byToken.length; i++) {
      const position = byToken[i] - length;
      if (before === undefined ? position >= 0 : before[byToken[i]] >= length) sorted[next[group[position]]++] = position;
    }
  }

  const tokens = new Int32Array(members);
  const counts = new Int32Array(members);
  const firstChild = new Int32Array(followed.length);
  let size = 0;
  let at = 0;
  for (let parent = 0; parent < followed.length; parent++) {
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
  return { tokens: tokens.slice(0, size), counts: counts.slice(0, size), firstChild };
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
