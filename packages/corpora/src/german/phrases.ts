// German noun phrases: gender and case determine the article, the ending of each adjective and the form of the noun. The tables are those
// of every school grammar. Each function is named after the word that it writes.

import { drawn, drawnAll, type Lexeme } from '../grammar/lexeme.js';
import { agree, form, sequence, type Node } from '../grammar/nodes.js';
import type { Category, Variable } from '../grammar/words.js';
import type { Case, Gender } from './words.js';

type Table = Readonly<Record<Case, Readonly<Record<Gender, string>>>>;

/** der, die, das by case and gender. */
export const definite: Table = {
  nom: { m: 'der', f: 'die', n: 'das' },
  akk: { m: 'den', f: 'die', n: 'das' },
  dat: { m: 'dem', f: 'der', n: 'dem' },
};

/** Endings of ein, kein, mein, sein, ihr. */
const einEnding: Table = {
  nom: { m: '', f: 'e', n: '' },
  akk: { m: 'en', f: 'e', n: '' },
  dat: { m: 'em', f: 'er', n: 'em' },
};

/** Adjective endings after der, die, das. */
const weak: Table = {
  nom: { m: 'e', f: 'e', n: 'e' },
  akk: { m: 'en', f: 'e', n: 'e' },
  dat: { m: 'en', f: 'en', n: 'en' },
};

/** Adjective endings after ein, kein, mein, sein, ihr. */
const mixed: Table = {
  nom: { m: 'er', f: 'e', n: 'es' },
  akk: { m: 'en', f: 'e', n: 'es' },
  dat: { m: 'en', f: 'en', n: 'en' },
};

const pronouns: Table = {
  nom: { m: 'er', f: 'sie', n: 'es' },
  akk: { m: 'ihn', f: 'sie', n: 'es' },
  dat: { m: 'ihm', f: 'ihr', n: 'ihm' },
};

const genders: readonly Gender[] = ['m', 'f', 'n'];

/** Writes the case for the gender of a word. */
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

function einLike(stem: string, noun: Lexeme, case_: Case, adjectives: readonly Lexeme[]): Node {
  return phrase((gender) => [`${stem}${einEnding[case_][gender]} `], mixed, noun, case_, adjectives);
}

/** seinen Ball or ihren Ball, by the gender of the owner. */
export function poss(owner: Variable, noun: Lexeme, case_: Case = 'nom', ...adjectives: readonly Lexeme[]): Node {
  return phrase((gender) => [sein(owner, einEnding[case_][gender]), ' '], mixed, noun, case_, adjectives);
}

/** sein, seine, seinen ... or ihr, ihre, ihren ..., by the gender of the owner. */
export function sein(owner: Variable, ending = ''): Node {
  return byGender(owner, (gender) => (gender === 'm' || gender === 'n' ? `sein${ending}` : `ihr${ending}`));
}

/** er, sie, es; ihn, sie, es; ihm, ihr, ihm. */
export function er(word: Variable, case_: Case = 'nom'): Node {
  return byGender(word, (gender) => pronouns[case_][gender]);
}

/** The relative pronoun: der, die, das; den, die, das; dem, der, dem. */
export function relative(word: Variable, case_: Case = 'nom'): Node {
  return byGender(word, (gender) => definite[case_][gender]);
}

/** A word that is drawn only here, in one of its forms: an adjective with a certain ending. */
export function inForm(from: Category, name: string): Node {
  return drawn(from, (word) => form(word, name));
}

/** A noun for two people: `female` if both are female (Freundinnen), otherwise `otherwise` (Freunde). */
export function ofBoth(a: Variable, b: Variable, female: string, otherwise: string): Node {
  return byGender(a, (first) => (first === 'f' ? byGender(b, (second) => (second === 'f' ? female : otherwise)) : otherwise));
}
