// Instructions: every answer is checked against the text that the model reads, and the parts have nothing in common.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from '@kk/corpora';
import { hasRightForm, instructionConversations, instructionKinds, instructions, notSaid, questionKinds, writeInstructions, type Instruction, type InstructionConversation, type InstructionKind } from '@kk/corpora/instructions';
import { instructionLanguage } from '../src/instructions/languages.js';
import { eachLanguage } from './support.js';

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const parts = fc.constantFrom('training' as const, 'test' as const);

/** The request without the sentence that it may show. */
const wordingOf = ({ question, sentence }: Instruction) => (sentence === '' ? question : question.slice(0, -sentence.length - 1));
const shown = ({ sentence }: Instruction) => sentence;
const words = (text: string) => text.split(/[^\p{L}'’-]+/u).map((word) => word.replace(/^'+|'+$/g, '')).filter((word) => word !== '');

/** What must hold of an answer that the story gives, by kind, read from the text alone. */
const holds: Readonly<Record<InstructionKind, (item: Instruction) => void>> = {
  'first-word': ({ story, answer }) => { expect(words(story)[0]).toBe(answer); },
  'last-word': ({ story, answer }) => { expect(words(story).at(-1)).toBe(answer); },
  who: ({ story, answer }) => { expect(words(story)).toContain(answer.slice(0, -1)); },
  where: ({ story, answer }) => { expect(story.toLowerCase()).toContain(answer.slice(0, -1).toLowerCase()); },
  // Behind "Der ", "Den ", "The ". Where the story has „Stoffhase“ or „Teddybär“ in the nominative, the answer may have its accusative.
  lost: ({ story, answer }) => { expect(story).toContain(answer.slice(4, -1).replace(/(?<=hase)n$|(?<=bär)en$/u, '')); },
  'next-sentence': (item) => { expect(item.story).toContain(`${shown(item)} ${item.answer}`); },
  continue: ({ story, answer }) => { expect(story.endsWith(answer)).toBe(false); },
  shorten: (item) => {
    expect(item.answer).not.toMatch(/ (?:und|aber|doch|and|but|even)\.$/);
    expect(shown(item).startsWith(item.answer.slice(0, -1))).toBe(true);
    expect(item.answer.length).toBeLessThan(shown(item).length);
  },
  past: (item) => {
    // Only the verbs differ: both sentences begin with the same subject and are mostly the same words.
    expect(item.answer).not.toBe(shown(item));
    const [now, then] = [words(shown(item)), words(item.answer)];
    expect(then[0]).toBe(now[0]);
    expect(then.filter((word, i) => word !== now[i]).length).toBeLessThanOrEqual(2);
  },
  'small-talk': ({ story, prompt, question }) => { expect([story, prompt]).toEqual(['', question]); },
};

const conversationsOf = (language: Language, options: Parameters<typeof instructionConversations>[1], count: number): InstructionConversation[] => {
  const stream = instructionConversations(language, options);
  return Array.from({ length: count }, () => stream.next().value);
};

describe.each(eachLanguage)('$language', ({ language }) => {
  it('writes right answers in the right form', () => {
    fc.assert(fc.property(seeds, parts, (seed, part) => {
      for (const item of writeInstructions(language, { seed, part, count: 60 })) {
        expect(hasRightForm(language, item.kind, item.answer), `${item.kind}: ${item.answer}`).toBe(true);
        expect(item.prompt).toBe(item.story === '' ? item.question : `${item.story}\n\n${item.question}`);
        expect(item.question).not.toMatch(/[{}\n]|undefined/);
        expect(item.question).toBe(item.sentence === '' ? item.question : `${wordingOf(item)} ${item.sentence}`);
        expect(item.sentence === '').toBe(!['next-sentence', 'shorten', 'past'].includes(item.kind));
        expect(item.messages).toEqual([{ role: 'user', content: item.prompt }, { role: 'assistant', content: item.completion }]);
        expect(item.completion).toBe(item.answer);
        expect(item.isExact).toBe(item.kind !== 'continue');
        if (item.isAnswerable) holds[item.kind](item);
        else expect(item.answer).toBe(notSaid(language));
      }
    }), { numRuns: 15 });
  });

  it('asks several questions about one passage, each with its right answer', () => {
    fc.assert(fc.property(seeds, parts, fc.integer({ min: 1, max: 8 }), (seed, part, questions) => {
      for (const { messages, instructions: items } of conversationsOf(language, { seed, part, questions }, 8)) {
        expect(items.length).toBeGreaterThan(0);
        expect(items.length).toBeLessThanOrEqual(questions);
        expect(messages).toEqual(items.flatMap(({ prompt, question, answer }, i) => [{ role: 'user', content: i === 0 ? prompt : question }, { role: 'assistant', content: answer }]));
        expect(new Set(items.map(({ story }) => story)).size).toBe(1);
        expect(new Set(items.map(({ question }) => question)).size).toBe(items.length);
        for (const item of items) {
          expect(questionKinds).toContain(item.kind);
          expect(hasRightForm(language, item.kind, item.answer)).toBe(true);
          if (item.isAnswerable) holds[item.kind](item);
          else expect(item.answer).toBe(notSaid(language));
        }
      }
    }), { numRuns: 10 });
  });

  it('begins conversations with as many questions of each kind, answered or not as was asked for', () => {
    const first = conversationsOf(language, { seed: 4, unanswerable: 0.25 }, 1500).map(({ instructions: [item] }) => item);
    for (const kind of questionKinds) {
      const own = first.filter((item) => item.kind === kind);
      expect(own.length / first.length).toBeCloseTo(1 / questionKinds.length, 1);
      if (['who', 'where', 'lost', 'next-sentence'].includes(kind)) expect(own.filter(({ isAnswerable }) => !isAnswerable).length / own.length).toBeCloseTo(0.25, 1);
    }
    for (const unanswerable of [0, 1]) {
      const asked = conversationsOf(language, { seed: 4, unanswerable, kinds: ['who', 'where', 'lost', 'next-sentence'] }, 30).flatMap((one) => one.instructions);
      expect(new Set(asked.map(({ isAnswerable }) => isAnswerable))).toEqual(new Set([unanswerable === 0]));
    }
  });

  it('begins a longer list with the shorter one, and writes other items for another seed', () => {
    fc.assert(fc.property(seeds, parts, fc.nat(12), (seed, part, count) => {
      const long = writeInstructions(language, { seed, part, count: 12 });
      expect(writeInstructions(language, { seed, part, count })).toEqual(long.slice(0, count));
      expect(instructions(language, { seed, part }).next().value).toEqual(long[0]);
      expect(writeInstructions(language, { seed: (seed + 1) % 2 ** 32, part, count: 12 })).not.toEqual(long);
    }), { numRuns: 8 });
  });

  it('has no story, sentence or new wording of the test part in the training part, even with one seed', () => {
    const [training, test] = (['training', 'test'] as const).map((part) => writeInstructions(language, { seed: 5, part, count: part === 'training' ? 3000 : 500 }));
    const storiesOf = (items: readonly Instruction[]) => items.map(({ story }) => story).filter((story) => story !== '');
    const read = new Set(storiesOf(training));
    expect(storiesOf(test).filter((story) => read.has(story))).toEqual([]);
    for (const kind of ['shorten', 'past'] as const) {
      const sentences = new Set(training.filter((item) => item.kind === kind).map(shown));
      expect(sentences.size).toBeGreaterThan(150);
      expect(test.filter((item) => item.kind === kind && sentences.has(shown(item)))).toEqual([]);
    }
    const requests = new Set(training.map(wordingOf));
    const fresh = test.filter(({ isNewWording }) => isNewWording);
    expect(fresh.filter((item) => requests.has(wordingOf(item)))).toEqual([]);
    expect(fresh.length / test.length).toBeGreaterThan(0.4);
    expect(fresh.length / test.length).toBeLessThan(0.7);
    expect(training.some(({ isNewWording }) => isNewWording)).toBe(false);
    expect(test.filter(({ kind }) => kind === 'small-talk').every(({ isNewWording }) => isNewWording)).toBe(true);
  });

  it('asks in the same words where the story holds the answer and where it does not', () => {
    const items = writeInstructions(language, { seed: 8, count: 6000, kinds: ['who', 'where', 'lost', 'next-sentence'], unanswerable: 0.5 });
    const { questions } = instructionLanguage(language);
    // The longest wording that fits is the one: "Where was the hat found?" also fits "Where was {nom}?".
    const longestFirst = Object.values(questions).flatMap(({ training }) => training).sort((a, b) => b.length - a.length).map((text) => ({ text, pattern: new RegExp(`^${text.replace(/[.?]/g, '\\$&').replace(/\{\w+\}/, '[^,.?]+')}$`, 'u') }));
    const common = new Map<string, number[]>();
    for (const item of items) {
      const { text } = longestFirst.find(({ pattern }) => pattern.test(wordingOf(item)))!;
      const counts = common.get(text) ?? [0, 0];
      counts[Number(item.isAnswerable)]++;
      common.set(text, counts);
    }
    const asked = (['first child', 'second child', 'home', 'found', 'noise', 'stuck', 'lost', 'next sentence'] as const).flatMap((name) => questions[name].training);
    expect([...common.keys()].sort()).toEqual([...asked].sort());
    for (const [text, [no, yes]] of common) {
      expect(Math.min(no, yes), `${text}: ${no} of ${no + yes} not said`).toBeGreaterThan(0);
      if (no + yes >= 40) expect(Math.min(no, yes) / (no + yes), `${text}: ${no} of ${no + yes} not said`).toBeGreaterThan(0.2);
    }
    expect([...common.values()].filter(([no, yes]) => no + yes >= 40).length).toBeGreaterThan(50);
  });

  it('says nothing of children where only animals are, and names them in order', () => {
    for (const { story, question, answer, isAnswerable } of writeInstructions(language, { seed: 12, count: 200, kinds: ['who'], unanswerable: 0.5 })) {
      const second = /zweite|second/.test(question);
      const capitals = words(story);
      if (isAnswerable && second) expect(capitals.filter((word) => word === answer.slice(0, -1)).length).toBeGreaterThan(0);
      if (!isAnswerable && !second) expect(hasRightForm(language, 'who', `${capitals.find((word) => hasRightForm(language, 'who', `${word}.`)) ?? ''}.`), story).toBe(false);
    }
  });

  it('keeps the share that is not said', () => {
    for (const unanswerable of [0, 1]) {
      const items = writeInstructions(language, { seed: 3, count: 80, kinds: ['who', 'where', 'lost', 'next-sentence'], unanswerable });
      expect(items.filter(({ isAnswerable }) => !isAnswerable)).toHaveLength(80 * unanswerable);
    }
  });

  it.each([[1, 1], [8, 8]] as const)('takes passages of %i to %i sentences', (least, most) => {
    for (const unanswerable of [0, 1]) {
      const items = writeInstructions(language, { seed: 4, count: 60, kinds: instructionKinds.filter((kind) => most > 1 || kind !== 'next-sentence'), sentences: [least, most], unanswerable });
      expect(items).toHaveLength(60);
    }
  });

  it('tells right forms from wrong ones', () => {
    const [name, place, sentence] = language === 'de' ? ['Emma.', 'Im Garten.', 'Emma lachte.'] : ['Emma.', 'In the garden.', 'Emma laughed.'];
    expect(hasRightForm(language, 'who', name)).toBe(true);
    expect(hasRightForm(language, 'where', place)).toBe(true);
    expect(hasRightForm(language, 'continue', sentence)).toBe(true);
    for (const kind of instructionKinds) {
      expect(hasRightForm(language, kind, '')).toBe(false);
      expect(hasRightForm(language, kind, `${sentence} ${sentence}`)).toBe(false);
      expect(hasRightForm(language, kind, notSaid(language)), kind).toBe(['who', 'where', 'lost', 'next-sentence', 'continue', 'shorten', 'past'].includes(kind));
    }
    for (const kind of ['who', 'where', 'lost', 'first-word', 'last-word'] as const) expect(hasRightForm(language, kind, sentence)).toBe(false);
  });
});

describe('bad arguments', () => {
  it.each([
    [{ seed: -1 }, /seed is -1/], [{ seed: 1, part: 'validation' }, /part is "validation": expected "training" or "test"/], [{ seed: 1, kinds: [] }, /kinds is \[\]/], [{ seed: 1, kinds: ['when'] }, /kinds has "when": expected first-word/],
    [{ seed: 1, sentences: [0, 3] }, /sentences is \[0,3\]/], [{ seed: 1, sentences: [4, 3] }, /from 1 to 8/], [{ seed: 1, sentences: [1, 9] }, /from 1 to 8/], [{ seed: 1, sentences: [1, 1] }, /"next-sentence" needs/],
    [{ seed: 1, unanswerable: 1.5 }, /unanswerable is 1.5/], [{ seed: 1, unanswerable: NaN }, /unanswerable is NaN/], [{ seed: 1, share: 0.5 }, /unknown option 'share'/], [{ seed: 1, count: -1 }, /count is -1/],
  ])('%j', (options, message) => {
    expect(() => writeInstructions('de', { count: 1, ...options } as never)).toThrow(message);
  });

  it.each([
    [{ questions: 0 }, /questions is 0: expected a whole number from 1 to 8/], [{ questions: 9 }, /questions is 9/], [{ kinds: ['past'] }, /kinds has "past": conversations have first-word/], [{ seed: -1 }, /seed is -1/],
    [{ part: 'all' }, /part is "all"/], [{ turns: 2 }, /unknown option 'turns'/],
  ])('of conversations: %j', (options, message) => {
    expect(() => instructionConversations('de', { seed: 1, ...options } as never)).toThrow(message);
  });

  it('an unknown language or kind', () => {
    expect(() => instructions('fr' as Language, { seed: 1 })).toThrow('unknown language "fr": expected "de" or "en"');
    expect(() => hasRightForm('de', 'when' as InstructionKind, '')).toThrow('unknown kind "when"');
    expect(() => notSaid('fr' as Language)).toThrow(RangeError);
  });
});
