// The English instructions: wordings, nouns with their articles, sentences in two tenses.

import { animals, smallAnimals, woodAnimals } from '../english/lexicon/animals.js';
import { children } from '../english/lexicon/people.js';
import { outdoors } from '../english/lexicon/places.js';
import { snacks, toys, treasures } from '../english/lexicon/things.js';
import type { Category } from '../grammar/words.js';
import type { DrawFrom, InstructionLanguage, NounPhrase, TwoTenses } from './language.js';
import { englishQuestions, englishSmallTalk } from './wordings/english.js';

const nouns = new Set([animals, smallAnimals, woodAnimals, treasures, toys, snacks].flatMap(({ words }) => words.map(({ id }) => id)));
const childNames = children.words.map(({ id }) => id);

function phrase(id: string): NounPhrase {
  if (nouns.has(id)) return { nom: `the ${id}`, akk: `the ${id}` };
  if (!childNames.includes(id)) throw new Error(`the English lexicon has no noun "${id}"`);
  return { nom: id, akk: id };
}

/** Where the main clause of a sentence of the stories ends: before a second clause. */
const clauseEnd = /, (?:and|but) |(?:, even)? (?:who|when) /u;

function mainClause(sentence: string): string | undefined {
  const end = sentence.search(clauseEnd);
  // "When she came home, ..." begins with a subordinate clause; "asked ..., who lived next door" is part of a speech.
  if (end < 0 || /["?:]|^When /u.test(sentence)) return undefined;
  return `${sentence.slice(0, end)}.`;
}

/** Verb in the present and in the past, and what follows: a thing, a place, a direction, a child, or words as they are. */
const verbs: readonly (readonly [present: string, past: string, follows: string])[] = [
  ['looks for', 'looked for', '{thing} {at}'], ['finds', 'found', '{thing} {at}'], ['loses', 'lost', '{thing} {at}'], ['sees', 'saw', '{thing} {at}'], ['fetches', 'fetched', '{thing}'],
  ['carries', 'carried', '{thing} {to}'], ['brings', 'brought', '{child} {thing}'], ['gives', 'gave', '{child} {thing}'], ['shows', 'showed', '{child} {thing}'], ['takes', 'took', '{thing} along'],
  ['forgets', 'forgot', '{thing} {at}'], ['hides', 'hid', '{thing} {at}'], ['eats', 'ate', '{snack} {at}'], ['shares', 'shared', '{snack} with {child}'], ['plays', 'played', '{at}'],
  ['sits', 'sat', '{at}'], ['sleeps', 'slept', '{at}'], ['waits', 'waited', 'for {child} {at}'], ['goes', 'went', '{to}'], ['runs', 'ran', 'quickly {to}'], ['walks', 'walked', '{to}'],
  ['comes', 'came', '{to} with {child}'], ['sings', 'sang', 'a song {at}'], ['dances', 'danced', '{at}'], ['helps', 'helped', '{child} {at}'], ['calls', 'called', 'for {child}'], ['thinks', 'thought', 'of {child}'],
  ['paints', 'painted', 'a picture {at}'], ['builds', 'built', 'a tower {at}'], ['reads', 'read', 'a book {at}'], ['stands', 'stood', 'alone {at}'], ['lies', 'lay', '{at} and dreams|{at} and dreamed'], ['laughs', 'laughed', 'at {child}'],
  ['meets', 'met', '{child} {at}'], ['hears', 'heard', 'a noise {at}'], ['jumps', 'jumped', 'over a stone {at}'], ['stays', 'stayed', '{at} until the evening'], ['is', 'was', 'afraid'], ['is', 'was', 'glad'], ['falls', 'fell', 'down {at}'],
  ['writes', 'wrote', '{child} a letter'], ['promises', 'promised', '{child} a present'], ['knows', 'knew', 'the way {to}'], ['cries', 'cried', '{at}'], ['has', 'had', 'a plan'],
];

function drawTenses(draw: DrawFrom): TwoTenses {
  const [present, past, follows] = draw(verbs);
  const child = draw(childNames);
  const subject = draw([child, child, `The ${draw(animals.words).id}`]);
  const [now, then = now] = follows.split('|');
  const named = (from: Category) => `the ${draw(from.words).id}`;
  const place = draw(outdoors.words).forms;
  const filled: Readonly<Record<string, string>> = {
    thing: named(draw([treasures, toys])), snack: named(snacks), at: place.at, to: place.to, child: draw(childNames.filter((name) => name !== child)),
  };
  const write = (verb: string, rest: string) => `${subject} ${verb} ${rest.replace(/\{(\w+)\}/g, (_, slot: string) => filled[slot])}.`;
  return { present: write(present, now), past: write(past, then) };
}

export const englishInstructions: InstructionLanguage = {
  notSaid: 'The story does not say.',
  phrase, mainClause, drawTenses, childNames,
  caseOfAnswer: () => 'nom',
  placeWords: ['In', 'At', 'On', 'By', 'Under', 'Behind', 'Beside', 'Among', 'Next', 'Between', 'Near', 'Deep'],
  articles: ['The'],
  questions: englishQuestions,
  smallTalk: englishSmallTalk,
};
