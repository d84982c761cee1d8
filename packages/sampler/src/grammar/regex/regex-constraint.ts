// A regular expression as a constraint.
import type { Constraint } from '../constraint.js';
import { GrammarConstraint } from '../grammar-constraint.js';
import type { TokenVocabulary } from '../token-vocabulary.js';
import { parseRegex } from './parse.js';

/**
 * Restricts texts to those that match a regular expression as a whole: those of `new RegExp('^(?:' + pattern + ')$', 'u')`.
 *
 * Supported: literals and escapes, `.`, classes, \d \w \s \p{...} and their negations, groups, alternation, * + ? {m} {m,} {m,n}, $, and
 * look-ahead, unless something repeats it more than 20 times.
 * Not supported: look-behind, back references, \b, flags, ^ inside of the pattern.
 *
 * @throws TypeError if an argument is of a wrong kind
 * @throws SyntaxError naming the position of what is invalid or not supported
 * @throws RangeError if the vocabulary can write no matching text, or if the automaton is too large
 */
export function regexConstraint(pattern: string, vocabulary: TokenVocabulary): Constraint {
  return GrammarConstraint.of({ rules: new Map([['pattern', parseRegex(pattern)]]), root: 'pattern' }, vocabulary);
}
