// Lists the rows of the input table that a word's vector is the mean of: its own, and those of its n-grams' buckets. Only buckets that a
// word of the list needs get a row.
import { subwordBuckets, type SubwordLengths } from '../subwords.js';

/** The rows of word w: `rows[starts[w]]` to `rows[starts[w + 1] - 1]`; the first is w itself. */
export interface SubwordRows {
  starts: Uint32Array;
  rows: Uint32Array;
  /** The buckets that have a row, ascending. The row of `present[i]` is words + i. */
  present: Uint32Array;
}

export function subwordRows(words: readonly string[], lengths: SubwordLengths | undefined): SubwordRows {
  const buckets = words.map((word) => (lengths === undefined ? [] : subwordBuckets(word, lengths)));
  const present = Uint32Array.from(new Set(buckets.flat())).sort();
  const rowOf = new Map<number, number>();
  present.forEach((bucket, i) => rowOf.set(bucket, words.length + i));
  const starts = new Uint32Array(words.length + 1);
  buckets.forEach(({ length }, word) => (starts[word + 1] = starts[word] + 1 + length));
  const rows = new Uint32Array(starts[words.length]);
  buckets.forEach((list, word) => rows.set([word, ...list.map((bucket) => rowOf.get(bucket)!)], starts[word]));
  return { starts, rows, present };
}
