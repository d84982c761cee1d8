// Takes the counts of a lower order: the first levels of the trie, which are the first parts of its arrays. Nothing is copied.
import { describe } from '@kk/options';
import { NgramCounts } from './ngram-counts.js';
import { levelStarts } from './trie.js';

/** @throws RangeError unless order is an integer from 0 to the order of the counts */
export function ofOrder(counts: NgramCounts, order: number): NgramCounts {
  if (!(Number.isInteger(order) && order >= 0 && order <= counts.order)) throw new RangeError(`order must be an integer from 0 to ${counts.order}, the order that was counted, got ${describe(order)}`);
  if (order === counts.order) return counts;
  const { table } = counts;
  const starts = levelStarts(table);
  // A short text has fewer levels than its order would allow.
  const nodes = starts[order + 2] ?? table.tokens.length;
  const contexts = Math.min(starts[order + 1] ?? Infinity, table.firstChild.length - 1);
  return new NgramCounts(order, counts.vocabSize, {
    tokens: table.tokens.subarray(0, nodes),
    counts: table.counts.subarray(0, nodes),
    firstChild: table.firstChild.subarray(0, contexts + 1),
  });
}
