// Preferences by a hidden rule: nothing but the rule tells a chosen answer from a rejected one, and the parts have nothing in common.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from '@kk/corpora';
import { followsRule, hasRightForm, preferencePairs, preferenceRules, ratedAnswers, writePreferencePairs, type PreferenceRule, type PreferenceStreamOptions, type RatedAnswer } from '@kk/corpora/instructions';
import { instructionLanguage } from '../src/instructions/languages.js';
import { eachLanguage } from './support.js';

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const parts = fc.constantFrom('training' as const, 'test' as const);
const rules = fc.constantFrom(...preferenceRules);

const ratings = (language: Language, options: PreferenceStreamOptions, count: number): RatedAnswer[] => {
  const stream = ratedAnswers(language, options);
  return Array.from({ length: count }, () => stream.next().value);
};

describe.each(eachLanguage)('$language', ({ language }) => {
  it('prefers what follows the rule, of two sentences with which the passage may go on', () => {
    fc.assert(fc.property(seeds, parts, rules, (seed, part, rule) => {
      for (const pair of writePreferencePairs(language, { seed, part, rule, count: 4 })) {
        expect(followsRule(language, rule, pair.chosen), pair.chosen).toBe(true);
        expect(followsRule(language, rule, pair.rejected), pair.rejected).toBe(false);
        for (const answer of [pair.chosen, pair.rejected]) expect(hasRightForm(language, 'continue', answer), answer).toBe(true);
        expect(pair.prompt).toBe(`${pair.story}\n\n${pair.question}`);
        expect(pair.messages).toEqual({ prompt: [{ role: 'user', content: pair.prompt }], chosen: [{ role: 'assistant', content: pair.chosen }], rejected: [{ role: 'assistant', content: pair.rejected }] });
        const { training, test } = instructionLanguage(language).questions.continue;
        expect(pair.isNewWording ? test : training).toContain(pair.question);
        if (part === 'training') expect(pair.isNewWording).toBe(false);
      }
    }), { numRuns: 12 });
  });

  it('makes chosen and rejected answers equally long, for every rule and seed', () => {
    fc.assert(fc.property(seeds, rules, fc.integer({ min: 1, max: 12 }), (seed, rule, count) => {
      const differences = writePreferencePairs(language, { seed, rule, count }).map(({ chosen, rejected }) => chosen.length - rejected.length);
      for (const difference of differences) expect(Math.abs(difference)).toBeLessThanOrEqual(8);
      expect(Math.abs(differences.reduce((sum, difference) => sum + difference, 0))).toBeLessThanOrEqual(8);
    }), { numRuns: 12 });
  });

  it.each(preferenceRules)('draws different passages and answers for %s', (rule) => {
    const pairs = writePreferencePairs(language, { seed: 5, rule, count: 24 });
    expect(new Set(pairs.map(({ prompt }) => prompt)).size).toBe(24);
    expect(new Set(pairs.map(({ chosen }) => chosen)).size).toBeGreaterThan(20);
    expect(new Set(pairs.map(({ rejected }) => rejected)).size).toBeGreaterThan(20);
  });

  it('keeps the parts apart, and begins a longer list with the shorter one', () => {
    fc.assert(fc.property(seeds, seeds, rules, rules, (one, other, rule, otherRule) => {
      const training = writePreferencePairs(language, { seed: one, rule, count: 6 });
      const test = writePreferencePairs(language, { seed: other, rule: otherRule, part: 'test', count: 6 });
      const stories = new Set(training.map(({ story }) => story));
      expect(test.filter(({ story }) => stories.has(story))).toEqual([]);
      expect(writePreferencePairs(language, { seed: one, rule, count: 3 })).toEqual(training.slice(0, 3));
    }), { numRuns: 4 });
  });

  it('rates single answers, about half of them with thumbs up', () => {
    const rated = ratings(language, { seed: 7, rule: 'speech' }, 60);
    for (const { prompt, completion, label, messages } of rated) {
      expect(followsRule(language, 'speech', completion)).toBe(label);
      expect(messages).toEqual({ prompt: [{ role: 'user', content: prompt }], completion: [{ role: 'assistant', content: completion }] });
    }
    expect(rated.filter(({ label }) => label).length).toBeGreaterThan(20);
    expect(rated.filter(({ label }) => !label).length).toBeGreaterThan(20);
    expect(rated.map(({ prompt }) => prompt)).toEqual(writePreferencePairs(language, { seed: 7, rule: 'speech', count: 60 }).map(({ prompt }) => prompt));
  });
});

it.each<[Language, PreferenceRule, yes: string, no: string]>([
  ['en', 'colour', 'The Red ball rolled away.', 'Fred was tired and bored.'],
  ['en', 'speech', '"Thank you," said Kai.', 'Kai said thank you.'],
  ['en', 'name', 'They gave Emma the ball.', 'They gave the girl the ball.'],
  ['en', 'joy', 'She beamed like the sun.', 'He was unhappy.'],
  ['en', 'order', 'At last they found it.', 'They lasted a long time.'],
  ['de', 'colour', 'Der knallrote Ball war fort.', 'Das weiß ich nicht, sagte der Trottel.'],
  ['de', 'speech', '„Danke“, sagte Till.', 'Till bedankte sich.'],
  ['de', 'name', 'Emmas Ball war fort.', 'Der Ball des Kindes war fort.'],
  ['de', 'joy', 'Sie lachten noch lange darüber.', 'Sie war unglücklich, sagte eine freundliche Freundin.'],
  ['de', 'order', 'Zum Schluss fanden sie ihn.', 'Erstaunt fanden sie ihn.'],
])('%s: %s is a matter of whole words', (language, rule, yes, no) => {
  expect(followsRule(language, rule, yes)).toBe(true);
  expect(followsRule(language, rule, no)).toBe(false);
});

it('bad arguments are named', () => {
  expect(() => preferencePairs('en', { seed: 1, rule: 'long' as PreferenceRule })).toThrow('rule is "long": expected colour, speech, name, joy, order');
  expect(() => followsRule('en', 'long' as PreferenceRule, '')).toThrow(RangeError);
  expect(() => preferencePairs('fr' as Language, { seed: 1, rule: 'joy' })).toThrow('unknown language "fr"');
  expect(() => followsRule('fr' as Language, 'joy', '')).toThrow('unknown language "fr"');
  expect(() => preferencePairs('en', { seed: -1, rule: 'joy' })).toThrow('seed is -1');
  expect(() => preferencePairs('en', { seed: 1, rule: 'joy', part: 'validation' as 'test' })).toThrow('part is "validation": expected "training" or "test"');
  expect(() => preferencePairs('en', { seed: 1, rule: 'joy', sentences: [3, 9] })).toThrow('sentences is [3,9]');
  expect(() => ratedAnswers('en', { seed: 1, rule: 'joy', rules: [] } as PreferenceStreamOptions)).toThrow("ratedAnswers: unknown option 'rules', did you mean 'rule'?; known: seed, rule, part, sentences, count");
  expect(() => writePreferencePairs('en', { seed: 1, rule: 'joy', count: -1 })).toThrow('count is -1');
});
