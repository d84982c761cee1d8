// The glossary: as many terms as promised, in every language, in the order of their keys, each with two depths.
import { expect, it } from 'vitest';
import { loadGlossary } from '../src/glossary/index.js';
import { languages } from '../src/languages/names.js';

it.each(languages)('%s has at least 30 terms in the order of their keys, each in two depths', async (language) => {
  const terms = await loadGlossary(language);
  const keys = Object.keys(terms);
  expect(keys.length).toBeGreaterThanOrEqual(30);
  expect(keys).toEqual([...keys].sort((a, b) => (a.replaceAll('-', ' ') < b.replaceAll('-', ' ') ? -1 : 1)));
  for (const { term, short, long } of Object.values(terms)) {
    expect(term).not.toBe('');
    expect(short).toMatch(/^\p{Lu}.*\.$|^\p{Lu}.*\?$/u);
    expect(short.length).toBeLessThan(170);
    expect(long.length).toBeGreaterThan(60);
  }
});

it('has the same terms in every language', async () => {
  const [first, ...others] = await Promise.all(languages.map(loadGlossary));
  for (const other of others) expect(Object.keys(other)).toEqual(Object.keys(first!));
});
