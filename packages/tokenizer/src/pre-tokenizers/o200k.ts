// The way of GPT-4o (o200k_base) to cut a text, written as a scanner: no allocation, and every character is looked at a few times at most.
// The regular expression it implements stands beside it; the tests hold one against the other.

import { CASELESS, classAt, endOfCharacter, endOfRun, LETTER, LINE_END, LOWER, MARK, NUMBER, OTHER, startOfCharacter, UPPER, WHITE_SPACE } from './character-class.js';
import { endOfThreeNumbers } from './cl100k.js';
import { endOfContraction } from './contraction.js';
import { Scanner } from './scanner.js';
import { endOfLinesOrWhiteSpace } from './white-space-run.js';

/**
 * OpenAI's pattern: words that change from upper to lower case at most once, with one sign or space before and a contraction after
 * them; up to three digits; other signs with line ends and slashes after them; white space up to its last line end; other white space.
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

/** What the first and the second part of a word may consist of. */
const HEAD = UPPER | CASELESS | MARK;
const TAIL = LOWER | CASELESS | MARK;

const APOSTROPHE = 0x27;
const BLANK = 0x20;
const SLASH = 0x2f;

function endOfPiece(bytes: Uint8Array, i: number): number {
  const first = classAt(bytes, i);
  // A mark may be the sign before a word as well, but then it is also the first character of the head, with the same end.
  if (first & (LETTER | MARK)) return endOfWord(bytes, i);
  if (first & NUMBER) return endOfThreeNumbers(bytes, i);
  const second = endOfCharacter(bytes, i);
  const next = classAt(bytes, second);
  if (next & (LETTER | MARK) && !(first & LINE_END)) return endOfWord(bytes, second);
  if (first & OTHER) return endOfSigns(bytes, i);
  if (next & OTHER && bytes[i] === BLANK) return endOfSigns(bytes, second);
  return endOfLinesOrWhiteSpace(bytes, i, endOfRun(bytes, i, WHITE_SPACE));
}

/** Where the word ends that starts with the letter or mark at `i`. */
function endOfWord(bytes: Uint8Array, i: number): number {
  const headEnd = endOfRun(bytes, i, HEAD);
  let end = endOfRun(bytes, headEnd, TAIL);
  // The first alternative wants a tail. Without lower case letters it takes the last character of the head that may also be one,
  // and leaves what follows; only a head of upper case letters alone is a word by the second alternative.
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

/** Where the signs at `i` end, with the line ends and slashes behind them. */
function endOfSigns(bytes: Uint8Array, i: number): number {
  let end = endOfRun(bytes, i, MARK | OTHER);
  while (bytes[end] === SLASH || classAt(bytes, end) & LINE_END) end++;
  return end;
}

export const o200kPreTokenizer = /* @__PURE__ */ new Scanner(O200K_PATTERN, endOfPiece);
