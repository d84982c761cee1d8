// Cuts as GPT-3.5 and GPT-4 do (cl100k_base), with a scanner: no back-tracking, no allocation. The pattern that it implements is
// below; tests compare the two.

import { classAt, END, endOfCharacter, endOfRun, LETTER, LINE_END, MARK, NUMBER, OTHER, WHITE_SPACE } from './character-class.js';
import { endOfContraction } from './contraction.js';
import { Scanner } from './scanner.js';
import { endOfLinesOrWhiteSpace } from './white-space-run.js';

/**
 * OpenAI's pattern: English contractions in any case; letters with one sign or space before them; up to three digits;
 * other signs with the line ends after them; white space up to its last line end; other white space.
 */
export const CL100K_PATTERN =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/**
 * The same as tiktoken has spelled it since its version 0.8, in the dialect of fancy-regex. It differs in one thing: white space at the end
 * of a text is one piece, line ends or not.
 */
export const CL100K_POSSESSIVE_PATTERN =
  "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s";
/** That pattern as Oniguruma spells it, where `{1,3}+` would repeat the digits and `$` matches at every line. */
const CL100K_POSSESSIVE_ONIGURUMA = /* @__PURE__ */ CL100K_POSSESSIVE_PATTERN.replace('{1,3}+', '{1,3}').replace('$', '\\z');

const APOSTROPHE = 0x27;
const BLANK = 0x20;

function endOfPiece(bytes: Uint8Array, i: number): number {
  const first = classAt(bytes, i);
  if (first & LETTER) return endOfRun(bytes, i, LETTER);
  if (first & NUMBER) return endOfThreeNumbers(bytes, i);
  const byte = bytes[i];
  if (byte === APOSTROPHE) {
    const end = endOfContraction(bytes, i);
    if (end > i) return end;
  }
  const second = endOfCharacter(bytes, i);
  const next = classAt(bytes, second);
  if (next & LETTER && !(first & LINE_END)) return endOfRun(bytes, second, LETTER);
  if (first & (MARK | OTHER)) return endOfRun(bytes, endOfRun(bytes, i, MARK | OTHER), LINE_END);
  if (next & (MARK | OTHER) && byte === BLANK) return endOfRun(bytes, endOfRun(bytes, second, MARK | OTHER), LINE_END);
  return endOfLinesOrWhiteSpace(bytes, i, endOfRun(bytes, i, WHITE_SPACE));
}

/** The end of the numbers at `i`, at most three. */
export function endOfThreeNumbers(bytes: Uint8Array, i: number): number {
  let end = endOfCharacter(bytes, i);
  for (let count = 1; count < 3 && classAt(bytes, end) & NUMBER; count++) end = endOfCharacter(bytes, end);
  return end;
}

export const cl100kPreTokenizer = /* @__PURE__ */ new Scanner(CL100K_PATTERN, endOfPiece);

function endOfPieceOrText(bytes: Uint8Array, i: number): number {
  if (classAt(bytes, i) & WHITE_SPACE) {
    const end = endOfRun(bytes, i, WHITE_SPACE);
    if (bytes[end] === END) return end;
  }
  return endOfPiece(bytes, i);
}

export const cl100kPossessivePreTokenizer = /* @__PURE__ */ new Scanner(CL100K_POSSESSIVE_ONIGURUMA, endOfPieceOrText);
