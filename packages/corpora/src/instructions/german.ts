// The German instructions: wordings, nouns with their articles, sentences in two tenses.

import { animals, smallAnimals, woodAnimals } from '../german/lexicon/animals.js';
import { children } from '../german/lexicon/people.js';
import { outdoors } from '../german/lexicon/places.js';
import { snacks, toys, treasures } from '../german/lexicon/things.js';
import { definite } from '../german/phrases.js';
import type { Case, Gender } from '../german/words.js';
import type { Category, Word } from '../grammar/words.js';
import type { DrawFrom, InstructionLanguage, NounPhrase, TwoTenses } from './language.js';
import { germanQuestions, germanSmallTalk } from './wordings/german.js';

const nouns = new Map<string, Word>([animals, smallAnimals, woodAnimals, treasures, toys, snacks].flatMap(({ words }) => words.map((word) => [word.id, word] as const)));
const childNames = children.words.map(({ id }) => id);

const inCase = (word: Word, case_: Case) => `${definite[case_][word.features.gender as Gender]} ${word.forms[case_]}`;

function phrase(id: string): NounPhrase {
  const noun = nouns.get(id);
  if (noun) return { nom: inCase(noun, 'nom'), akk: inCase(noun, 'akk') };
  if (!childNames.includes(id)) throw new Error(`the German lexicon has no noun "${id}"`);
  return { nom: id, akk: id };
}

/** Where the main clause of a sentence of the stories ends: before „und“, „aber“, „doch“ or a relative clause. */
const clauseEnd = /, (?:und|aber|doch|der|die|das|den) /u;

function mainClause(sentence: string): string | undefined {
  const end = sentence.search(clauseEnd);
  // „Als er nach Hause kam, ...“ begins with a subordinate clause.
  if (end < 0 || /[„“?:]|^Als /u.test(sentence)) return undefined;
  return `${sentence.slice(0, end)}.`;
}

/** Verb in the present and in the past, and what follows: a thing, a place, a direction, a child, or words as they are. */
const verbs: readonly (readonly [present: string, past: string, follows: string])[] = [
  ['sucht', 'suchte', '{thing} {at}'], ['findet', 'fand', '{thing} {at}'], ['verliert', 'verlor', '{thing} {at}'], ['sieht', 'sah', '{thing} {at}'], ['holt', 'holte', '{thing}'],
  ['trägt', 'trug', '{thing} {to}'], ['bringt', 'brachte', '{child} {thing}'], ['gibt', 'gab', '{child} {thing}'], ['zeigt', 'zeigte', '{child} {thing}'], ['nimmt', 'nahm', '{thing} mit'],
  ['vergisst', 'vergaß', '{thing} {at}'], ['versteckt', 'versteckte', '{thing} {at}'], ['isst', 'aß', '{snack} {at}'], ['teilt', 'teilte', '{snack} mit {child}'], ['spielt', 'spielte', '{at}'],
  ['sitzt', 'saß', '{at}'], ['schläft', 'schlief', '{at}'], ['wartet', 'wartete', '{at} auf {child}'], ['geht', 'ging', '{to}'], ['läuft', 'lief', 'schnell {to}'], ['rennt', 'rannte', '{to}'],
  ['kommt', 'kam', 'mit {child} {to}'], ['singt', 'sang', '{at} ein Lied'], ['tanzt', 'tanzte', '{at}'], ['hilft', 'half', '{child} {at}'], ['ruft', 'rief', 'laut nach {child}'], ['denkt', 'dachte', 'an {child}'],
  ['malt', 'malte', '{at} ein Bild'], ['baut', 'baute', '{at} einen Turm'], ['liest', 'las', '{at} ein Buch'], ['steht', 'stand', 'allein {at}'], ['liegt', 'lag', '{at} und träumt|{at} und träumte'], ['lacht', 'lachte', 'über {child}'],
  ['trifft', 'traf', '{child} {at}'], ['hört', 'hörte', '{at} ein Geräusch'], ['springt', 'sprang', '{at} über einen Stein'], ['bleibt', 'blieb', 'bis zum Abend {at}'], ['hat', 'hatte', 'Angst'], ['ist', 'war', 'froh'], ['fällt', 'fiel', '{at} hin'],
  ['schreibt', 'schrieb', '{child} einen Brief'], ['verspricht', 'versprach', '{child} ein Geschenk'], ['kennt', 'kannte', 'den Weg {to}'], ['weint', 'weinte', '{at}'], ['weiß', 'wusste', 'alles über {child}'],
];

function drawTenses(draw: DrawFrom): TwoTenses {
  const [present, past, follows] = draw(verbs);
  const child = draw(childNames);
  const subject = draw([child, child, inCase(draw(animals.words), 'nom')]);
  const [now, then = now] = follows.split('|');
  const named = (from: Category) => inCase(draw(from.words), 'akk');
  const place = draw(outdoors.words).forms;
  const filled: Readonly<Record<string, string>> = {
    thing: named(draw([treasures, toys])), snack: named(snacks), at: place.wo, to: place.wohin, child: draw(childNames.filter((name) => name !== child)),
  };
  const write = (verb: string, rest: string) => {
    const text = `${subject} ${verb} ${rest.replace(/\{(\w+)\}/g, (_, slot: string) => filled[slot])}.`;
    return text[0].toUpperCase() + text.slice(1);
  };
  return { present: write(present, now), past: write(past, then) };
}

export const germanInstructions: InstructionLanguage = {
  notSaid: 'Das steht nicht in der Geschichte.',
  phrase, mainClause, drawTenses, childNames,
  // Where the child is the subject („Was hat das Kind verloren?“), the thing is the object; else it is the subject („Was ist dem Kind verloren gegangen?“).
  caseOfAnswer: (wording) => (/\bdas Kind\b/u.test(wording) ? 'akk' : 'nom'),
  placeWords: ['In', 'Im', 'Am', 'An', 'Auf', 'Unter', 'Hinter', 'Neben', 'Zwischen', 'Vor', 'Mitten'],
  articles: ['Der', 'Die', 'Das', 'Den'],
  questions: germanQuestions,
  smallTalk: germanSmallTalk,
};
