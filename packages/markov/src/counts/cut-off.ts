// Selects the n-grams that are frequent enough to keep.
import type { NgramCounts } from './ngram-counts.js';
import { levelStarts } from './trie.js';

/**
 * 1 for each node whose count reaches its length's minimum, shape (nodes,).
 *
 * @param cutoffs the minimum counts of n-grams of 1, 2, ... tokens; the last one also applies to longer ones. All 1-grams stay
 * @throws RangeError unless they are integers from 1 in non-decreasing order
 */
export function frequentEnough({ table }: NgramCounts, cutoffs: readonly number[]): Uint8Array {
  if (cutoffs.length === 0 || !cutoffs.every((cutoff, i) => Number.isInteger(cutoff) && cutoff >= 1 && cutoff >= (cutoffs[i - 1] ?? 1))) {
    throw new RangeError(`cutoffs must be integers from 1, one for each length of n-grams and none below the one before it, as [1, 1, 2], got [${cutoffs.join(', ')}]`);
  }
  const kept = new Uint8Array(table.tokens.length).fill(1);
  const starts = levelStarts(table);
  for (let length = 2; length < starts.length - 1; length++) {
    const least = cutoffs[Math.min(length, cutoffs.length) - 1];
    for (let node = starts[length]; node < starts[length + 1]; node++) if (table.counts[node] < least) kept[node] = 0;
  }
  return kept;
}
