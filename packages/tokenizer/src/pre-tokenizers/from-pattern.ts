// From a regular expression to the fastest pre-tokenizer that implements it.

import { GPT2_PATTERN, gpt2PreTokenizer } from './gpt2';
import { PatternPreTokenizer } from './pattern';
import { type PreTokenizer } from './pre-tokenizer';

/** @throws {RangeError} when the pattern cannot be used; see `toJavaScriptPattern` */
export function preTokenizerFromPattern(pattern: string): PreTokenizer {
  return pattern === GPT2_PATTERN ? gpt2PreTokenizer : new PatternPreTokenizer(pattern);
}
