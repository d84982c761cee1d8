// Cuts as GPT-2 does, with a scanner: no back-tracking, no allocation. The pattern that it implements is below; tests compare the two.

import { classAt, endOfRun, LETTER, MARK, NUMBER, OTHER, WHITE_SPACE } from './character-class.js';
import { endOfLowerCaseContraction } from './contraction.js';
import { Scanner } from './scanner.js';
import { endOfWhiteSpace } from './white-space-run.js';

/**
 * OpenAI's pattern: English contractions; runs of letters, of digits or of other signs, each with one space before; white space without its
 * last character, which belongs to the next word.
 */
export const GPT2_PATTERN = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

/** The same as tiktoken has spelled it since its version 0.8, for r50k_base and p50k_base. */
export const GPT2_POSSESSIVE_PATTERN = "'(?:[sdmt]|ll|ve|re)| ?\\p{L}++| ?\\p{N}++| ?[^\\s\\p{L}\\p{N}]++|\\s++$|\\s+(?!\\S)|\\s";

const APOSTROPHE = 0x27;
const BLANK = 0x20;

function endOfPiece(bytes: Uint8Array, i: number): number {
  const byte = bytes[i];
  if (byte === APOSTROPHE) {
    const end = endOfLowerCaseContraction(bytes, i);
    if (end > i) return end;
  }
  const afterBlank = byte === BLANK ? i + 1 : i;
  const first = classAt(bytes, afterBlank);
  if (first & LETTER) return endOfRun(bytes, afterBlank, LETTER);
  if (first & NUMBER) return endOfRun(bytes, afterBlank, NUMBER);
  if (first & (MARK | OTHER)) return endOfRun(bytes, afterBlank, MARK | OTHER);
  return endOfWhiteSpace(bytes, i, endOfRun(bytes, i, WHITE_SPACE));
}

export const gpt2PreTokenizer = /* @__PURE__ */ new Scanner(GPT2_PATTERN, endOfPiece);
export const gpt2PossessivePreTokenizer = /* @__PURE__ */ new Scanner(GPT2_POSSESSIVE_PATTERN, endOfPiece);
