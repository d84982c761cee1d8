// What the scanners of this folder want to know about a character: its Unicode category, as one bit.
// They work on UTF-8, in an array that ends with END: of English text every byte is a character, and no end has to be checked for.
// Other characters are looked up in a table that fills itself, so that loading costs nothing: regular expressions
// answer the first question about a character, the table all later ones.

import { WHITE_SPACE_CLASS } from '../text/white-space.js';

/** The byte behind the last one of a text, which UTF-8 never holds. Its class is 0: it belongs to no run. */
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
/** Everything else, U+FFFD too, which lone surrogates become. */
export const OTHER = 128;

export const LETTER = UPPER | LOWER | CASELESS;
export const WHITE_SPACE = SPACE | LINE_END;

/** Of the categories, the first that fits a character counts. */
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

/** The class of every byte that is a character of its own; 0 for all others. */
const classOfByte = /* @__PURE__ */ (() => Uint8Array.from({ length: 0x100 }, (_, byte) => (byte < 0x80 ? classify(byte) : 0)))();

/** The class of the code points above ASCII; 0 for those that nobody has asked for. */
const classOfCodePoint = /* @__PURE__ */ new Uint8Array(0x110000);

/** The class of the character that begins at `i`, or 0 when the text ends there. */
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

/** Where the run of characters of the classes `wanted` ends that starts at `i`; `i` itself when there is none. */
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

/** Where the character begins that ends at `end`. */
export function startOfCharacter(bytes: Uint8Array, end: number): number {
  let start = end - 1;
  while ((bytes[start] & 0xc0) === 0x80) start--;
  return start;
}
