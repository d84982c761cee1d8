// Every exercise says its settings in words when it is printed, in every language.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { interfaceWords } from '../src/languages/index.js';
import { languages } from '../src/languages/names.js';
import { saySettings } from '../src/shell/reading/setting-words.js';

const folder = fileURLToPath(new URL('../src/chapters/', import.meta.url));
/** Those that are finished: a folder without texts is one in the making. */
const chapters = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && readdirSync(`${folder}${entry.name}`).some((file) => file.endsWith('.md'))).map(({ name }) => name);

it.each(languages)('%s has a word for each name and value', (language) => {
  const number = (value: number): string => new Intl.NumberFormat(language).format(value);
  const used = new Set<string>();
  for (const chapter of chapters) {
    for (const [, set, figure] of readFileSync(`${folder}${chapter}/${language}.md`, 'utf8').matchAll(/<Exercise set="([^"]*)"(?: figure="([^"]*)")?/g)) {
      const said = saySettings(interfaceWords[language].settings, set!, figure ?? '', number);
      expect(said).not.toMatch(/[=&]|undefined/);
      used.add(said);
    }
  }
  expect(used.size).toBeGreaterThanOrEqual(chapters.length);
});

it('says numbers, words, and what is hidden', () => {
  const say = (set: string, figure: string): string => saySettings(interfaceWords.de.settings, set, figure, (value) => new Intl.NumberFormat('de').format(value));
  expect(say('first=1.2&second=1.2', 'continuation')).toBe('Eingestellt: Temperatur von Text A 1,2, Temperatur von Text B 1,2.');
  expect(say('shown=1&hide=story,seed', 'guess')).toBe('Eingestellt: schon aufgedeckt. Ausgeblendet: anderer Satz, Startwert.');
  expect(say('off=4.2_1.3&change=link&cut=3_12', 'change')).toBe('Eingestellt: ausgeschaltet: Kopf 2 in Schicht 4 und Kopf 3 in Schicht 1, geändert Blicke, nicht mehr angesehen: Token 3 und 12.');
  expect(say('word=4&sentence=Anna lief', 'find')).toBe('Eingestellt: das gesuchte Wort: Token 4, Satz „Anna lief“.');
  expect(say('hide=kind', 'hand')).toBe('Ausgeblendet: was gezählt wird.');
  expect(() => say('nothing=1', 'hand')).toThrow('The words of the settings have none for nothing');
});
