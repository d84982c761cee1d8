// Shows tokens: the pieces of a text in alternating colours, with the id below each.
import stringWidth from 'string-width';
import { padEnd, printable, truncate } from './text.js';
import type { Colors } from './terminal.js';

export interface TokenPiece {
  id: number;
  /** The text of the token; <C3> and the like for bytes that are not a whole character. */
  text: string;
}

export interface TokenRowsOptions {
  columns: number;
  colors: Colors;
  indent?: number;
}

const LONGEST_PIECE = 24;

/** Pairs of lines, with the pieces above their ids, as many as the width requires. Blanks are shown as ·, line breaks as ↵. */
export function tokenRows(pieces: readonly TokenPiece[], options: TokenRowsOptions): string {
  return [...tokenRowPairs(pieces, options)].join('\n');
}

/** Like `tokenRows`, pair by pair, so that a long text need not be in memory twice. */
export function* tokenRowPairs(pieces: Iterable<TokenPiece>, { columns, colors, indent = 0 }: TokenRowsOptions): Generator<string> {
  const paints = palette(colors);
  const margin = ' '.repeat(indent);
  let above = '';
  let below = '';
  let width = 0;
  let count = 0;
  for (const { id, text } of pieces) {
    const piece = truncate(visible(text), Math.min(LONGEST_PIECE, Math.max(4, columns - indent)));
    const number = String(id);
    const cell = Math.max(stringWidth(piece), number.length);
    if (width > 0 && indent + width + 1 + cell > columns) {
      yield `${margin}${above}\n${margin}${below}`;
      above = below = '';
      width = 0;
    }
    const gap = width > 0 ? ' ' : '';
    const paint = paints[count++ % paints.length];
    above += gap + paint(padEnd(piece, cell));
    below += gap + colors.dim(padEnd(number, cell));
    width += gap.length + cell;
  }
  if (width > 0) yield `${margin}${above}\n${margin}${below}`;
}

/** Makes blanks and line breaks visible. */
export const visible = (text: string): string => printable(text.replaceAll(' ', '·').replaceAll('\n', '↵').replaceAll('\t', '→'));

// Black on light colours is readable on dark and on light terminals alike.
const palette = (colors: Colors): ((text: string) => string)[] =>
  [colors.bgCyan, colors.bgYellow, colors.bgGreen, colors.bgMagenta].map((background) => (text) => background(colors.black(text)));
