// A model's folder on this site, as visitors type it and as it is shown to them.
import { expect, it } from 'vitest';
import { pathOnSite, readablePath } from '../src/models.js';

const base = 'https://schule.test/kurs/';

it.each([
  ['models/gpt2', '/kurs/models/gpt2'],
  ['/models/gpt2/', '/models/gpt2'],
  ['mein modell', '/kurs/mein%20modell'],
  ['mein%20modell', '/kurs/mein%20modell'],
  ['größer', '/kurs/gr%C3%B6%C3%9Fer'],
  ['100% #1?', '/kurs/100%25%20%231%3F'],
  ['https://schule.test/modell', '/modell'],
])('%s is the path %s', (typed, path) => {
  expect(pathOnSite(typed, base)).toBe(path);
});

it('is on no other site', () => {
  for (const typed of ['https://example.org/gpt2', '//example.org/gpt2']) expect(() => pathOnSite(typed, base)).toThrow(RangeError);
});

it('is read without codes', () => {
  expect([readablePath('/kurs/mein%20modell'), readablePath('/gr%C3%B6%C3%9Fer'), readablePath('/100%')]).toEqual(['/kurs/mein modell', '/größer', '/100%']);
});
