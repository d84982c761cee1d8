// The suffixes of a sequence in lexicographic order: equal stretches stand side by side there, so that n-grams of every order, the longest
// repetition and copies from another text can be read off in one pass. Built in linear time by induced sorting (SA-IS).
// Source: G. Nong, S. Zhang and W. H. Chan, "Two Efficient Algorithms for Linear Time Suffix Array Construction", IEEE Transactions on
// Computers 60 (2011).

/**
 * @param sequence numbers from 0 to alphabet - 1
 * @param alphabet how many different numbers there may be
 * @returns where each suffix begins, in lexicographic order; a sequence comes before what goes on from it
 */
export function suffixArray(sequence: Int32Array, alphabet: number): Int32Array {
  const n = sequence.length;
  const suffixes = new Int32Array(n);
  if (n <= 1) return suffixes;

  // A suffix is small if it is less than the one that begins a place later, else large. The empty suffix is less than all others.
  const small = new Uint8Array(n);
  for (let at = n - 2; at >= 0; at--) small[at] = sequence[at] < sequence[at + 1] || (sequence[at] === sequence[at + 1] && small[at + 1] === 1) ? 1 : 0;
  const isLeftmost = (at: number): boolean => at > 0 && small[at] === 1 && small[at - 1] === 0;

  // Of the suffixes that begin with the same number, the large ones come first.
  const largeStart = new Int32Array(alphabet + 1);
  const smallStart = new Int32Array(alphabet);
  for (const value of sequence) largeStart[value + 1]++;
  for (let value = 0; value < alphabet; value++) largeStart[value + 1] += largeStart[value];
  smallStart.set(largeStart.subarray(0, alphabet));
  for (let at = 0; at < n; at++) if (small[at] === 0) smallStart[sequence[at]]++;

  const next = new Int32Array(alphabet);
  /** Sorts all suffixes from the order of the leftmost small ones: first the large from the left, then the small from the right. */
  const induce = (leftmost: Int32Array): void => {
    suffixes.fill(-1);
    next.set(smallStart);
    for (const at of leftmost) suffixes[next[sequence[at]]++] = at;
    next.set(largeStart.subarray(0, alphabet));
    suffixes[next[sequence[n - 1]]++] = n - 1;
    for (let i = 0; i < n; i++) {
      const before = suffixes[i] - 1;
      if (before >= 0 && small[before] === 0) suffixes[next[sequence[before]]++] = before;
    }
    next.set(largeStart.subarray(1));
    for (let i = n - 1; i >= 0; i--) {
      const before = suffixes[i] - 1;
      if (before >= 0 && small[before] === 1) suffixes[--next[sequence[before]]] = before;
    }
  };

  let count = 0;
  for (let at = 1; at < n; at++) if (isLeftmost(at)) count++;
  const leftmost = new Int32Array(count);
  const rankOf = new Int32Array(n).fill(-1);
  for (let at = 1, i = 0; at < n; at++) {
    if (!isLeftmost(at)) continue;
    rankOf[at] = i;
    leftmost[i++] = at;
  }
  // In the order of the text this sorts the stretches between two leftmost small suffixes, though not yet the suffixes.
  induce(leftmost);
  if (count === 0) return suffixes;

  const sorted = new Int32Array(count);
  for (let i = 0, found = 0; i < n; i++) if (rankOf[suffixes[i]] >= 0) sorted[found++] = suffixes[i];
  const stretchEnd = (at: number): number => (rankOf[at] + 1 < count ? leftmost[rankOf[at] + 1] : n);
  const names = new Int32Array(count);
  let name = 0;
  for (let i = 1; i < count; i++) {
    let [a, b] = [sorted[i - 1], sorted[i]];
    const [endA, endB] = [stretchEnd(a), stretchEnd(b)];
    let same = endA - a === endB - b;
    while (same && a < endA) same = sequence[a++] === sequence[b++];
    // The last number of a stretch is the first of the next one; the end of the text is like no other.
    if (same) same = endA < n && endB < n && sequence[endA] === sequence[endB];
    if (!same) name++;
    names[rankOf[sorted[i]]] = name;
  }
  if (name + 1 < count) {
    const order = suffixArray(names, name + 1);
    for (let i = 0; i < count; i++) sorted[i] = leftmost[order[i]];
  }
  induce(sorted);
  return suffixes;
}

/**
 * How many numbers each suffix has in common with the one before it in the suffix array, from the start; 0 for the first one.
 * Source: T. Kasai et al., "Linear-Time Longest-Common-Prefix Computation in Suffix Arrays and Its Applications", CPM (2001).
 */
export function commonPrefixes(sequence: Int32Array, suffixes: Int32Array): Int32Array {
  const n = sequence.length;
  const rank = new Int32Array(n);
  for (let i = 0; i < n; i++) rank[suffixes[i]] = i;
  const common = new Int32Array(n);
  let length = 0;
  for (let at = 0; at < n; at++) {
    if (rank[at] === 0) {
      length = 0;
      continue;
    }
    const other = suffixes[rank[at] - 1];
    while (at + length < n && other + length < n && sequence[at + length] === sequence[other + length]) length++;
    common[rank[at]] = length;
    if (length > 0) length--;
  }
  return common;
}
