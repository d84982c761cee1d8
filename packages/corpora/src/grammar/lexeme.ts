// What phrase builders take for a word: one drawn before, or a category to draw from on the spot.

import { pick, type Node } from './nodes.js';
import type { Category, Variable } from './words.js';

/** A category draws a word for this place alone; a variable mentions a word drawn before. */
export type Lexeme = Category | Variable;

/** Calls `use` with a variable: the one given, or a new one drawn around what `use` makes. */
export function drawn(lexeme: Lexeme, use: (word: Variable) => Node): Node {
  if ('category' in lexeme) return use(lexeme);
  const word = { name: lexeme.name, category: lexeme };
  return pick(word, use(word));
}

/** The same for several, drawn in order. */
export function drawnAll(lexemes: readonly Lexeme[], use: (words: readonly Variable[]) => Node): Node {
  const [first, ...rest] = lexemes;
  return first ? drawn(first, (word) => drawnAll(rest, (others) => use([word, ...others]))) : use([]);
}
