// Computes continuation counts, which Kneser-Ney uses instead of occurrences: the number of different contexts of an n-gram.
import type { NgramCounts } from './ngram-counts.js';
import { NO_TOKEN } from './sequences.js';
import { levelStarts } from './trie.js';

/**
 * For each n-gram below the highest length: the number of different tokens before it, N1+(. w1 ... wn). The beginning of a text counts as
 * one such token, so that every n-gram that occurred has at least 1. N-grams of the highest length, to which nothing backs off, keep their
 * counts; so do those that begin with the start token, because nothing precedes them (as in KenLM). The start token itself has 0, because
 * it is never predicted. Shape (nodes,); node 0 is unused.
 *
 * One pass: every node adds one to the node of its suffix.
 */
export function continuationCounts({ table, order }: NgramCounts, suffixes: Int32Array, startToken: number): Int32Array {
  const { tokens, counts, firstChild } = table;
  const starts = levelStarts(table);
  const continuations = new Int32Array(tokens.length);
  const preceded = new Int32Array(tokens.length);
  for (let node = starts[2] ?? tokens.length; node < tokens.length; node++) {
    continuations[suffixes[node]]++;
    preceded[suffixes[node]] += counts[node];
  }
  const highest = starts.length - 2 === order + 1 ? starts[order + 1] : tokens.length;
  for (let node = 1; node < highest; node++) if (preceded[node] < counts[node]) continuations[node]++;
  for (let node = highest; node < tokens.length; node++) continuations[node] = counts[node];
  if (startToken === NO_TOKEN) return continuations;
  // The n-grams that begin with the start token are contiguous in every level.
  let from = 1;
  while (from < starts[2] && tokens[from] !== startToken) from++;
  if (from >= (starts[2] ?? tokens.length)) return continuations;
  continuations[from] = 0;
  for (let to = from + 1; from < firstChild.length - 1; ) {
    [from, to] = [firstChild[from], firstChild[to]];
    for (let node = from; node < to; node++) continuations[node] = counts[node];
    if (from === to) break;
  }
  return continuations;
}

/** The plain counts; the start token has 0, because it is never predicted. */
export function occurrenceCounts({ table }: NgramCounts, startToken: number): Int32Array {
  if (startToken === NO_TOKEN) return table.counts;
  const end = table.firstChild[1];
  for (let node = table.firstChild[0]; node < end; node++) {
    if (table.tokens[node] !== startToken) continue;
    const counts = table.counts.slice();
    counts[node] = 0;
    return counts;
  }
  return table.counts;
}
