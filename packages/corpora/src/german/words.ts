// How German words are listed: short strings that carry gender and irregular forms, turned into categories.

import { category, type Category, type Word } from '../grammar/words.js';

/** The four ways in which a noun phrase agrees: three genders and the plural. */
export type Gender = 'm' | 'f' | 'n' | 'pl';
export type Case = 'nom' | 'akk' | 'dat';

const genderOf: Readonly<Record<string, Gender>> = { der: 'm', die: 'f', das: 'n', pl: 'pl' };

/**
 * Nouns with their article: `der Ball`, `die Puppe`, `das Auto`. After a bar the form of accusative and dative where it differs:
 * `der Hase|Hasen`. For a plural `pl Nüsse|Nüssen` with the dative after the bar.
 */
export function nouns(name: string, ...entries: readonly string[]): Category {
  return category(name, 'nom', entries.map((entry): Word => {
    const [, article, nom, oblique = nom] = /^(der|die|das|pl) ([^|]+)(?:\|(.+))?$/.exec(entry) ?? [];
    if (!article) throw new Error(`German noun "${entry}": expected an article and a noun, such as "der Hase|Hasen"`);
    const gender = genderOf[article];
    return { id: nom, forms: { nom, akk: gender === 'pl' ? nom : oblique, dat: oblique }, features: { gender } };
  }));
}

/** Adjectives by their base form; after a bar the stem before endings where it differs: `dunkel|dunkl`. */
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

/** Words and phrases that never change. */
export function fixed(name: string, ...entries: readonly string[]): Category {
  return category(name, 'base', entries.map((base): Word => ({ id: base, forms: { base }, features: {} })));
}

/** Rows of a table, columns separated by bars: `table('place', ['wo', 'wohin'], 'im Wald | in den Wald')`. */
export function table(name: string, columns: readonly string[], ...rows: readonly string[]): Category {
  return category(name, columns[0], rows.map((row): Word => {
    const cells = row.split('|').map((cell) => cell.trim());
    if (cells.length !== columns.length) throw new Error(`table "${name}": "${row}" has ${cells.length} columns instead of ${columns.length}`);
    return { id: cells[0], forms: Object.fromEntries(columns.map((column, i) => [column, cells[i]])), features: {} };
  }));
}
