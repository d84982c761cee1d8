// Characters that draw nothing are shown by their codes where a token would be blank, and do their work between others.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pieceText, tokenPieces, visibleText } from '../src/figures/token-pieces.js';
import { unseenAsCodes, unseenCode } from '../src/figures/unseen.js';

it.each([
  ['a joiner alone', '\u200d', '‹U+200D›'],
  ['a selector alone', '\ufe0f', '‹U+FE0F›'],
  ['a joiner at the beginning', '\u200d👩', '‹U+200D›👩'],
  ['a joiner at the end', '👩\u200d', '👩‹U+200D›'],
  ['a selector and a joiner at the end', '❤\ufe0f\u200d', '❤\ufe0f‹U+200D›'],
  ['another space', '\u00a0', '‹U+00A0›'],
  ['two', '\u200b\ufeff', '‹U+200B›‹U+FEFF›'],
  ['a control between letters', 'a\u0000b', 'a‹U+0000›b'],
  ['a tab', '\t', '‹U+0009›'],
  ['the mark of a foreign line break', '\r\n', '‹U+000D›\n'],
  ['a tag without its flag', '\u{e0067}', '‹U+E0067›'],
])('shows the code of %s', (_, text, shown) => {
  expect(unseenAsCodes(text)).toBe(shown);
  expect(unseenCode(text)).toBe(/‹.*?›/.exec(shown)![0]);
});

it.each(['👩\u200d👩\u200d👧\u200d👦', '❤\ufe0f', 'می\u200cخواهم', '10\u00a0%', ' Hund', '\n', ' ', '', '‹U+200D›'])('leaves %j as it is', (text) => {
  expect(unseenAsCodes(text)).toBe(text);
  expect(unseenCode(text)).toBeUndefined();
});

it('leaves no token blank', () => {
  const blank = fc.string({ unit: fc.constantFrom(' ', '\n', '\t', '\r', '\u00a0', '\u00ad', '\u200b', '\u200d', '\u2003', '\u3164', '\ufe0f', '\ufeff', '\u{e0020}'), minLength: 1, maxLength: 4 });
  fc.assert(fc.property(blank, (text) => /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u.test(visibleText(text))));
});

it('shows the code of a character that tokens share, in each slice of it', () => {
  const family = new TextEncoder().encode('👩\u200d👦');
  const cuts = [0, 4, 5, 6, 7, 11];
  const pieces = tokenPieces([0, 1, 2, 3, 4], (id) => family.subarray(cuts[id], cuts[id + 1]));
  expect(pieces.map(pieceText)).toEqual(['👩', '‹U+200D› (1/3)', '‹U+200D› (2/3)', '‹U+200D› (3/3)', '👦']);
});
