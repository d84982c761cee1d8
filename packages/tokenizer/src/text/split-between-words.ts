// Divides a long text into parts. Training on the parts gives the same result as training on the whole.

import { lastResort, lastWordGap } from './word-gaps.js';

/** The most UTF-16 units that are searched for a space between two words; more would cost too much memory. */
const LONGEST_WAIT = 2 ** 24;

/**
 * Divides a text that arrives in chunks anew, at spaces between words. A chunk of a file may end inside a word; with these parts,
 * `trainAsync` counts the same as in the whole text, for the patterns of this package. If 16 million units contain no such space, the text
 * is cut at a line break, or if there is none between two characters.
 */
export async function* splitBetweenWords(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let waiting = '';
  for await (const chunk of chunks) {
    const searchedFrom = Math.max(0, waiting.length - 2);
    waiting += chunk;
    const gap = lastWordGap(waiting, searchedFrom);
    const cut = gap === 0 && waiting.length > LONGEST_WAIT ? lastResort(waiting) : gap;
    if (cut === 0) continue;
    yield waiting.slice(0, cut);
    waiting = waiting.slice(cut);
  }
  if (waiting !== '') yield waiting;
}
