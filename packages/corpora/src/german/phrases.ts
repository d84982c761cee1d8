// German noun phrases: the article, the ending of each adjective and the form of the noun follow from gender and case.
// The tables are those of every school grammar; the names of the functions are the words they write.

import { agree, form, pick, sequence, type Node } from '../grammar/nodes.js';
import type { Category, Variable } from '../grammar/words.js';
import type { Case, Gender } from './words.js';

/** A category draws a word for this place alone; a variable mentions a word drawn before. */
export type Lexeme = Category | Variable;

type Table = Readonly<Record<Case, Readonly<Record<Gender, string>>>>;

const definite: Table = {
  nom: { m: 'der', f: 'die', n: 'das', pl: 'die' },
  akk: { m: 'den', f: 'die', n: 'das', pl: 'die' },
  dat: { m: 'dem', f: 'der', n: 'dem', pl: 'den' },
};

/** Endings of ein, kein, mein, sein ... */
const einEnding: Table = {
  nom: { m: '', f: 'e', n: '', pl: 'e' },
  akk: { m: 'en', f: 'e', n: '', pl: 'e' },
  dat: { m: 'em', f: 'er', n: 'em', pl: 'en' },
};

/** Adjective endings after der, die, das. */
const weak: Table = {
  nom: { m: 'e', f: 'e', n: 'e', pl: 'en' },
  akk: { m: 'en', f: 'e', n: 'e', pl: 'en' },
  dat: { m: 'en', f: 'en', n: 'en', pl: 'en' },
};

/** Adjective endings after ein, kein, mein, sein ... */
const mixed: Table = {
  nom: { m: 'er', f: 'e', n: 'es', pl: 'en' },
  akk: { m: 'en', f: 'e', n: 'es', pl: 'en' },
  dat: { m: 'en', f: 'en', n: 'en', pl: 'en' },
};

/** Adjective endings without an article. */
const strong: Table = {
  nom: { m: 'er', f: 'e', n: 'es', pl: 'e' },
  akk: { m: 'en', f: 'e', n: 'es', pl: 'e' },
  dat: { m: 'em', f: 'er', n: 'em', pl: 'en' },
};

const pronouns: Table = {
  nom: { m: 'er', f: 'sie', n: 'es', pl: 'sie' },
  akk: { m: 'ihn', f: 'sie', n: 'es', pl: 'sie' },
  dat: { m: 'ihm', f: 'ihr', n: 'ihm', pl: 'ihnen' },
};

const genders: readonly Gender[] = ['m', 'f', 'n', 'pl'];

/** Calls `use` with a variable: the one given, or a new one drawn around what `use` makes. */
function drawn(lexeme: Lexeme, use: (word: Variable) => Node): Node {
  if ('category' in lexeme) return use(lexeme);
  const word = { name: lexeme.name, category: lexeme };
  return pick(word, use(word));
}

function drawnAll(lexemes: readonly Lexeme[], use: (words: readonly Variable[]) => Node): Node {
  const [first, ...rest] = lexemes;
  return first ? drawn(first, (word) => drawnAll(rest, (others) => use([word, ...others]))) : use([]);
}

/** What agrees with the gender of a word. */
export function byGender(word: Variable, write: (gender: Gender) => Node | string): Node {
  const occurring = new Set(word.category.classes.map(({ features }) => features.gender));
  return agree(word, 'gender', Object.fromEntries(genders.filter((gender) => occurring.has(gender)).map((gender) => [gender, write(gender)])));
}

function phrase(article: (gender: Gender) => readonly (Node | string)[], endings: Table, noun: Lexeme, case_: Case, adjectives: readonly Lexeme[]): Node {
  return drawn(noun, (head) =>
    drawnAll(adjectives, (words) =>
      byGender(head, (gender) =>
        sequence(...article(gender), ...words.flatMap((word) => [form(word, endings[case_][gender]), ' ']), form(head, case_)))));
}

/** der Ball, die rote Puppe, dem alten Auto. */
export function der(noun: Lexeme, case_: Case = 'nom', ...adjectives: readonly Lexeme[]): Node {
  return phrase((gender) => [`${definite[case_][gender]} `], weak, noun, case_, adjectives);
}

/** ein Ball, eine rote Puppe, einem alten Auto. */
export function ein(noun: Lexeme, case_: Case = 'nom', ...adjectives: readonly Lexeme[]): Node {
  return einLike('ein', noun, case_, adjectives);
}

/** kein Ball, keine rote Puppe. */
export function kein(noun: Lexeme, case_: Case = 'nom', ...adjectives: readonly Lexeme[]): Node {
  return einLike('kein', noun, case_, adjectives);
}

/** mein Ball, meine rote Puppe. */
export function mein(noun: Lexeme, case_: Case = 'nom', ...adjectives: readonly Lexeme[]): Node {
  return einLike('mein', noun, case_, adjectives);
}

/** dein Ball, deine rote Puppe. */
export function dein(noun: Lexeme, case_: Case = 'nom', ...adjectives: readonly Lexeme[]): Node {
  return einLike('dein', noun, case_, adjectives);
}

function einLike(stem: string, noun: Lexeme, case_: Case, adjectives: readonly Lexeme[]): Node {
  return phrase((gender) => [`${stem}${einEnding[case_][gender]} `], mixed, noun, case_, adjectives);
}

/** rote Grütze, kaltem Wasser, süße Nüsse: no article. */
export function bare(noun: Lexeme, case_: Case, ...adjectives: readonly Lexeme[]): Node {
  return phrase(() => [], strong, noun, case_, adjectives);
}

/** seinen Ball or ihren Ball, as the owner is he, she or it. */
export function poss(owner: Variable, noun: Lexeme, case_: Case = 'nom', ...adjectives: readonly Lexeme[]): Node {
  return phrase((gender) => [sein(owner, einEnding[case_][gender]), ' '], mixed, noun, case_, adjectives);
}

/** sein, seine, seinen ... or ihr, ihre, ihren ..., as the owner is he, she or it. */
export function sein(owner: Variable, ending = ''): Node {
  return byGender(owner, (gender) => (gender === 'm' || gender === 'n' ? `sein${ending}` : `ihr${ending}`));
}

/** er, sie, es; ihn, sie, es; ihm, ihr, ihm. */
export function er(word: Variable, case_: Case = 'nom'): Node {
  return byGender(word, (gender) => pronouns[case_][gender]);
}

/** The relative pronoun: der, die, das; den, die, das; dem, der, dem. */
export function relative(word: Variable, case_: Case = 'nom'): Node {
  return byGender(word, (gender) => (case_ === 'dat' && gender === 'pl' ? 'denen' : definite[case_][gender]));
}

/** Anna, Annas: a name in the genitive before its noun. */
export function genitive(name: Variable): Node {
  return form(name, 'gen');
}

/** A word drawn for this place alone, in one of its forms: an adjective with a certain ending. */
export function inForm(from: Category, name: string): Node {
  return drawn(from, (word) => form(word, name));
}

/** What two people are, as they are both female or not: Freundinnen, Freunde. */
export function ofBoth(a: Variable, b: Variable, female: string, otherwise: string): Node {
  return byGender(a, (first) => (first === 'f' ? byGender(b, (second) => (second === 'f' ? female : otherwise)) : otherwise));
}
