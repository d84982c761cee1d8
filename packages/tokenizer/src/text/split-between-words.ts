// A long text in parts that trainers can learn from one by one, as if they saw the whole.

import { lastResort, lastWordGap } from './word-gaps.js';

/** Units of text in which a space between two words is looked for; longer waits would cost memory. */
const LONGEST_WAIT = 2 ** 24;

/**
 * Cuts a text that comes in chunks again, at spaces between words: what `trainAsync` counts in these parts is what it counts in the whole
 * text, with the patterns of this package, whereas a chunk of a file may end inside of a word. Where 16 million units hold no such space,
 * the text is cut at a line break, or without one between two characters.
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
