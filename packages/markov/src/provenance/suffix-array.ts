// Makes the suffix array of a text: all positions, sorted by the text from there to the end. It finds every place of a sequence of tokens by binary search.
import { checkIds } from '../ids.js';
import { finished, type Steps, within } from '../steps.js';

/** Positions per step: about a tenth of a second, because every one is at another place of the memory. */
const STEP = 2 ** 20;

/**
 * The positions of a text, sorted by the suffix that begins there. A prefix sorts before its extensions. Takes linear time and, while it
 * works, about 20 bytes a token.
 *
 * @param text integers from 0 to alphabet - 1
 * @param alphabet an integer from 1; memory grows with it
 * @returns shape (tokens,)
 * @throws RangeError if one of them is out of range
 */
export function suffixArray(text: Int32Array, alphabet: number): Int32Array {
  return finished(suffixArrayInSteps(text, alphabet));
}

/** Like suffixArray(). Yields the approximate share of the work that is done, 0 to 1, about ten times a second. */
export function* suffixArrayInSteps(text: Int32Array, alphabet: number): Steps<Int32Array> {
  checkIds('text', text, alphabet);
  return yield* sortedSuffixes(text, alphabet);
}

/**
 * For each suffix: the length of its common prefix with the previous suffix in the suffix array; shape (tokens,), element 0 is 0. With it,
 * all n-grams of every length are counted in one pass: a new n-gram of n tokens begins wherever the value is below n. (Kasai, Lee, Arimura,
 * Arikawa and Park 2001, "Linear-time longest-common-prefix computation in suffix arrays and its applications".)
 *
 * @param text the same text that was passed to suffixArray()
 * @param sorted its suffix array
 */
export function commonPrefixes(text: Int32Array, sorted: Int32Array): Int32Array {
  return finished(commonPrefixesInSteps(text, sorted));
}

/** Like commonPrefixes(), in steps like those of suffixArrayInSteps(). */
export function* commonPrefixesInSteps(text: Int32Array, sorted: Int32Array): Steps<Int32Array> {
  const rank = new Int32Array(text.length);
  for (let i = 0; i < sorted.length; i++) rank[sorted[i]] = i;
  yield 0.2;
  const common = new Int32Array(text.length);
  let length = 0;
  for (let from = 0; from < text.length; from += STEP) {
    length = commonPart(text, sorted, rank, common, from, Math.min(text.length, from + STEP), length);
    yield 0.2 + (0.8 * from) / text.length;
  }
  return common;
}

/** The common prefixes of the suffixes at positions `from` to `to`. @returns what to begin the next positions with */
function commonPart(text: Int32Array, sorted: Int32Array, rank: Int32Array, common: Int32Array, from: number, to: number, length: number): number {
  // From one position to the next, the common prefix shrinks by at most one token.
  for (let position = from; position < to; position++) {
    if (rank[position] === 0) {
      length = 0;
      continue;
    }
    const neighbour = sorted[rank[position] - 1];
    while (position + length < text.length && neighbour + length < text.length && text[position + length] === text[neighbour + length]) length++;
    common[rank[position]] = length;
    if (length > 0) length--;
  }
  return length;
}

/**
 * Induced sorting. First it sorts the leftmost smaller suffixes (those smaller than the next suffix, after a larger one), by the same
 * algorithm on a text of their names. The order of all others follows from these. (Nong, Zhang and Chan 2009, "Linear suffix array
 * construction by almost pure induced-sorting".)
 */
function* sortedSuffixes(text: Int32Array, alphabet: number): Steps<Int32Array> {
  const n = text.length;
  if (n < 2) return new Int32Array(n);
  const smaller = typesOf(text);
  const sizes = new Int32Array(alphabet);
  for (let i = 0; i < n; i++) sizes[text[i]]++;
  const array = new Int32Array(n);
  const leftmost = leftmostOf(smaller);
  yield* within(induce(text, smaller, sizes, leftmost, array), 0, 0.35);

  const { names, count } = yield* within(namesOf(text, smaller, array), 0.35, 0.45);
  const order = leftmost.slice();
  if (count < leftmost.length) {
    const sorted = yield* within(sortedSuffixes(leftmost.map((position) => names[position]), count), 0.45, 0.65);
    for (let i = 0; i < sorted.length; i++) order[i] = leftmost[sorted[i]];
  } else {
    for (const position of leftmost) order[names[position]] = position;
  }
  yield* within(induce(text, smaller, sizes, order, array), 0.65, 1);
  return array;
}

