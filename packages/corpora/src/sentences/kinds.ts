// The words that the sentences are about, by kind and in pairs, and the small words that hold sentences together.

import type { Language } from '../languages.js';

/** What the sentences are about. */
export type WordKind = 'animals' | 'food' | 'places' | 'professions' | 'royals' | 'days';

/** The words of each kind, written as in the middle of a sentence. */
export type WordKinds = Readonly<Record<WordKind, readonly string[]>>;

export const wordKinds: Readonly<Record<Language, WordKinds>> = {
  de: {
    animals: ['Hund', 'Katze', 'Pferd', 'Kuh', 'Maus', 'Vogel', 'Huhn', 'Schaf'],
    food: ['Brot', 'Käse', 'Apfel', 'Suppe', 'Kuchen', 'Milch', 'Honig', 'Butter'],
    places: ['Wald', 'Garten', 'Park', 'Markt', 'Schule', 'Bahnhof', 'Strand', 'Zoo'],
    professions: ['Bäcker', 'Arzt', 'Lehrer', 'Koch', 'Bauer', 'Gärtner', 'Polizist', 'Maler'],
    royals: ['König', 'Königin', 'Prinz', 'Prinzessin'],
    days: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
  },
  en: {
    animals: ['dog', 'cat', 'horse', 'cow', 'mouse', 'bird', 'hen', 'sheep'],
    food: ['bread', 'cheese', 'apple', 'soup', 'cake', 'milk', 'honey', 'butter'],
    places: ['forest', 'garden', 'park', 'market', 'school', 'station', 'beach', 'zoo'],
    professions: ['baker', 'doctor', 'teacher', 'nurse', 'farmer', 'gardener', 'pilot', 'painter'],
    royals: ['king', 'queen', 'prince', 'princess'],
    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  },
};

/** A man or boy and the woman or girl beside him: what analogies are asked about. */
export type WordPair = readonly [male: string, female: string];

export const wordPairs: Readonly<Record<Language, readonly WordPair[]>> = {
  de: [['König', 'Königin'], ['Prinz', 'Prinzessin'], ['Mann', 'Frau'], ['Junge', 'Mädchen'], ['Vater', 'Mutter'], ['Bruder', 'Schwester'], ['Opa', 'Oma']],
  en: [['king', 'queen'], ['prince', 'princess'], ['man', 'woman'], ['boy', 'girl'], ['father', 'mother'], ['brother', 'sister'], ['grandpa', 'grandma']],
};

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * Articles, pronouns, prepositions, conjunctions, auxiliary verbs and adverbs of time and degree. Vectors need them in training, since "he"
 * and "she" are what tells a king from a queen; among the answers to a question they only disturb.
 */
export const functionWords: Readonly<Record<Language, readonly string[]>> = {
  de: list(`
    der die das den dem des ein eine einen einem einer eines
    ich du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen sich wer was alle beide viel
    mein meine meinen meinem meiner dein deine sein seine seinen seinem seiner ihre ihren ihrem ihrer unser unsere unseren unserem dieser
    in im ins an am ans auf aus bei beim mit nach von vom vor zu zum zur über unter durch hinter neben zwischen um für bis ab
    und oder aber denn dann wenn damit dass weil als ob also darum wie wo
    ist sind war waren bin hat habe haben hatte wird werden wurde will kann muss möchte möchtest darf dürfen soll
    nicht kein keine auch noch schon so nie immer oft wieder einmal mehr sehr etwas gern heute morgen gestern jeden dazu davon dabei
  `),
  en: list(`
    the a an this that these those
    I you he she it we they me him her us them my your his its our their who everybody nobody all both some any many much another every own other
    in on at to of by for with from into onto over under through across behind between below beside past off up down out around along near
    and or but so because since if when before after until than as while not no nor
    is are was were be been am has have had do does did will would can could may might shall must get got
    too also again already still even just only very more most then there here today tomorrow yesterday
  `),
};
