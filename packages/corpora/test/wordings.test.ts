// The wordings of requests: enough of them, each in one place, and test wordings that put known words together in a new way.

import { describe, expect, it } from 'vitest';
import { instructionLanguage } from '../src/instructions/languages.js';
import type { Wordings } from '../src/instructions/language.js';
import { eachLanguage } from './support.js';

/** The words of a wording in lower case; a slot such as `{nom}` is one. */
const wordsOf = (wording: string) => wording.toLowerCase().match(/\{\w+\}|[\p{L}'’-]+/gu)!;
const asText = (wording: string) => ` ${wordsOf(wording).join(' ')} `;

/** Words of the test wordings that are in fewer training wordings than they should be. */
function unknownWords({ test }: Wordings, training: readonly string[], least: number): string[] {
  const sets = training.map((wording) => new Set(wordsOf(wording)));
  return test.flatMap((wording) => wordsOf(wording).filter((word) => sets.filter((set) => set.has(word)).length < least).map((word) => `${word} of "${wording}"`));
}

describe.each(eachLanguage)('$language', ({ language }) => {
  const { questions, smallTalk } = instructionLanguage(language);
  const named = Object.entries(questions);
  const all: readonly (readonly [name: string, wordings: Wordings])[] = [...named, ...smallTalk.map((one) => [one.answer, one] as const)];

  it('has 16 wordings of each question to learn and 4 to test with, of small talk 20 and 3', () => {
    expect(named.map(([, { training, test }]) => [training.length, test.length])).toEqual(named.map(() => [16, 4]));
    expect(smallTalk.map(({ training, test }) => [training.length, test.length])).toEqual(smallTalk.map(() => [20, 3]));
  });

  it('says each wording once, of one request, as a sentence', () => {
    const wordings = all.flatMap(([, { training, test }]) => [...training, ...test]);
    const twice = wordings.map(asText).filter((text, i, texts) => texts.indexOf(text) !== i);
    expect(twice).toEqual([]);
    for (const wording of wordings) expect(wording).toMatch(/^\p{Lu}[^\n]*[^\s.?!][.?!]$/u);
  });

  it.each(named)('tests %s with words of at least two training wordings', (_, wordings) => {
    expect(unknownWords(wordings, wordings.training, 2)).toEqual([]);
  });

  it('tests small talk with words that it is learned with, a greeting with those of any small talk', () => {
    const everywhere = smallTalk.flatMap(({ training }) => training);
    const greeting = smallTalk.find(({ training }) => training.some((wording) => /^(?:Hello|Hallo)!$/.test(wording)))!;
    for (const one of smallTalk) expect(unknownWords(one, one === greeting ? everywhere : one.training, 1)).toEqual([]);
  });

  it('has no test wording that contains a training wording or is contained in one', () => {
    const training = all.flatMap(([, wordings]) => wordings.training.map(asText));
    const tests = all.flatMap(([, { test }]) => test);
    expect(tests.filter((wording) => training.some((known) => asText(wording).includes(known) || known.includes(asText(wording))))).toEqual([]);
  });

  it('has the slots that each question needs', () => {
    for (const [name, { training, test }] of named) {
      for (const wording of [...training, ...test]) {
        const slots = wording.match(/\{\w+\}/g) ?? [];
        expect(slots, wording).toHaveLength(['home', 'found', 'stuck'].includes(name) ? 1 : 0);
        for (const slot of slots) expect(['{nom}', '{akk}']).toContain(slot);
        // A noun phrase begins with a small letter.
        expect(wording.startsWith('{')).toBe(false);
      }
    }
  });

  it('asks for the sentence after a sentence, and for one more, in different words', () => {
    const after = /\b(?:this one|this sentence|of the story follows|diesem|diesen)\b/u;
    for (const wording of [...questions['next sentence'].training, ...questions['next sentence'].test]) expect(wording).toMatch(after);
    for (const wording of [...questions.continue.training, ...questions.continue.test]) expect(wording).not.toMatch(after);
  });
});

it('shortens an English sentence by the whole of its last clause', () => {
  const { mainClause } = instructionLanguage('en');
  expect(mainClause('From then on, the mole practiced every evening, even when it was cold.')).toBe('From then on, the mole practiced every evening.');
  expect(mainClause('Lily was a quiet girl who loved the rain.')).toBe('Lily was a quiet girl.');
  expect(mainClause('The mole practiced every evening.')).toBeUndefined();
});

it('answers each German wording of what was lost in its case', () => {
  const { questions, caseOfAnswer, phrase } = instructionLanguage('de');
  const cases: Readonly<Record<string, string>> = {
    'Was ist verschwunden?': 'der Ball',
    'Was ist verloren gegangen?': 'der Ball',
    'Was hat das Kind verloren?': 'den Ball',
    'Was vermisst das Kind?': 'den Ball',
    'Was wird vermisst?': 'der Ball',
    'Welche Sache ist verschwunden?': 'der Ball',
    'Sag mir, was das Kind verloren hat.': 'den Ball',
    'Was wird in der Geschichte vermisst?': 'der Ball',
    'Sag mir bitte, was verschwunden ist.': 'der Ball',
    'Was hat das Kind in der Geschichte verloren?': 'den Ball',
    'Welche Sache hat das Kind verloren?': 'den Ball',
    'Weißt du, was verloren gegangen ist?': 'der Ball',
    'Was ist dem Kind verloren gegangen?': 'der Ball',
    'Erzähl mir, was das Kind vermisst.': 'den Ball',
    'Bitte sag, welche Sache vermisst wird.': 'der Ball',
    'Was war in der Geschichte verschwunden?': 'der Ball',
    'Welche Sache ist verloren gegangen?': 'der Ball',
    'Welche Sache vermisst das Kind?': 'den Ball',
    'Sag mir, was vermisst wird.': 'der Ball',
    'Bitte sag, was das Kind in der Geschichte verloren hat.': 'den Ball',
  };
  const { training, test } = questions.lost;
  expect(Object.fromEntries([...training, ...test].map((wording) => [wording, phrase('Ball')[caseOfAnswer(wording)]]))).toEqual(cases);
});

it('asks in German for a found thing in the case that the verb needs', () => {
  const { questions: { found, home, stuck } } = instructionLanguage('de');
  // Who finds or discovers something stands beside it in the nominative; a thing that lies or is found is the subject itself.
  for (const wording of [...found.training, ...found.test]) expect(wording.includes('{akk}'), wording).toBe(/\b(?:die Kinder|sie|man)\b/u.test(wording));
  for (const wording of [home, stuck].flatMap(({ training, test }) => [...training, ...test])) expect(wording).toContain('{nom}');
});
