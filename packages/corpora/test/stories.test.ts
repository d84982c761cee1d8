// The public functions that write: the same seed gives the same text, more of it begins with less of it, bad arguments are named.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectStory, languages, parseStory, stories, storyEntropy, storySeparator, writeStories, writeStory, type Language } from '@kk/corpora';
import { eachLanguage, sample } from './support.js';

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe.each(eachLanguage)('$language', ({ language }) => {
  it('writes the same story for the same seed', () => {
    expect(writeStory(language, 2024)).toMatchSnapshot();
    fc.assert(fc.property(seeds, (seed) => {
      expect(writeStory(language, seed)).toBe(writeStory(language, seed));
      expect(stories(language, { seed }).next().value).toBe(writeStory(language, seed));
    }), { numRuns: 50 });
  });

  it('writes other stories for neighbouring seeds', () => {
    const plots = Array.from({ length: 400 }, (_, seed) => inspectStory(language, seed).plot);
    // Independent draws among p plots repeat the plot of the seed before with probability 1 / p.
    const repeated = plots.filter((plot, seed) => seed > 0 && plot === plots[seed - 1]).length;
    const kinds = new Set(plots).size;
    expect(repeated / 399).toBeLessThan(2 / kinds);
    expect(repeated).toBeGreaterThan(0);
  });

  it('joins the stream with separators', () => {
    expect(writeStories(language, { seed: 7, count: 3 })).toBe(sample(language, 7, 3).map((story) => story + storySeparator).join(''));
    expect(storySeparator).toBe('\n\n');
  });

  it('begins a longer text with the shorter one', () => {
    fc.assert(fc.property(seeds, fc.constantFrom('bytes', 'characters', 'count'), fc.nat(20), fc.nat(20), (seed, unit, a, b) => {
      const scale = unit === 'count' ? 1 : 500;
      const [short, long] = [Math.min(a, b), Math.max(a, b)].map((size) => writeStories(language, { seed, [unit]: size * scale }));
      expect(long.startsWith(short)).toBe(true);
    }), { numRuns: 40 });
  });

  it('stops at the first story that reaches the size', () => {
    const lengths = { bytes: (text: string) => Buffer.byteLength(text), characters: (text: string) => [...text].length };
    fc.assert(fc.property(seeds, fc.constantFrom('bytes' as const, 'characters' as const), fc.integer({ min: 1, max: 9000 }), (seed, unit, size) => {
      const text = writeStories(language, { seed, [unit]: size });
      expect(lengths[unit](text)).toBeGreaterThanOrEqual(size);
      const withoutLast = text.split(storySeparator).slice(0, -2).map((story) => story + storySeparator).join('');
      expect(lengths[unit](withoutLast)).toBeLessThan(size);
    }), { numRuns: 40 });
  });

  it('writes nothing when asked for nothing', () => {
    for (const unit of ['bytes', 'characters', 'count']) expect(writeStories(language, { seed: 1, [unit]: 0 })).toBe('');
  });
});

describe('bad arguments', () => {
  const unknown = 'fr' as Language;
  it.each([
    ['writeStory', () => writeStory(unknown, 1)], ['stories', () => stories(unknown, { seed: 1 })], ['writeStories', () => writeStories(unknown, { seed: 1, count: 1 })],
    ['storyEntropy', () => storyEntropy(unknown)], ['inspectStory', () => inspectStory(unknown, 1)], ['parseStory', () => parseStory(unknown, '')],
  ])('%s refuses an unknown language', (_, call) => {
    expect(call).toThrow(new RangeError('unknown language "fr": expected "de" or "en"'));
  });

  it.each(['constructor', '__proto__', undefined, null, 3])('%s is no language', (language) => {
    expect(() => writeStory(language as Language, 1)).toThrow(/^unknown language/);
  });

  it.each([1.5, NaN, -1, 2 ** 32, '7' as unknown as number, undefined as unknown as number])('%s is no seed', (seed) => {
    for (const call of [() => writeStory('de', seed), () => stories('de', { seed }), () => writeStories('en', { seed, count: 1 }), () => inspectStory('en', seed)]) {
      expect(call).toThrow(new RangeError(`seed is ${String(seed)}: expected an integer from 0 to 4294967295`));
    }
  });

  it.each(['bytes', 'characters', 'count'])('%s must be a whole number that fits into a string', (unit) => {
    for (const size of [-1, 0.5, NaN, Infinity]) expect(() => writeStories('de', { seed: 1, [unit]: size })).toThrow(new RangeError(`${unit} is ${size}: expected a whole number that is not negative`));
    expect(() => writeStories('de', { seed: 1, [unit]: 2 ** 40 })).toThrow(/expected at most \d+; use stories\(\)/);
  });

  it('exactly one size must be given', () => {
    expect(() => writeStories('de', { seed: 1 })).toThrow(new TypeError('writeStories got no size: give exactly one of bytes, characters and count'));
    expect(() => writeStories('de', { seed: 1, bytes: 1, count: 1 })).toThrow(new TypeError('writeStories got bytes and count: give exactly one of bytes, characters and count'));
  });
});

it('the list of languages cannot be changed', () => {
  expect(languages).toEqual(['de', 'en']);
  expect(Object.isFrozen(languages)).toBe(true);
});
