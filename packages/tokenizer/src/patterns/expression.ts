// Translates a pattern of either dialect into a JavaScript expression, and into the spelling of a tokenizer.json.

import { mayTakeExponentialTime } from './ambiguity.js';
import { beginsWhereSearchBegins, checkTree } from './check.js';
import { type DialectName, dialects } from './dialect.js';
import { EmptyMatchExpression } from './empty-matches.js';
import { GuardedExpression } from './guarded-expression.js';
import { type ParsedPattern, parsePattern } from './parse.js';
import { compile } from './program.js';
import { PatternReader } from './reader.js';
import { canBeEmpty } from './syntax-tree.js';
import { writePattern } from './write.js';

/**
 * The expression that finds all matches of a pattern; flags g and v, and y if every match begins with \G.
 * @throws {RangeError} naming the part of the pattern that is wrong or cannot be translated. Its `exec` throws one if the pattern takes too
 * long on a text.
 */
export function expressionFor(pattern: string, dialect: DialectName): RegExp {
  const parsed = readChecked(pattern, dialect);
  const reader = new PatternReader(pattern, dialects[dialect]);
  const refuse = (part: string, why: string): never => reader.refuse(part, why);
  const flags = beginsWhereSearchBegins(parsed.root, refuse) ? 'gvy' : 'gv';
  const source = writePattern(parsed.root);
  if (!mayTakeExponentialTime(parsed.root)) return canBeEmpty(parsed.root) ? new EmptyMatchExpression(source, flags) : new RegExp(source, flags);
  return new GuardedExpression(pattern, source, flags, compile(parsed.root, parsed.groups, refuse));
}

/** The pattern as Oniguruma has to read it to mean the same: itself, unless the dialects differ in it. */
export function onigurumaSpelling(pattern: string, dialect: DialectName): string {
  if (dialect === 'oniguruma') return pattern;
  const { root } = readChecked(pattern, dialect);
  try {
    if (writePattern(readChecked(pattern, 'oniguruma').root) === writePattern(root)) return pattern;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return writePattern(root, 'oniguruma');
}

function readChecked(pattern: string, dialect: DialectName): ParsedPattern {
  const parsed = parsePattern(pattern, dialect);
  const reader = new PatternReader(pattern, dialects[dialect]);
  checkTree(parsed.root, (part, why) => reader.refuse(part, why));
  return parsed;
}
