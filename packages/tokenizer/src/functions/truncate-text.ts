// Shortens a text to a number of tokens. For any tokenizer.

import { checkOptions, requireMethod } from '@kk/options';
import { checkInteger } from '../core/check-integer.js';
import { encodeNames } from '../core/option-names.js';
import { isGraphemeBound } from '../text/grapheme-bounds.js';
import { quote } from '../text/well-formed.js';
import type { EncodeOptions, Tokenizer } from '../core/tokenizer.js';

/** UTF-16 units of text for each token that is allowed, to begin with: most tokens are shorter. */
const UNITS_PER_TOKEN = 8;
const LEAST_UNITS = 64;

/**
 * The beginning of a text that has at most `limit` ids, as `count` says with the same options, so what is added around a text counts, too. It ends where a token of the text ends,
 * and never inside what a reader sees as one character (a grapheme cluster, such as 👩‍👩‍👧; a code point where the program that runs this has no `Intl.Segmenter`). The whole text if it is short enough; the empty text if nothing fits. A long text is not read to its end.
 * @throws {TypeError} when the tokenizer is none or the text no string; {RangeError} when `limit` is not an integer of at least 0
 */
export function truncateText(tokenizer: Tokenizer, text: string, limit: number, options: EncodeOptions = {}): string {
  requireMethod('tokenizer', tokenizer, 'isWithinLimit', 'a tokenizer');
  checkOptions('truncateText', options, encodeNames);
  if (typeof text !== 'string') throw new TypeError(`truncateText got ${quote(text)}; expected a string.`);
  checkInteger('limit', limit, 0);
  if (tokenizer.isWithinLimit(text, limit, options)) return text;
  let units = LEAST_UNITS + UNITS_PER_TOKEN * limit;
  while (units < text.length && tokenizer.isWithinLimit(text.slice(0, units), limit, options)) units *= 2;
  const { offsets } = tokenizer.encodeWithDetails(text.slice(0, units), { ...options, addSpecialTokens: false, truncation: false, padding: false });
  // Where a token ends and none goes on within the same character.
  const ends = offsets.filter(([start, end], i) => end > start && (offsets[i + 1]?.[0] ?? end) >= end).map(([, end]) => end);
  const fits = (end: number): boolean => tokenizer.isWithinLimit(text.slice(0, end), limit, options);
  // The end of a text may be cut otherwise than the same place in its middle, so each end is tried.
  for (let i = Math.min(ends.length, limit) - 1; i >= 0; i--) if (isGraphemeBound(text, ends[i]) && fits(ends[i])) return text.slice(0, ends[i]);
  return '';
}
