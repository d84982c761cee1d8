// Turns lists of German words into categories. The entries are short strings with gender and irregular forms.

import { category, type Category, type Word } from '../grammar/words.js';

export { fixed, table } from '../grammar/lists.js';

/** Grammatical gender. Stories contain no plural noun phrases except fixed ones. */
export type Gender = 'm' | 'f' | 'n';
export type Case = 'nom' | 'akk' | 'dat';

const genderOf: Readonly<Record<string, Gender>> = { der: 'm', die: 'f', das: 'n' };

/** Nouns with their article: `der Ball`, `die Puppe`, `das Auto`. After a bar: the form of accusative and dative, if different: */
export function nouns(name: string, ...entries: readonly string[]): Category {
  return category(name, 'nom', entries.map((entry): Word => {
    const [, article, nom, oblique = nom] = /^(der|die|das) ([^|]+)(?:\|(.+))?$/.exec(entry) ?? [];
    if (!article) throw new Error(`German noun "${entry}": expected an article and a noun, such as "der Hase|Hasen"`);
    return { id: nom, forms: { nom, akk: oblique, dat: oblique }, features: { gender: genderOf[article] } };
  }));
}

/** Adjectives in their base form; after a bar: the stem before endings, if different: `dunkel|dunkl`. */
export function adjectives(name: string, ...entries: readonly string[]): Category {
  return category(name, 'base', entries.map((entry): Word => {
    const [base, stem = base] = entry.split('|');
    return { id: base, forms: { base, e: `${stem}e`, en: `${stem}en`, er: `${stem}er`, es: `${stem}es`, em: `${stem}em` }, features: {} };
  }));
}

/** First names: girls, then boys. No name ends in s, x, z or ß, so that the genitive is the name with an s. */
export function names(name: string, girls: readonly string[], boys: readonly string[]): Category {
  const of = (list: readonly string[], gender: Gender) => list.map((id): Word => ({ id, forms: { nom: id, gen: `${id}s` }, features: { gender } }));
  return category(name, 'nom', [...of(girls, 'f'), ...of(boys, 'm')]);
}
