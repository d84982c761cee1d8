// Offsets without the white space that a byte-level token holds, as ByteLevel and RobertaProcessing ask for.

import { isWhiteSpace } from '../text/white-space.js';
import { type OffsetTrimmer } from './post-processor.js';

/** What leaves the white space at both ends of a token out of its offsets, but for one space that was not in the text when `addPrefixSpace`. */
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

/** Whether a character of two units stands there. */
function isPair(text: string, unit: number): boolean {
  return unit >= 0 && (text.codePointAt(unit) as number) > 0xffff;
}
