// Returns the fastest pre-tokenizer for a regular expression.

import { CL100K_POSSESSIVE_PATTERN, cl100kPossessivePreTokenizer, cl100kPreTokenizer } from './cl100k.js';
import { gpt2PossessivePreTokenizer, gpt2PreTokenizer } from './gpt2.js';
import { o200kPreTokenizer } from './o200k.js';
import { PatternPreTokenizer } from './pattern.js';
import type { DialectName } from '../patterns/dialect.js';
import type { PreTokenizer } from './pre-tokenizer.js';

/** By patterns that mean the same in both dialects. */
const scanners: readonly PreTokenizer[] = [gpt2PreTokenizer, gpt2PossessivePreTokenizer, cl100kPreTokenizer, o200kPreTokenizer];

/**
 * @param dialect  'oniguruma' for patterns of a tokenizer.json and of programs, 'fancy-regex' for those of tiktoken
 * @throws {RangeError} when the pattern cannot be translated to JavaScript or matches the empty text. The result's `forEachPiece` throws one
 * if the pattern takes too long on a text.
 */
export function preTokenizerFromPattern(pattern: string, dialect: DialectName = 'oniguruma'): PreTokenizer {
  if (dialect === 'fancy-regex' && pattern === CL100K_POSSESSIVE_PATTERN) return cl100kPossessivePreTokenizer;
  return scanners.find((scanner) => scanner.pattern === pattern) ?? new PatternPreTokenizer(pattern, dialect);
}
