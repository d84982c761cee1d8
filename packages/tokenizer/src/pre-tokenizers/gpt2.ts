// GPT-2's way to cut a text, written as a scanner: one look at each character, no back-tracking, no allocation.
// The regular expression it implements stands beside it; the tests hold one against the other.

import { WHITE_SPACE_CLASS } from '../text/white-space';
import { type PreTokenizer } from './pre-tokenizer';

/**
 * OpenAI's pattern: English contractions; letters, digits or other signs in a run, with one space before them;
 * white space, of which the last character stays with the word that follows.
 */
export const GPT2_PATTERN = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

const LETTER = 1;
const NUMBER = 2;
const WHITE_SPACE = 3;
const OTHER = 4;

const SPACE = 0x20;
const APOSTROPHE = 0x27;

const letter = /^\p{L}/u;
const number = /^\p{N}/u;
const whiteSpace = new RegExp(`^[${WHITE_SPACE_CLASS}]`, 'u');

/** The class of each UTF-16 unit that was asked for; 0 until then. */
const classOfUnit = new Uint8Array(0x10000);

function classify(character: string): number {
  return letter.test(character) ? LETTER : number.test(character) ? NUMBER : whiteSpace.test(character) ? WHITE_SPACE : OTHER;
}

/** The class of the code point at `i`. A lone surrogate is OTHER, as is the U+FFFD that it stands for. */
function classAt(text: string, i: number): number {
  const unit = text.charCodeAt(i);
  if ((unit & 0xfc00) === 0xd800) return classify(text.slice(i, i + 2));
  return classOfUnit[unit] || (classOfUnit[unit] = classify(text[i]));
}

/** Where the run of `wanted` that holds position `i` ends. */
function endOfRun(text: string, i: number, wanted: number): number {
  while (i < text.length && classAt(text, i) === wanted) i += isPairAt(text, i) ? 2 : 1;
  return i;
}

function isPairAt(text: string, i: number): boolean {
  return (text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
}

/** Where the contraction at the apostrophe `i` ends, or `i` when there is none. */
function endOfContraction(text: string, i: number): number {
  switch (text[i + 1]) {
    case 's':
    case 't':
    case 'm':
    case 'd':
      return i + 2;
    case 'r':
    case 'v':
      return text[i + 2] === 'e' ? i + 3 : i;
    case 'l':
      return text[i + 2] === 'l' ? i + 3 : i;
    default:
      return i;
  }
}

/** Where the piece that starts at `i` ends. */
function endOfPiece(text: string, i: number): number {
  const unit = text.charCodeAt(i);
  if (unit === APOSTROPHE) {
    const end = endOfContraction(text, i);
    if (end > i) return end;
  }
  const afterSpace = unit === SPACE ? i + 1 : i;
  if (afterSpace < text.length) {
    const first = classAt(text, afterSpace);
    if (first !== WHITE_SPACE) return endOfRun(text, afterSpace, first);
  }
  const end = endOfRun(text, i, WHITE_SPACE);
  // The last white space before a word belongs to the word's piece, unless it is all there is.
  return end === text.length || end === i + 1 ? end : end - 1;
}

export const gpt2PreTokenizer: PreTokenizer = {
  pattern: GPT2_PATTERN,
  forEachPiece(text, visit) {
    let start = 0;
    while (start < text.length) {
      const end = endOfPiece(text, start);
      visit(start, end);
      start = end;
    }
  },
};
