// Cuts as GPT-4o does (o200k_base), with a scanner: it allocates nothing and looks at every character at most a few times. The pattern
// that it implements is below; tests compare the two.

import { CASELESS, classAt, endOfCharacter, endOfRun, LETTER, LINE_END, LOWER, MARK, NUMBER, OTHER, startOfCharacter, UPPER, WHITE_SPACE } from './character-class.js';
import { endOfThreeNumbers } from './cl100k.js';
import { endOfContraction } from './contraction.js';
import { Scanner } from './scanner.js';
import { endOfLinesOrWhiteSpace } from './white-space-run.js';

/**
 * OpenAI's pattern: words that change from upper to lower case at most once, with one sign or space before and a contraction after; up to
 * three digits; other signs with the line ends and slashes after them; white space up to its last line end; other white space.
 */
export const O200K_PATTERN = /* @__PURE__ */ [
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
  '\\p{N}{1,3}',
  ' ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*',
  '\\s*[\\r\\n]+',
  '\\s+(?!\\S)',
  '\\s+',
].join('|');

/** The classes of the first part of a word, and of the second part. */
const HEAD = UPPER | CASELESS | MARK;
const TAIL = LOWER | CASELESS | MARK;

const APOSTROPHE = 0x27;
const BLANK = 0x20;
const SLASH = 0x2f;

function endOfPiece(bytes: Uint8Array, i: number): number {
  const first = classAt(bytes, i);
  // A mark can also be the sign before a word; but then it is the first character of the head too, and the end is the same.
  if (first & (LETTER | MARK)) return endOfWord(bytes, i);
  if (first & NUMBER) return endOfThreeNumbers(bytes, i);
  const second = endOfCharacter(bytes, i);
  const next = classAt(bytes, second);
  if (next & (LETTER | MARK) && !(first & LINE_END)) return endOfWord(bytes, second);
  if (first & OTHER) return endOfSigns(bytes, i);
  if (next & OTHER && bytes[i] === BLANK) return endOfSigns(bytes, second);
  return endOfLinesOrWhiteSpace(bytes, i, endOfRun(bytes, i, WHITE_SPACE));
}

/** The end of the word that starts with the letter or mark at `i`. */
function endOfWord(bytes: Uint8Array, i: number): number {
  const headEnd = endOfRun(bytes, i, HEAD);
  let end = endOfRun(bytes, headEnd, TAIL);
  // The first alternative needs a tail. Without lower-case letters the tail is the last caseless character of the head, and what follows is
  // not part of the word. A head of upper-case letters only is a word by the second alternative.
  if (end === headEnd) end = endOfLastCaseless(bytes, i, headEnd) || headEnd;
  return bytes[end] === APOSTROPHE ? endOfContraction(bytes, end) : end;
}

/** The end of the last character between `start` and `end` that has no case, or 0. */
function endOfLastCaseless(bytes: Uint8Array, start: number, end: number): number {
  for (let last = end; last > start; ) {
    const begin = startOfCharacter(bytes, last);
    if (classAt(bytes, begin) & (CASELESS | MARK)) return last;
    last = begin;
  }
  return 0;
}

/** The end of the signs at `i`, including the line ends and slashes after them. */
function endOfSigns(bytes: Uint8Array, i: number): number {
  let end = endOfRun(bytes, i, MARK | OTHER);
  while (bytes[end] === SLASH || classAt(bytes, end) & LINE_END) end++;
  return end;
}

export const o200kPreTokenizer = /* @__PURE__ */ new Scanner(O200K_PATTERN, endOfPiece);
