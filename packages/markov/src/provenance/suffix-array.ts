// The suffix array of a text: all positions, sorted by the text from there to the end. It finds every place of a sequence of tokens by
// binary search.
import { checkIds } from '../ids.js';

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
  checkIds('text', text, alphabet);
  return sortedSuffixes(text, alphabet);
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
  const rank = new Int32Array(text.length);
  for (let i = 0; i < sorted.length; i++) rank[sorted[i]] = i;
  const common = new Int32Array(text.length);
  // From one position to the next, the common prefix shrinks by at most one token.
  let length = 0;
  for (let position = 0; position < text.length; position++) {
    if (rank[position] === 0) {
      length = 0;
      continue;
    }
    const neighbour = sorted[rank[position] - 1];
    while (position + length < text.length && neighbour + length < text.length && text[position + length] === text[neighbour + length]) length++;
    common[rank[position]] = length;
    if (length > 0) length--;
  }
  return common;
}

/**
 * Induced sorting. First it sorts the leftmost smaller suffixes (those smaller than the next suffix, after a larger one), by the same
 * algorithm on a text of their names. The order of all others follows from these. (Nong, Zhang and Chan 2009, "Linear suffix array
 * construction by almost pure induced-sorting".)
 */
function sortedSuffixes(text: Int32Array, alphabet: number): Int32Array {
  const n = text.length;
  if (n < 2) return new Int32Array(n);
  const smaller = typesOf(text);
  const isLeftmost = (i: number): boolean => i > 0 && smaller[i] === 1 && smaller[i - 1] === 0;
  const sizes = new Int32Array(alphabet);
  for (let i = 0; i < n; i++) sizes[text[i]]++;
  const array = new Int32Array(n);

  const leftmost: number[] = [];
  for (let i = 1; i < n; i++) if (isLeftmost(i)) leftmost.push(i);
  induce(text, smaller, sizes, Int32Array.from(leftmost), array);

  // Names for the sequences from one leftmost smaller position to the next; equal sequences get equal names. They are now sorted, except
  // for ties.
  const names = new Int32Array(n).fill(-1);
  let name = -1;
  let previous = -1;
  for (let i = 0; i < n; i++) {
    const position = array[i];
    if (!isLeftmost(position)) continue;
    if (previous < 0 || !sameRun(text, isLeftmost, previous, position)) name++;
    names[position] = name;
    previous = position;
  }
  const order = Int32Array.from(leftmost);
  if (name + 1 < leftmost.length) {
    const sorted = sortedSuffixes(Int32Array.from(leftmost, (position) => names[position]), name + 1);
    for (let i = 0; i < sorted.length; i++) order[i] = leftmost[sorted[i]];
  } else {
    for (const position of leftmost) order[names[position]] = position;
  }
  induce(text, smaller, sizes, order, array);
  return array;
}

/** 1 if a suffix is smaller than the next one, else 0; the last suffix is larger than the empty one after it. */
function typesOf(text: Int32Array): Uint8Array {
  const smaller = new Uint8Array(text.length);
  for (let i = text.length - 2; i >= 0; i--) smaller[i] = text[i] < text[i + 1] || (text[i] === text[i + 1] && smaller[i + 1] === 1) ? 1 : 0;
  return smaller;
}

/** Whether the sequences from two leftmost smaller positions to the next such positions are equal. */
function sameRun(text: Int32Array, isLeftmost: (i: number) => boolean, a: number, b: number): boolean {
  for (let length = 0; ; length++) {
    if (a + length >= text.length || b + length >= text.length || text[a + length] !== text[b + length]) return false;
    if (length > 0 && (isLeftmost(a + length) || isLeftmost(b + length))) return isLeftmost(a + length) && isLeftmost(b + length);
  }
}

/** Fills `array` from the given order of the leftmost smaller positions: larger suffixes left to right, then smaller ones right to left. */
function induce(text: Int32Array, smaller: Uint8Array, sizes: Int32Array, order: Int32Array, array: Int32Array): void {
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
  for (let i = 0; i < n; i++) {
    const before = array[i] - 1;
    if (before >= 0 && smaller[before] === 0) array[heads[text[before]]++] = before;
  }
  for (let i = n - 1; i >= 0; i--) {
    const before = array[i] - 1;
    if (before >= 0 && smaller[before] === 1) array[--tails[text[before]]] = before;
  }
}
