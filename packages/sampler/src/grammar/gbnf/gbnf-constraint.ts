// A GBNF grammar as a constraint.
import { requireText } from '@kk/options';
import { requireKnown } from '../../checks.js';
import { requireVocabulary } from '../check-vocabulary.js';
import type { Constraint } from '../constraint.js';
import { GrammarConstraint } from '../grammar-constraint.js';
import type { TokenVocabulary } from '../token-vocabulary.js';
import { parseGbnf } from './parse.js';

export interface GbnfOptions {
  /** The rule that a text must match; default `root`. */
  root?: string;
}

/**
 * Restricts texts to a grammar in llama.cpp's GBNF notation. Rules may be recursive, but not left-recursive.
 *
 * A rule may also name whole tokens: `<[1000]>` is the token with this id, `<think>` the one with this name or text, `!<think>` every other
 * token that has a text or a name and does not end the text. Such a token may cut a character.
 *
 * @throws TypeError if an argument is of a wrong kind
 * @throws SyntaxError naming line and column of a syntax error, or a rule or token that is not defined
 * @throws RangeError if the grammar is left-recursive or too large, or if the vocabulary can write no matching text
 */
export function gbnfConstraint(grammar: string, vocabulary: TokenVocabulary, options: GbnfOptions = {}): Constraint {
  requireKnown<GbnfOptions>('gbnfConstraint', options, { root: true });
  const { root = 'root' } = options;
  requireText('root', root, 'the name of a rule');
  requireVocabulary(vocabulary);
  return GrammarConstraint.of(parseGbnf(grammar, root, vocabulary), vocabulary);
}
