// Shows words with a bar for how similar they are.
import { printable } from '../terminal/text.js';
import { bars } from '../terminal/bars.js';
import type { NumberFormats } from '../terminal/numbers.js';
import type { Terminal } from '../terminal/terminal.js';

export interface WordBarsOptions {
  terminal: Terminal;
  numbers: NumberFormats;
  indent?: number;
}

const DIGITS = 3;
/** The part of a line that words may take. */
const WORDS_SHARE = 0.5;

/** One line per word; a bar as long as the line is a cosine of 1, or the largest score, if that is more. */
export function wordBars(found: readonly { word: string; similarity: number }[], { terminal, numbers, indent = 1 }: WordBarsOptions): string {
  const data = found.map(({ word, similarity }) => ({ label: printable(word), share: similarity }));
  const full = Math.max(1, ...found.map(({ similarity }) => similarity));
  const longestLabel = Math.floor((terminal.columns - indent) * WORDS_SHARE);
  return bars(data, { columns: terminal.columns, numbers, full, paint: terminal.colors.cyan, indent, longestLabel, shown: (share) => numbers.decimal(share, DIGITS) });
}
