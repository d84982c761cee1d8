// The words that phrase builders accept: a variable that was drawn before, or a category to draw from.

import { pick, type Node } from './nodes.js';
import type { Category, Variable } from './words.js';

/** A category draws a word only for this place; a variable refers to a word drawn before. */
export type Lexeme = Category | Variable;

/** Calls `use` with a variable: the given one, or a new one that is drawn around the result. */
export function drawn(lexeme: Lexeme, use: (word: Variable) => Node): Node {
  if ('category' in lexeme) return use(lexeme);
  const word = { name: lexeme.name, category: lexeme };
  return pick(word, use(word));
}

/** Like `drawn` for several lexemes, drawn in order. */
export function drawnAll(lexemes: readonly Lexeme[], use: (words: readonly Variable[]) => Node): Node {
  const [first, ...rest] = lexemes;
  return first ? drawn(first, (word) => drawnAll(rest, (others) => use([word, ...others]))) : use([]);
}
