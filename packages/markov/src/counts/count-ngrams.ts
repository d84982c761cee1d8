// Counting all n-grams of a text up to a length, by sorting instead of hashing.
import { NgramCounts, type NgramTable } from './ngram-counts.js';

/** The n-grams of one length, in sorted order. */
interface Level {
  /** Last token and count of each, shape (n-grams of this length,). */
  tokens: Int32Array;
  counts: Int32Array;
  /** Where the children of each n-gram that is one shorter begin in this level, shape (those n-grams,). */
  firstChild: Int32Array;
  /** The sum of those children's counts, shape (those n-grams,). */
  followed: Int32Array;
}

/**
 * Counts every n-gram of 1 to order + 1 tokens.
 *
 * Each level sorts the text's positions by the n-gram that begins there, as one step of a radix sort that refines the level before:
 * positions go, in the order of the token that comes next, to the end of the group of the n-gram they already share.
 * A level costs a few passes over the text, whatever the vocabulary, and leaves the n-grams sorted, which is what NgramCounts needs.
 *
 * @param text token ids from 0 to vocabSize - 1, at least one
 */
export function countNgrams(text: Int32Array, order: number, vocabSize: number): NgramCounts {
  const byToken = positionsByToken(text, vocabSize);
  // For each position the number, within its level, of the n-gram that begins there.
  const group = new Int32Array(text.length);
  const levels: Level[] = [];
  let groupSizes: Int32Array = Int32Array.of(text.length);
  for (let length = 0; length <= order && length < text.length; length++) {
    const followed = groupSizes.slice();
    // The n-gram at the end of the text has no next token.
    if (length > 0) followed[group[text.length - length]]--;
    const level = refine(text, byToken, group, length, followed);
    levels.push(level);
    groupSizes = level.counts;
  }
  return new NgramCounts(order, vocabSize, join(levels, text.length));
}

/** All positions of the text, sorted by the token there (stable counting sort). */
function positionsByToken(text: Int32Array, vocabSize: number): Int32Array {
  const next = new Int32Array(vocabSize + 1);
  for (const token of text) next[token + 1]++;
  for (let token = 0; token < vocabSize; token++) next[token + 1] += next[token];
  const positions = new Int32Array(text.length);
  for (let i = 0; i < text.length; i++) positions[next[text[i]]++] = i;
  return positions;
}

/** Splits the groups of one length by the token that comes next; `group` then holds the numbers of the longer n-grams. */
function refine(text: Int32Array, byToken: Int32Array, group: Int32Array, length: number, followed: Int32Array): Level {
  const members = text.length - length;
  const sorted = new Int32Array(members);
  const next = startsOf(followed);
  for (let i = 0; i < byToken.length; i++) {
    const position = byToken[i] - length;
    if (position >= 0) sorted[next[group[position]]++] = position;
  }

  const tokens = new Int32Array(members);
  const counts = new Int32Array(members);
  const firstChild = new Int32Array(followed.length);
  let size = 0;
  let at = 0;
  for (let parent = 0; parent < followed.length; parent++) {
    firstChild[parent] = size;
    for (const end = at + followed[parent]; at < end; at++) {
      const token = text[sorted[at] + length];
      if (size === firstChild[parent] || tokens[size - 1] !== token) tokens[size++] = token;
      counts[size - 1]++;
      group[sorted[at]] = size - 1;
    }
  }
  return { tokens: tokens.slice(0, size), counts: counts.slice(0, size), firstChild, followed };
}

function startsOf(sizes: Int32Array): Int32Array {
  const starts = new Int32Array(sizes.length);
  for (let i = 1; i < sizes.length; i++) starts[i] = starts[i - 1] + sizes[i - 1];
  return starts;
}

/** Puts the levels one after another, under the empty n-gram. */
function join(levels: Level[], textLength: number): NgramTable {
  const contexts = levels.reduce((sum, level) => sum + level.followed.length, 0);
  const nodes = levels.reduce((sum, level) => sum + level.tokens.length, 1);
  const tokens = new Int32Array(nodes);
  const counts = new Int32Array(nodes);
  const firstChild = new Int32Array(contexts + 1);
  const followed = new Int32Array(contexts);
  counts[0] = textLength;
  let parentsAt = 0;
  let childrenAt = 1;
  for (const level of levels) {
    tokens.set(level.tokens, childrenAt);
    counts.set(level.counts, childrenAt);
    followed.set(level.followed, parentsAt);
    for (let i = 0; i < level.firstChild.length; i++) firstChild[parentsAt + i] = childrenAt + level.firstChild[i];
    parentsAt = childrenAt;
    childrenAt += level.tokens.length;
  }
  firstChild[contexts] = nodes;
  return { tokens, counts, firstChild, followed };
}
