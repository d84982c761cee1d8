// A text as Unicode code points: an emoji or an umlaut is one token, as long as it is one code point. Nothing is changed or lost.
import { type TextUnit } from './units.js';

export const characters: TextUnit = {
  split: (text) => Array.from(text),
  join: (tokens) => tokens.join(''),
  variants: () => [],
  sentenceEnds: [['\n'], ['.', ' '], ['!', ' '], ['?', ' ']],
};
