// The languages and their grammars. A grammar is built on first use.

import { englishStory } from './english/index.js';
import { germanStory } from './german/index.js';
import { checkGrammar } from './grammar/check.js';
import type { Node } from './grammar/nodes.js';

/** ISO 639-1 codes of the languages that stories can be written in. */
export type Language = 'de' | 'en';

export const languages: readonly Language[] = Object.freeze(['de', 'en'] as const);

const authors: ReadonlyMap<Language, () => Node> = new Map([['de', germanStory], ['en', englishStory]]);
const grammars = new Map<Language, Node>();

/**
 * The story grammar of a language.
 *
 * @throws RangeError if there is no grammar for it
 */
export function grammarOf(language: Language): Node {
  const known = grammars.get(language);
  if (known) return known;
  const author = authors.get(language);
  if (!author) throw new RangeError(`unknown language ${JSON.stringify(language) ?? String(language)}: expected ${languages.map((one) => `"${one}"`).join(' or ')}`);
  const grammar = author();
  checkGrammar(grammar);
  grammars.set(language, grammar);
  return grammar;
}
