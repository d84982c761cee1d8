// Returns the fastest pre-tokenizer for a regular expression.

import { cl100kPreTokenizer } from './cl100k.js';
import { gpt2PreTokenizer } from './gpt2.js';
import { o200kPreTokenizer } from './o200k.js';
import { PatternPreTokenizer } from './pattern.js';
import { type PreTokenizer } from './pre-tokenizer.js';

const scanners: readonly PreTokenizer[] = [gpt2PreTokenizer, cl100kPreTokenizer, o200kPreTokenizer];

/** @throws {RangeError} when the pattern cannot be used; see `toJavaScriptPattern` */
export function preTokenizerFromPattern(pattern: string): PreTokenizer {
  return scanners.find((scanner) => scanner.pattern === pattern) ?? new PatternPreTokenizer(pattern);
}
