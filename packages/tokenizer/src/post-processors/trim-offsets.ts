// Excludes white space of byte-level tokens from their offsets, for ByteLevel and RobertaProcessing.

import { isWhiteSpace } from '../text/white-space.js';
import type { OffsetTrimmer } from './post-processor.js';

/**
 * Returns a trimmer that excludes white space at both ends of a token from its offsets. With `addPrefixSpace` it keeps one space that was
 * not in the text.
 */
export const offsetTrimmer = (addPrefixSpace: boolean): OffsetTrimmer => (row, index, token, text) => {
  const characters = [...token];
  const isSpace = (character: string): boolean => character === '\u0120' || isWhiteSpace(character);
  const solid = characters.findIndex((character) => !isSpace(character));
  let leading = solid < 0 ? characters.length : solid;
  const trailing = solid < 0 ? characters.length : [...characters].reverse().findIndex((character) => !isSpace(character));
  if (leading > 0) {
    if ((index === 0 || row.start === 0) && addPrefixSpace && leading === 1) leading = 0;
    while (leading-- > 0 && row.start < row.end) row.start += isPair(text, row.start) ? 2 : 1;
  }
  if (row.end < trailing) return;
  for (let i = 0; i < trailing && row.end > row.start; i++) row.end -= isPair(text, row.end - 2) ? 2 : 1;
};

/** Whether a surrogate pair starts at this unit. */
function isPair(text: string, unit: number): boolean {
  return unit >= 0 && (text.codePointAt(unit) as number) > 0xffff;
}
