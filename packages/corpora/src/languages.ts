// The languages and their grammars. A grammar is built on first use.

import { englishStory } from './english/index.js';
import { germanStory } from './german/index.js';
import { checkGrammar } from './grammar/check.js';
import type { Node } from './grammar/nodes.js';
import { checkLanguage, type Language } from './language-names.js';

export { languages, type Language } from './language-names.js';

const authors: Readonly<Record<Language, () => Node>> = { de: germanStory, en: englishStory };
const grammars = new Map<Language, Node>();

/**
 * The story grammar of a language.
 *
 * @throws RangeError if there is no grammar for it
 */
export function grammarOf(language: Language): Node {
  const known = grammars.get(language);
  if (known) return known;
  checkLanguage(language);
  const grammar = authors[language]();
  checkGrammar(grammar);
  grammars.set(language, grammar);
  return grammar;
}
