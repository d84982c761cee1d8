// Turns lists of English words into categories.

import { category, type Category, type Word } from '../grammar/words.js';

export { fixed, table } from '../grammar/lists.js';

/** The pronoun for a word. */
export type Pronoun = 'he' | 'she' | 'it';

/** a ball, an apple: decided by the first letter, which is right for every word listed here (there is no hour and no unicorn). */
const withArticle = (word: string): string => (/^[aeiou]/i.test(word) ? `an ${word}` : `a ${word}`);

/** Nouns with the pronoun it: things and some animals. */
export function nouns(name: string, ...entries: readonly string[]): Category {
  return category(name, 'base', entries.map((base): Word => ({ id: base, forms: { base, a: withArticle(base) }, features: { pronoun: 'it' } })));
}

/** Animals and relatives with the pronoun he or she; each entry is the pronoun and the noun, as in `she mouse`. */
export function beings(name: string, ...entries: readonly string[]): Category {
  return category(name, 'base', entries.map((entry): Word => {
    const [, pronoun, base] = /^(he|she) (.+)$/.exec(entry) ?? [];
    if (!pronoun) throw new Error(`English noun "${entry}": expected a pronoun and a noun, such as "she mouse"`);
    return { id: base, forms: { base, a: withArticle(base) }, features: { pronoun } };
  }));
}

/** Adjectives; English does not inflect them here. */
export function adjectives(name: string, ...entries: readonly string[]): Category {
  return category(name, 'base', entries.map((base): Word => ({ id: base, forms: { base, a: withArticle(base) }, features: {} })));
}

/** Names: girls and women, then boys and men. */
export function names(name: string, girls: readonly string[], boys: readonly string[]): Category {
  const of = (list: readonly string[], pronoun: Pronoun) => list.map((base): Word => ({ id: base, forms: { base }, features: { pronoun } }));
  return category(name, 'base', [...of(girls, 'she'), ...of(boys, 'he')]);
}
