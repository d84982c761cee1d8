// Gives the Unicode category of a character as one bit, for the scanners of this folder. They work on UTF-8 that ends with END, so that they
// never check for the end of the array, and in English text every byte is a character. Other characters are looked up in a table that fills
// on demand, so that loading costs nothing: the first lookup of a character uses regular expressions, all later ones the table.

import { WHITE_SPACE_CLASS } from '../text/white-space.js';

/** The byte after the end of a text; it never occurs in UTF-8. Its class is 0, so that it ends every run. */
export const END = 0xff;

/** Upper and title case letters: Lu, Lt. */
export const UPPER = 1;
/** Lower case letters: Ll. */
export const LOWER = 2;
/** Letters without a case: Lm, Lo. */
export const CASELESS = 4;
/** Combining marks: M. They are no letters. */
export const MARK = 8;
/** Digits and other numbers: N. */
export const NUMBER = 16;
/** Unicode White_Space except line feed and carriage return. */
export const SPACE = 32;
/** Line feed and carriage return. */
export const LINE_END = 64;
/** Everything else, including U+FFFD, which replaces lone surrogates. */
export const OTHER = 128;

export const LETTER = UPPER | LOWER | CASELESS;
export const WHITE_SPACE = SPACE | LINE_END;

/** Regular expression of each category; the first match decides. */
const categories = /* @__PURE__ */ (() =>
  [
    [/^[\r\n]/, LINE_END],
    [new RegExp(`^[${WHITE_SPACE_CLASS}]`, 'u'), SPACE],
    [/^\p{Ll}/u, LOWER],
    [/^[\p{Lu}\p{Lt}]/u, UPPER],
    [/^\p{L}/u, CASELESS],
    [/^\p{M}/u, MARK],
    [/^\p{N}/u, NUMBER],
  ] as const)();

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  return categories.find(([expression]) => expression.test(character))?.[1] ?? OTHER;
}

/** The class of each ASCII byte; 0 for all other bytes. */
const classOfByte = /* @__PURE__ */ (() => Uint8Array.from({ length: 0x100 }, (_, byte) => (byte < 0x80 ? classify(byte) : 0)))();

/** The class of code points above ASCII; 0 if not looked up yet. */
const classOfCodePoint = /* @__PURE__ */ new Uint8Array(0x110000);

/** The class of the character that begins at `i`, or 0 at the end of the text. */
export function classAt(bytes: Uint8Array, i: number): number {
  return classOfByte[bytes[i]] || classBeyondAscii(bytes, i);
}

function classBeyondAscii(bytes: Uint8Array, i: number): number {
  const lead = bytes[i];
  if (lead === END) return 0;
  let codePoint;
  if (lead < 0xe0) codePoint = ((lead & 0x1f) << 6) | (bytes[i + 1] & 0x3f);
  else if (lead < 0xf0) codePoint = ((lead & 0x0f) << 12) | ((bytes[i + 1] & 0x3f) << 6) | (bytes[i + 2] & 0x3f);
  else codePoint = ((lead & 0x07) << 18) | ((bytes[i + 1] & 0x3f) << 12) | ((bytes[i + 2] & 0x3f) << 6) | (bytes[i + 3] & 0x3f);
  return classOfCodePoint[codePoint] || (classOfCodePoint[codePoint] = classify(codePoint));
}

/** The end of the run of characters of the classes `wanted` that starts at `i`; `i` itself if there is none. */
export function endOfRun(bytes: Uint8Array, i: number, wanted: number): number {
  for (;;) {
    const known = classOfByte[bytes[i]];
    if (known !== 0) {
      if ((known & wanted) === 0) return i;
      i++;
    } else {
      if ((classBeyondAscii(bytes, i) & wanted) === 0) return i;
      i = endOfCharacter(bytes, i);
    }
  }
}

/** The end of the character that begins at `i`. */
export function endOfCharacter(bytes: Uint8Array, i: number): number {
  const lead = bytes[i];
  return i + (lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
}

/** The start of the character that ends at `end`. */
export function startOfCharacter(bytes: Uint8Array, end: number): number {
  let start = end - 1;
  while ((bytes[start] & 0xc0) === 0x80) start--;
  return start;
}
