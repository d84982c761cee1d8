// What every story must look like on the page, in both languages.

import { describe, expect, it } from 'vitest';
import { inspectStory } from '@kk/corpora';
import { eachLanguage, sample } from './support.js';

/** Sentences as a reader counts them: a final mark, perhaps a closing quotation mark, a space, and then a capital or an opening mark. */
const sentences = (text: string): string[] => text.split(/(?<=[.!?][“"]?) (?=[„"]?\p{Lu})/u);

/** Texts that have a flaw, with what is wrong in them. */
function flawed(texts: readonly string[], flaws: Readonly<Record<string, RegExp | ((text: string) => boolean)>>): string[] {
  return Object.entries(flaws).flatMap(([name, flaw]) => texts.filter((text) => (typeof flaw === 'function' ? flaw(text) : flaw.test(text))).slice(0, 2).map((text) => `${name}: ${text}`));
}

const layout = {
  'a line break or a tab': /[\n\r\t]/,
  'two spaces': / {2}/,
  'a space at an end': /^ | $/,
  'a space before a mark': / [.,!?:;“]/,
  'a mark without a space after it': /[.,!?:;](?![ “"]|$)/u,
  'two marks in a row': /[.,!?:;]{2}/,
  'no final mark': (text: string) => !/[.!?][“"]?$/.test(text),
  'a small letter at the beginning': (text: string) => !/^[„"]?\p{Lu}/u.test(text),
  'a word twice': /(?<!\p{L})(\p{L}{3,}) \1(?!\p{L})/u,
  'a slot that was left open': /[{}|$]|undefined|PRON/,
};

const quotation = {
  de: {
    'quotation marks do not alternate': (text: string) => !/^(?:[^„“]*„[^„“]+“)*[^„“]*$/.test(text),
    'foreign quotation marks': /["”»«‚‘']/,
    'speech without a mark before its end': /[^.!?,]“[^,]/,
    'a comma inside the quotation': /,“/,
    'a tag that is not set off by a comma': /“ (?:sagte|rief|fragte|meinte|antwortete)/,
  },
  en: {
    'an odd number of quotation marks': (text: string) => (text.match(/"/g) ?? []).length % 2 === 1,
    'a mark that opens before a space or closes after one': (text: string) => text.split('"').some((part, i) => i % 2 === 1 && /^ | $/.test(part)),
    'speech without a mark before its end': (text: string) => text.split('"').some((part, i) => i % 2 === 1 && !/[.,!?]$/.test(part)),
    'foreign quotation marks': /[„“”»«‚‘’]/,
    'a before a vowel': /\b[Aa] (?!unicycle)[aeiouAEIOU]/,
    'an before a consonant': /\b[Aa]n [^aeiouAEIOU]/,
    'two determiners': /\b(?:a|an|the|my|his|its) (?:a|an|the|my|his|her|its)\b|\bher (?:the|my|his|its)\b/,
  },
};

describe.each(eachLanguage)('$language stories', ({ language }) => {
  const texts = sample(language, 99, 4000);

  it('are well formed on the page', () => {
    expect(flawed(texts, layout)).toEqual([]);
    expect(flawed(texts, quotation[language])).toEqual([]);
  });

  it('have 6 to 14 sentences that begin with a capital letter', () => {
    const counts = texts.map((text) => sentences(text).length);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...counts)).toBeLessThanOrEqual(14);
    const small = texts.flatMap((text) => text.match(/[.!?][“"]? \p{Ll}\S*/gu) ?? []);
    // After a quoted question or exclamation English goes on with a small letter, German after a comma.
    expect(small.filter((found) => language === 'de' || !found.includes('"'))).toEqual([]);
  });

  it('use many different words', () => {
    const words = new Set(texts.flatMap((text) => text.match(/\p{L}+(?:['’]\p{L}+)?/gu) ?? []).map((word) => word.toLowerCase()));
    expect(words.size).toBeGreaterThan(1200);
  });

  it('have few characters, all of them common', () => {
    const characters = [...new Set(texts.join(''))].sort().join('');
    expect(characters).toMatchSnapshot();
  });

  it('name the hero of a plot about children more than once', () => {
    for (let seed = 0; seed < 300; seed++) {
      const { text, choices } = inspectStory(language, seed);
      const hero = choices.find(({ name }) => name === 'hero');
      if (hero) expect(text.split(hero.chosen).length - 1, text).toBeGreaterThanOrEqual(2);
    }
  });
});

describe('the checks themselves', () => {
  const found = (text: string): string[] => flawed([text], { ...layout, ...(text.includes('"') || / [Aa]n? /.test(text) ? quotation.en : quotation.de) }).map((flaw) => flaw.split(': ')[0]);

  it.each([
    ['Es war  einmal.', 'two spaces'],
    ['Er kam .', 'a space before a mark'],
    ['Er kam', 'no final mark'],
    ['er kam.', 'a small letter at the beginning'],
    ['Der Igel kam kam.', 'a word twice'],
    ['Eins.Zwei.', 'a mark without a space after it'],
    ['Er sah {toy}.', 'a slot that was left open'],
    ['„Komm, rief er.', 'quotation marks do not alternate'],
    ['„Komm“ rief er.', 'speech without a mark before its end'],
    ['„Komm,“ rief er.', 'a comma inside the quotation'],
    ['„Komm!“ rief er.', 'a tag that is not set off by a comma'],
    ['"Come, said Tom.', 'an odd number of quotation marks'],
    ['"Come" said Tom.', 'speech without a mark before its end'],
    ['" Come!" said Tom.', 'a mark that opens before a space or closes after one'],
    ['He saw a owl.', 'a before a vowel'],
    ['He saw an fox.', 'an before a consonant'],
    ['He saw a the fox.', 'two determiners'],
  ])('find the flaw in %s', (text, flaw) => {
    expect(found(text)).toContain(flaw);
  });

  it('accept what is right', () => {
    for (const text of ['„Komm mit!“, rief er. Dann gingen sie.', 'Sie fragte: „Wo ist er?“', '"Come!" said Tom, and gave her a hug.']) expect(found(text)).toEqual([]);
    expect(sentences('„Wo?“, fragte er. „Da!“ Sie gingen. "Yes!" said Tom. It was good.')).toHaveLength(5);
  });
});
