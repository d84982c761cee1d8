// Knows where the patterns of well-known tokenizers always cut, in any context. A text can be encoded in parts that end at such places.

import { CL100K_PATTERN } from './cl100k.js';
import { GPT2_PATTERN, GPT2_POSSESSIVE_PATTERN } from './gpt2.js';
import { O200K_PATTERN } from './o200k.js';
import type { CutPlace } from './pre-tokenizer.js';

/** Makes every character a piece. */
export const SINGLE_CHARACTER_PATTERN = '[\\s\\S]';

/** A run of letters, marks and digits, with at most one apostrophe inside ("don't"), or any other single character. */
export const WORD_PATTERN = "[\\p{L}\\p{M}\\p{N}]+(?:['\u2019][\\p{L}\\p{M}\\p{N}]+)?|[^\\p{L}\\p{M}\\p{N}]";

/** The pattern of Qwen 2 and 2.5: cl100k's, but each digit is a piece. */
const QWEN2_PATTERN = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
/** The pattern of Llama 3: the same, with up to three digits per piece. */
const LLAMA3_PATTERN = QWEN2_PATTERN.replace('\\p{N}|', '\\p{N}{1,3}|');

const safeAtWords: readonly string[] = [GPT2_PATTERN, GPT2_POSSESSIVE_PATTERN, CL100K_PATTERN, O200K_PATTERN, QWEN2_PATTERN, LLAMA3_PATTERN, WORD_PATTERN];

export function cutPlaceOf(pattern: string): CutPlace {
  if (pattern === SINGLE_CHARACTER_PATTERN) return 'anywhere';
  return safeAtWords.includes(pattern) ? 'words' : 'nowhere';
}
