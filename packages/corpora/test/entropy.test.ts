// The exact figures against samples: a wrong formula, weight or length moves a mean by many standard errors.

import { describe, expect, it } from 'vitest';
import { entropyPerToken, inspectStory, languages, storyEntropy, storySeparator, writeStory } from '@kk/corpora';
import { eachLanguage, statistics } from './support.js';

const sampleSize = 6000;

describe.each(eachLanguage)('the entropy of $language stories', ({ language }) => {
  const exact = storyEntropy(language);
  const inspected = Array.from({ length: sampleSize }, (_, seed) => inspectStory(language, seed));

  const expectMean = (values: readonly number[], value: number): void => {
    const { mean, standardError } = statistics(values);
    expect(Math.abs(mean - value)).toBeLessThan(4 * standardError);
    // The sample must be able to tell a difference of two per cent.
    expect(standardError).toBeLessThan(0.005 * value);
  };

  it('is the mean of -log p', () => {
    expectMean(inspected.map(({ logProbability }) => -logProbability), exact.natsPerStory);
  });

  it('and the expected lengths are the means of the lengths', () => {
    const texts = inspected.map(({ text }) => text);
    expectMean(texts.map((text) => [...text + storySeparator].length), exact.charactersPerStory);
    expectMean(texts.map((text) => new TextEncoder().encode(text + storySeparator).length), exact.bytesPerStory);
    expectMean(texts.map((text) => text.split(/\s+/).length), exact.wordsPerStory);
    expectMean(texts.map((text) => text.match(/[.!?]/g)!.length), exact.sentencesPerStory);
  });

  it('gives the ratios that it names', () => {
    expect(exact.natsPerCharacter).toBe(exact.natsPerStory / exact.charactersPerStory);
    expect(exact.natsPerWord).toBe(exact.natsPerStory / exact.wordsPerStory);
    expect(exact.bitsPerByte).toBeCloseTo(exact.natsPerStory / Math.log(2) / exact.bytesPerStory, 12);
    expect(entropyPerToken(language, 0.25)).toBeCloseTo(4 * exact.natsPerCharacter, 12);
  });

  it('is large enough that stories do not repeat', () => {
    expect(exact.natsPerStory).toBeGreaterThan(60);
    expect(exact.log10Stories).toBeGreaterThan(35);
    expect(new Set(inspected.map(({ text }) => text)).size).toBe(sampleSize);
    // Fewer stories than e^entropy would contradict it: the uniform distribution has the largest entropy.
    expect(exact.log10Stories * Math.LN10).toBeGreaterThan(exact.natsPerStory);
  });

  it('inspects the story that is written', () => {
    for (const seed of [0, 1, 4294967295]) {
      const { text, plot, choices, logProbability } = inspectStory(language, seed);
      expect(text).toBe(writeStory(language, seed));
      expect(choices[0]).toMatchObject({ name: 'plot', chosen: plot, start: 0, end: text.length });
      expect(choices.reduce((sum, { probability }) => sum + Math.log(probability), 0)).toBe(logProbability);
      for (const { start, end } of choices) expect(start >= 0 && start <= end && end <= text.length).toBe(true);
    }
  });

  it('tells every plot about as often as its weight says', () => {
    const plots = new Map<string, number>();
    for (const { plot } of inspected) plots.set(plot, (plots.get(plot) ?? 0) + 1);
    expect(plots.size).toBeGreaterThanOrEqual(6);
    for (const count of plots.values()) expect(Math.abs(count - sampleSize / plots.size)).toBeLessThan(5 * Math.sqrt(sampleSize / plots.size));
  });
});

describe('entropyPerToken', () => {
  it.each([0, -1, NaN, Infinity])('refuses %s tokens per character', (ratio) => {
    expect(() => entropyPerToken('de', ratio)).toThrow(RangeError);
    expect(() => entropyPerToken('de', ratio)).toThrow(/tokensPerCharacter is .*expected a positive number/);
  });
});

it('the exact figures, for the eye of a reviewer', () => {
  const rounded = languages.map((language) => {
    const { natsPerStory, charactersPerStory, natsPerCharacter, natsPerWord, bitsPerByte, log10Stories } = storyEntropy(language);
    return [language, natsPerStory.toFixed(2), charactersPerStory.toFixed(1), natsPerCharacter.toFixed(4), natsPerWord.toFixed(3), bitsPerByte.toFixed(4), log10Stories.toFixed(1)].join(' ');
  });
  expect(rounded).toMatchInlineSnapshot(`
    [
      "de 72.34 735.6 0.0983 0.597 0.1374 40.9",
      "en 72.03 697.4 0.1033 0.550 0.1490 40.2",
    ]
  `);
});
