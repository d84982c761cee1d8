// A GBNF grammar as a constraint.
import { type Constraint } from '../constraint.js';
import { GrammarConstraint } from '../grammar-constraint.js';
import { type TokenVocabulary } from '../token-vocabulary.js';
import { parseGbnf } from './parse.js';

export interface GbnfOptions {
  /** The rule that a text has to match; `root` if left out. */
  root?: string;
}

/**
 * Texts of a grammar in llama.cpp's GBNF notation. Rules may call themselves and each other, but not before something has been read.
 *
 * @throws SyntaxError naming line and column of what is not understood, and rules that are not defined
 * @throws RangeError if the grammar is left-recursive or too large, or if nothing matches that the vocabulary can write
 */
export function gbnfConstraint(grammar: string, vocabulary: TokenVocabulary, { root = 'root' }: GbnfOptions = {}): Constraint {
  return GrammarConstraint.of(parseGbnf(grammar, root), vocabulary);
}
