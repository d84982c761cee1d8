// Chapter 8, first half: the merges and the vocabularies, and the code that the figures show.
import { statSync } from 'node:fs';
import { BytePairTokenizer } from '@kk/tokenizer';
import { expect, it } from 'vitest';
import { mergesCode, vocabulariesCode } from '../src/chapters/08-continue/code.js';
import de from '../src/chapters/08-continue/de.js';
import en from '../src/chapters/08-continue/en.js';
import mergesJob, { sentenceStates } from '../src/lab/jobs/merges.js';
import vocabulariesJob from '../src/lab/jobs/vocabularies.js';
import { textOf } from '../src/lab/texts.js';
import { runCode } from './support/run-code.js';
import { calmTools, runJob } from './support/run-job.js';

const text = { stories: 'de', bytes: 20_000 } as const;
const sentence = 'Der Bär und die Möwe, die Möwe und der Bär.';

it('cuts the sentence after every merge as a tokenizer with so many merges does', async () => {
  const full = BytePairTokenizer.train(await textOf(calmTools, text), { vocabSize: 256 + 120 });
  const states = sentenceStates(full, sentence);
  expect(states.length).toBeGreaterThan(10);
  for (const merges of [0, 1, 2, 7, 40, 119, 120]) {
    const expected = BytePairTokenizer.train(await textOf(calmTools, text), { vocabSize: 256 + merges }).encode(sentence);
    expect(states.findLast(({ after }) => after <= merges)!.ids).toEqual(expected);
  }
});

it('tells each merge with its count, and the sentence in pieces that join to it', async () => {
  const { result } = await runJob(mergesJob, { text, sentence, merges: 120 });
  expect(result.merges).toHaveLength(120);
  expect(result.merges[0]!.count).toBeGreaterThan(result.merges[119]!.count);
  expect(result.characters).toBe(43);
  expect(result.states.at(-1)!.tokens.map(({ text: part, tail }) => part + (tail?.character ?? '')).join('')).toBe(sentence);
});

it('takes a text of ones own, even a tiny one', async () => {
  const { result } = await runJob(mergesJob, { text: { own: 'Anna' }, sentence: 'Anna', merges: 50 });
  expect([result.merges.length, result.states.length]).toEqual([0, 1]);
});

it.each([text, { own: 'Barbara aß Rhabarber. Rhabarber aß Barbara.' }])('shows the code of the merges with what it prints', async (input) => {
  const { result } = await runJob(mergesJob, { text: input, sentence, merges: 12 });
  const shown = Math.min(12, result.merges.length);
  const tokens = result.states.findLast(({ after }) => after <= shown)!.tokens;
  const { source, prints } = mergesCode(input, shown, sentence, result.merges[shown - 1]?.count, tokens.map(({ id }) => id));
  expect(await runCode(source)).toBe(prints);
});

it('counts a long text in parts as in one', async () => {
  const long = `${await textOf(calmTools, { stories: 'de', bytes: 50_000 })}${'lang'.repeat(3000)}`;
  const { result } = await runJob(vocabulariesJob, { texts: [long, ''], vocabularies: ['gpt2'], shown: 3 });
  const { source } = vocabulariesCode([{ name: 'gpt2', counts: [] }], []);
  const count = await runCode(source.replace('const texts = []', `const texts = [${JSON.stringify(long)}, '']`));
  expect(result[0]!.texts.map((text) => text.count).join(' ')).toBe(count);
});

it('counts tokens in three vocabularies as its code does', async () => {
  const texts = ['Die Schildkröte „überquert“ die Straße.', 'The turtle crosses the street.'];
  const { updates, result } = await runJob(vocabulariesJob, { texts, vocabularies: ['gpt2', 'cl100k_base', 'o200k_base'], shown: 5 });
  expect(updates.map((update) => update.map(({ name }) => name))).toEqual([['gpt2'], ['gpt2', 'cl100k_base'], ['gpt2', 'cl100k_base', 'o200k_base']]);
  expect(result[0]!.texts.map(({ tokens }) => tokens.length)).toEqual([5, 5]);
  for (const { texts: [german, english] } of result) expect(german!.count).toBeGreaterThan(english!.count);
  const { source, prints } = vocabulariesCode(result.map(({ name, texts: parts }) => ({ name, counts: parts.map(({ count }) => count) })), texts);
  expect(await runCode(source)).toBe(prints);
});

it.each([['de', de], ['en', en]] as const)('says how large the vocabulary of GPT-4o is that it loads: %s', (_, words) => {
  const { size } = statSync(new URL('../../../packages/tokenizer/src/vocabularies/ranks/ranks-o200k.ts', import.meta.url));
  expect(words.vocabularies.load).toContain(`(${Math.round(size / 1e6)} MB)`);
});
