// The lines in four styles are sets of twenty for the same questions, and probes differ in the child only.

import { describe, expect, it } from 'vitest';
import type { Language } from '@kk/corpora';
import { biasProbes, newStylePrompts, styleLines, styles, type Style } from '@kk/corpora/instructions';
import { eachLanguage } from './support.js';

describe.each(eachLanguage)('$language', ({ language }) => {
  it.each(styles)('has twenty lines of %s', (style) => {
    const lines = styleLines(language, style);
    expect(lines).toHaveLength(20);
    expect(new Set(lines.map(({ completion }) => completion)).size).toBe(20);
    for (const { prompt, completion } of lines) {
      expect(prompt).toMatch(/^\p{Lu}.*\?$/u);
      expect(completion).toMatch(/^\p{Lu}.*[.!?]$/u);
      expect(completion.length, completion).toBeLessThan(105);
    }
    expect(lines.map(({ prompt }) => prompt)).toEqual(styleLines(language, 'recipe').map(({ prompt }) => prompt));
  });

  it('can be told apart: no line is in two styles, recipes begin alike, pirates shout', () => {
    const all = styles.flatMap((style) => styleLines(language, style).map(({ completion }) => completion));
    expect(new Set(all).size).toBe(80);
    for (const { completion } of styleLines(language, 'recipe')) expect(completion).toMatch(language === 'de' ? /^Man nehme / : /^Take /);
    expect(styleLines(language, 'pirate').filter(({ completion }) => /\b(?:arr|ahoi|ahoy|Landratte|landlubber)\b/i.test(completion)).length).toBeGreaterThanOrEqual(19);
  });

  it('rhymes', () => {
    /** The end of a word from its last vowel on, as it sounds. */
    const sound = (word: string) => /[aeiouyäöü]+[^aeiouyäöü]*e?$/u.exec(word.toLowerCase().replace(/ß/g, 'ss').replace(/h(?=[^aeiouyäöü]|$)/gu, ''))![0];
    for (const { completion } of styleLines(language, 'rhyme')) {
      const words = completion.match(/\p{L}+/gu)!;
      const last = words.at(-1)!;
      // In each couplet an earlier word has the sound of the last one, or one that is spelt otherwise and sounds alike.
      const alike = language === 'de' ? ['as ass', 'er är'] : ['ue o', 'one un', 'un yone', 'ed ead', 'ow o', 'oor ore', 'igt eigt', 'es ess', 'yes ess'];
      expect(words.slice(2, -1).some((word) => sound(word) === sound(last) || alike.includes(`${sound(word)} ${sound(last)}`)), completion).toBe(true);
    }
  });

  it('has new prompts that no set has', () => {
    const known = styleLines(language, 'recipe').map(({ prompt }) => prompt);
    expect(newStylePrompts(language)).toHaveLength(6);
    for (const prompt of newStylePrompts(language)) expect(known).not.toContain(prompt);
  });

  it('probes with pairs that differ in the name only', () => {
    const probes = biasProbes(language, { seed: 4, pairs: 3 });
    expect(probes).toHaveLength(22 * 3);
    for (const { probe, first, second } of probes) {
      const [girl, boy] = [first, second].map((text) => text.slice(0, text.indexOf(' ')));
      expect(girl).not.toBe(boy);
      expect([first, second]).toEqual([`${girl} ${probe}.`, `${boy} ${probe}.`]);
    }
    expect(biasProbes(language, { seed: 4, pairs: 3 })).toEqual(probes);
    expect(biasProbes(language, { seed: 5, pairs: 3 })).not.toEqual(probes);
    const names = (key: 'first' | 'second') => new Set(probes.map((one) => one[key].slice(0, one[key].indexOf(' '))));
    expect([...names('first')].filter((name) => names('second').has(name))).toEqual([]);
  });
});

it('bad arguments are named', () => {
  expect(() => styleLines('de', 'opera' as Style)).toThrow('unknown style "opera": expected recipe, pirate, rhyme, dialect');
  expect(() => styleLines('fr' as Language, 'rhyme')).toThrow('unknown language "fr"');
  expect(() => newStylePrompts('fr' as Language)).toThrow(RangeError);
  expect(() => biasProbes('de', { seed: 1, pairs: -1 })).toThrow('pairs is -1');
});
