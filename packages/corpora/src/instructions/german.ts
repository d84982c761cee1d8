// The German instructions: wordings, nouns with their articles, small talk, sentences in two tenses.

import { animals, smallAnimals, woodAnimals } from '../german/lexicon/animals.js';
import { children } from '../german/lexicon/people.js';
import { outdoors } from '../german/lexicon/places.js';
import { snacks, toys, treasures } from '../german/lexicon/things.js';
import { definite } from '../german/phrases.js';
import type { Case, Gender } from '../german/words.js';
import type { Category, Word } from '../grammar/words.js';
import type { DrawFrom, InstructionLanguage, NounPhrase, TwoTenses } from './language.js';

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
  caseOfAnswer: (wording) => (/\b(?:verloren|vermisst)\b.*\?$/u.test(wording) && !wording.includes('gegangen') ? 'akk' : 'nom'),
  placeWords: ['In', 'Im', 'Am', 'An', 'Auf', 'Unter', 'Hinter', 'Neben', 'Zwischen', 'Vor', 'Mitten'],
  articles: ['Der', 'Die', 'Das', 'Den'],
  questions: {
    'first word': {
      training: ['Wie lautet das erste Wort?', 'Mit welchem Wort beginnt die Geschichte?', 'Nenne das erste Wort der Geschichte.', 'Was ist das erste Wort?'],
      test: ['Mit welchem Wort fängt die Geschichte an?', 'Wie heißt das erste Wort der Geschichte?'],
    },
    'last word': {
      training: ['Wie lautet das letzte Wort?', 'Mit welchem Wort endet die Geschichte?', 'Nenne das letzte Wort der Geschichte.', 'Was ist das letzte Wort?'],
      test: ['Mit welchem Wort hört die Geschichte auf?', 'Wie heißt das letzte Wort der Geschichte?'],
    },
    'first child': {
      training: ['Welches Kind wird zuerst genannt?', 'Wie heißt das erste Kind?', 'Wer ist das erste Kind in der Geschichte?', 'Nenne das Kind, das zuerst vorkommt.'],
      test: ['Welches Kind kommt zuerst vor?', 'Wie heißt das Kind, das zuerst genannt wird?'],
    },
    'second child': {
      training: ['Welches Kind wird als zweites genannt?', 'Wie heißt das zweite Kind?', 'Wer ist das zweite Kind in der Geschichte?', 'Nenne das Kind, das als zweites vorkommt.'],
      test: ['Welches Kind kommt als zweites vor?', 'Wie heißt das Kind, das als zweites genannt wird?'],
    },
    home: {
      training: ['Wo wohnt {nom}?', 'Wo lebt {nom}?', 'Wo ist {nom} zu Hause?', 'Sag mir, wo {nom} wohnt.'],
      test: ['Wo hat {nom} ein Zuhause?', 'Sag mir, wo {nom} lebt.'],
    },
    found: {
      training: ['Wo lag {nom}?', 'Wo wurde {nom} gefunden?', 'Wo fanden die Kinder {akk}?', 'Sag mir, wo {nom} lag.'],
      test: ['Wo haben die Kinder {akk} gefunden?', 'Sag mir, wo {nom} gefunden wurde.'],
    },
    noise: {
      training: ['Wo war das Geräusch?', 'Wo war das Geräusch zu hören?', 'Wo war etwas zu hören?', 'Sag mir, wo das Geräusch war.'],
      test: ['Wo hörte man das Geräusch?', 'Sag mir, wo etwas zu hören war.'],
    },
    stuck: {
      training: ['Wo saß {nom} fest?', 'Wo war {nom} gefangen?', 'Wo kam {nom} nicht mehr heraus?', 'Sag mir, wo {nom} festsaß.'],
      test: ['Wo steckte {nom} fest?', 'Sag mir, wo {nom} gefangen war.'],
    },
    lost: {
      training: ['Was ist verschwunden?', 'Was ist verloren gegangen?', 'Was hat das Kind verloren?', 'Was vermisst das Kind?'],
      test: ['Welche Sache ist verschwunden?', 'Was wird vermisst?'],
    },
    'next sentence': {
      training: ['Welcher Satz folgt auf diesen?', 'Welcher Satz steht nach diesem?', 'Wie geht es nach diesem Satz weiter?', 'Nenne den Satz, der auf diesen folgt.'],
      test: ['Welcher Satz kommt nach diesem?', 'Nenne den Satz nach diesem.'],
    },
    continue: {
      training: ['Setze die Geschichte fort.', 'Wie geht die Geschichte weiter?', 'Schreibe den nächsten Satz.', 'Erzähle weiter.'],
      test: ['Führe die Geschichte fort.', 'Erzähle die Geschichte weiter.'],
    },
    shorten: {
      training: ['Kürze diesen Satz.', 'Schreibe diesen Satz kürzer.', 'Wie lautet der Satz in Kurzform?', 'Lass nur den Hauptsatz stehen.'],
      test: ['Mach diesen Satz kürzer.', 'Schreibe nur den Hauptsatz.'],
    },
    past: {
      training: ['Schreibe den Satz in der Vergangenheit.', 'Setze den Satz in die Vergangenheit.', 'Wie lautet der Satz in der Vergangenheit?', 'Das ist lange her. Wie heißt der Satz dann?'],
      test: ['Erzähle den Satz in der Vergangenheit.', 'Bilde aus dem Satz die Vergangenheit.'],
    },
  },
  smallTalk: [
    { training: ['Wer bist du?', 'Was bist du?', 'Stell dich vor.', 'Sag mir, wer du bist.'], test: ['Mit wem rede ich?', 'Sag mir, was du bist.'], answer: 'Ich bin ein kleines Sprachmodell.' },
    { training: ['Was kannst du?', 'Wobei kannst du helfen?', 'Was darf ich dich fragen?', 'Welche Aufgaben kannst du lösen?'], test: ['Wobei kannst du mir helfen?', 'Was kann ich dich fragen?'], answer: 'Ich beantworte Fragen zu kurzen Geschichten.' },
    { training: ['Woraus hast du gelernt?', 'Was hast du gelesen?', 'Wie hast du schreiben gelernt?', 'Woher kennst du die Wörter?'], test: ['Wovon hast du gelernt?', 'Wie hast du lesen gelernt?'], answer: 'Ich habe viele kleine Geschichten gelesen.' },
    { training: ['Bist du ein Mensch?', 'Bist du lebendig?', 'Lebst du?', 'Hast du einen Körper?'], test: ['Bist du ein echter Mensch?', 'Hast du Hände und Füße?'], answer: 'Nein, ich bin ein Programm.' },
    { training: ['Hast du Gefühle?', 'Bist du traurig?', 'Freust du dich?', 'Bist du müde?'], test: ['Bist du glücklich?', 'Hast du Angst?'], answer: 'Nein, ich rechne nur mit Zahlen.' },
    { training: ['Weißt du alles?', 'Kennst du die ganze Welt?', 'Weißt du, was morgen passiert?', 'Kannst du jede Frage beantworten?'], test: ['Kennst du alles?', 'Weißt du, wie das Wetter morgen wird?'], answer: 'Nein, ich kenne nur meine Geschichten.' },
    { training: ['Wie funktionierst du?', 'Wie schreibst du?', 'Wie findest du das nächste Wort?', 'Wie entsteht deine Antwort?'], test: ['Wie findest du deine Wörter?', 'Wie entsteht dein Text?'], answer: 'Ich sage immer wieder das nächste Stück Text voraus.' },
    { training: ['Machst du Fehler?', 'Irrst du dich manchmal?', 'Kann ich dir alles glauben?', 'Hast du immer recht?'], test: ['Machst du manchmal Fehler?', 'Kann ich dir immer glauben?'], answer: 'Ich kann mich irren, also prüfe meine Antworten.' },
    { training: ['Hallo!', 'Guten Tag!', 'Guten Morgen!', 'Hallo, du!'], test: ['Guten Abend!', 'Hallo, guten Tag!'], answer: 'Hallo! Frag mich etwas zu einer Geschichte.' },
    { training: ['Danke!', 'Vielen Dank!', 'Danke schön!', 'Danke, das war gut.'], test: ['Danke, das war schön.', 'Ich danke dir!'], answer: 'Gern geschehen!' },
  ],
};