/** 1 if a suffix is smaller than the next one, else 0; the last suffix is larger than the empty one after it. */
function typesOf(text: Int32Array): Uint8Array {
  const smaller = new Uint8Array(text.length);
  for (let i = text.length - 2; i >= 0; i--) smaller[i] = text[i] < text[i + 1] || (text[i] === text[i + 1] && smaller[i + 1] === 1) ? 1 : 0;
  return smaller;
}

const isLeftmost = (smaller: Uint8Array, i: number): boolean => i > 0 && smaller[i] === 1 && smaller[i - 1] === 0;

function leftmostOf(smaller: Uint8Array): Int32Array {
  let count = 0;
  for (let i = 1; i < smaller.length; i++) if (isLeftmost(smaller, i)) count++;
  const leftmost = new Int32Array(count);
  count = 0;
  for (let i = 1; i < smaller.length; i++) if (isLeftmost(smaller, i)) leftmost[count++] = i;
  return leftmost;
}

/**
 * Names for the sequences from one leftmost smaller position to the next; equal sequences get equal names. Their order in `array` is right,
 * except for ties.
 *
 * @returns the name of each leftmost smaller position, and the number of names
 */
function* namesOf(text: Int32Array, smaller: Uint8Array, array: Int32Array): Steps<{ names: Int32Array; count: number }> {
  const names = new Int32Array(text.length).fill(-1);
  let name = -1;
  let previous = -1;
  const nameFrom = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const position = array[i];
      if (!isLeftmost(smaller, position)) continue;
      if (previous < 0 || !sameRun(text, smaller, previous, position)) name++;
      names[position] = name;
      previous = position;
    }
  };
  for (let from = 0; from < array.length; from += STEP) {
    nameFrom(from, Math.min(array.length, from + STEP));
    yield from / array.length;
  }
  return { names, count: name + 1 };
}

/** Whether the sequences from two leftmost smaller positions to the next such positions are equal. */
function sameRun(text: Int32Array, smaller: Uint8Array, a: number, b: number): boolean {
  for (let length = 0; ; length++) {
    if (a + length >= text.length || b + length >= text.length || text[a + length] !== text[b + length]) return false;
    if (length > 0 && (isLeftmost(smaller, a + length) || isLeftmost(smaller, b + length))) return isLeftmost(smaller, a + length) && isLeftmost(smaller, b + length);
  }
}

/** Fills `array` from the given order of the leftmost smaller positions: larger suffixes left to right, then smaller ones right to left. */
function* induce(text: Int32Array, smaller: Uint8Array, sizes: Int32Array, order: Int32Array, array: Int32Array): Steps<void> {
  const n = text.length;
  const heads = new Int32Array(sizes.length);
  const tails = new Int32Array(sizes.length);
  const reset = (): void => {
    for (let symbol = 0, at = 0; symbol < sizes.length; symbol++) {
      heads[symbol] = at;
      at += sizes[symbol];
      tails[symbol] = at;
    }
  };
  array.fill(-1);
  reset();
  for (let i = order.length - 1; i >= 0; i--) array[--tails[text[order[i]]]] = order[i];
  reset();
  array[heads[text[n - 1]]++] = n - 1;
  for (let from = 0; from < n; from += STEP) {
    induceLarger(text, smaller, heads, array, from, Math.min(n, from + STEP));
    yield from / n / 2;
  }
  for (let to = n; to > 0; to -= STEP) {
    induceSmaller(text, smaller, tails, array, Math.max(0, to - STEP), to);
    yield 1 - to / n / 2;
  }
}

function induceLarger(text: Int32Array, smaller: Uint8Array, heads: Int32Array, array: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const before = array[i] - 1;
    if (before >= 0 && smaller[before] === 0) array[heads[text[before]]++] = before;
  }
}

function induceSmaller(text: Int32Array, smaller: Uint8Array, tails: Int32Array, array: Int32Array, from: number, to: number): void {
  for (let i = to - 1; i >= from; i--) {
    const before = array[i] - 1;
    if (before >= 0 && smaller[before] === 1) array[--tails[text[before]]] = before;
  }
}
