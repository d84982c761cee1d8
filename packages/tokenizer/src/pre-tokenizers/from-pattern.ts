// From a regular expression to the fastest pre-tokenizer that implements it.

import { cl100kPreTokenizer } from './cl100k';
import { gpt2PreTokenizer } from './gpt2';
import { o200kPreTokenizer } from './o200k';
import { PatternPreTokenizer } from './pattern';
import { type PreTokenizer } from './pre-tokenizer';

const scanners: readonly PreTokenizer[] = [gpt2PreTokenizer, cl100kPreTokenizer, o200kPreTokenizer];

/** @throws {RangeError} when the pattern cannot be used; see `toJavaScriptPattern` */
export function preTokenizerFromPattern(pattern: string): PreTokenizer {
  return scanners.find((scanner) => scanner.pattern === pattern) ?? new PatternPreTokenizer(pattern);
}
