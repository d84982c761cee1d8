// Chapter 1: the beginnings of its sentences, the distribution and the guess, the die, the contest, and the code that its figures show.
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as corpora from '@kk/corpora';
import * as sampler from '@kk/sampler';
import { contestCode, dieCode, growthCode, guessCode, type Code } from '../src/chapters/01-token/code.js';
import { firstBeginning, FIRST_STORY } from '../src/chapters/01-token/figures/use-sentence.js';
import { storyLanguages } from '../src/languages/stories.js';
import { beginningOf } from '../src/lab/beginnings.js';
import contestJob, { openingOf } from '../src/lab/jobs/contest.js';
import guessWord, { type GuessWord, type GuessWordInput } from '../src/lab/jobs/guess-word.js';
import nextToken, { type NextToken, type NextTokenInput } from '../src/lab/jobs/next-token.js';
import { continuation, idsFromBeginning, otherCase } from '../src/lab/model-text.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';
import { tinyModel, toolsOf, type TinyModel } from './support/tiny-model.js';

let tiny: TinyModel;
beforeAll(async () => {
  tiny = await tinyModel('stories-de', 'de');
});
afterAll(() => tiny.dispose());

const ask = (input: Omit<NextTokenInput, 'model' | 'text' | 'top'> & Partial<NextTokenInput>): Promise<NextToken> =>
  runJob(nextToken, { model: 'stories-de', text: { own: 'Es war einmal ein kleiner' }, top: 4, ...input }, toolsOf(tiny)).then(({ result }) => result);

const guessAt = (input: Partial<GuessWordInput>): Promise<GuessWord> =>
  runJob(guessWord, { model: 'stories-de', text: { own: 'Es war einmal ein kleiner' }, guess: '', count: 4, roll: { seed: 7, nth: 0 }, ...input }, toolsOf(tiny)).then(({ result }) => result);

/** Runs what a figure shows, with the tiny model's folder instead of the shipped one. */
async function expectPrints({ source, prints }: Code): Promise<void> {
  expect(source).toContain("'apps/demo/models/stories-de'");
  const local = source.replace("'apps/demo/models/stories-de'", JSON.stringify(tiny.folder)).replace("init('wasm')", "init('cpu')");
  expect(await runCode(local)).toBe(prints);
}

it('shows before any computation what the grammar writes', () => {
  for (const language of storyLanguages) expect(firstBeginning[language]).toBe(beginningOf(language, FIRST_STORY).text);
});

it.each(storyLanguages)('cuts stories before a word: %s', (language) => {
  for (let seed = 0; seed < 200; seed++) {
    const { text, next } = beginningOf(language, seed);
    expect(corpora.writeStory(language, seed).startsWith(`${text} ${next}`)).toBe(true);
    expect([text.length >= 20 && text.length <= 100, /^\p{L}+$/u.test(next)]).toEqual([true, true]);
  }
});

it('puts a space before a word, and none before a mark or after an opening one', () => {
  expect([continuation('Im Wald', ' Hase '), continuation('Im Wald', ','), continuation('Er rief: „', 'Halt'), continuation('He said, "', 'stop'), continuation('', 'Es'), continuation('Im', '  ')]).toEqual([' Hase', ',', 'Halt', 'stop', 'Es', '']);
  expect([otherCase('hase'), otherCase('Hase'), otherCase('öl'), otherCase('7')]).toEqual(['Hase', 'hase', 'Öl', '7']);
});

it('reads a text after a blank line, as in training', () => {
  const { before, ids } = idsFromBeginning(tiny.model, 'Es war einmal');
  const { tokenizer } = tiny.model;
  expect([tokenizer.decode(before), tokenizer.decode(ids)]).toEqual(['\n\n', 'Es war einmal']);
  expect([...before, ...ids]).toEqual([...tokenizer.encode('\n\nEs war einmal')]);
});

it('gives the most probable tokens, and what all have together is one', async () => {
  const { top, faces, prompt, text } = await ask({ all: true });
  expect(prompt.map((token) => token.text).join('')).toBe(text);
  expect(top.map(({ probability }) => probability)).toEqual([...faces!.probabilities].sort((a, b) => b - a).slice(0, 4));
  expect(faces!.probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  expect(faces!.probabilities).toHaveLength(600);
});

it('multiplies the probabilities of a guess of several tokens', async () => {
  const { guess } = await guessAt({ guess: 'Xylophon' });
  const { faces } = await ask({ all: true });
  const ids = [...tiny.model.tokenizer.encode(' Xylophon')];
  expect(ids.length).toBeGreaterThan(2);
  expect(guess!.pieces.map(({ id }) => id)).toEqual(ids);
  expect(guess!.pieces[0]!.probability).toBe(faces!.probabilities[ids[0]!]);
  expect(guess!.probability).toBeCloseTo(guess!.pieces.reduce((product, { probability }) => product * probability, 1), 12);
  expect(guess!.bits).toBeCloseTo(-Math.log2(guess!.probability), 6);
  // The same by another way: the model's own loss over text and guess, without its cache.
  const context = [...tiny.model.tokenizer.encode('\n\nEs war einmal ein kleiner')];
  let nats = 0;
  for (const [index, id] of ids.entries()) nats += sampler.surprise(await tiny.model.decoder().next([...context, ...ids.slice(0, index)]), id);
  expect(guess!.bits).toBeCloseTo(nats / Math.LN2, 4);
});

it('reads a guess with the first letter that the model expects more', async () => {
  const [small, large] = [await guessAt({ guess: 'hund' }), await guessAt({ guess: 'Hund' })];
  expect(small.guess).toEqual(large.guess);
  expect((await guessAt({ guess: ' ' })).guess).toBeNull();
});

it('rolls the same numbers for the same seed, each into the share of its token', async () => {
  const { rolls, faces } = await ask({ rolls: { count: 50, seed: 7 }, all: true });
  for (const { number, id, probability } of rolls) {
    const from = faces!.probabilities.subarray(0, id).reduce((sum, share) => sum + share, 0);
    expect(number).toBeGreaterThan(from - 1e-5);
    expect(number).toBeLessThan(from + probability + 1e-5);
  }
  expect((await ask({ rolls: { count: 1, seed: 7, before: 49 } })).rolls[0]).toEqual(rolls[49]);
  expect(new Set(rolls.map(({ id }) => id)).size).toBeGreaterThan(5);
});

it('goes on after the tokens that were added, to the end of what the model can read', async () => {
  const { grown, full } = await ask({ grown: [70, 71, 72] });
  expect([grown.map(({ id }) => id), full]).toEqual([[70, 71, 72], false]);
  expect((await ask({ grown: Array.from({ length: 90 }, () => 70) })).full).toBe(true);
});

it('foresees ten words of a story, which together with what is between them are the story', async () => {
  const { result: contest } = await runJob(contestJob, { model: 'stories-de', language: 'de', story: 12, words: 10 }, toolsOf(tiny));
  const story = corpora.writeStory('de', 12);
  const text = contest.opening + contest.rounds.map(({ between, word }) => between + word).join('');
  expect(contest.rounds).toHaveLength(10);
  expect([story.startsWith(text), openingOf(story).opening]).toEqual([true, contest.opening]);
  // The chain has read such stories, the tiny GPT nothing.
  const sum = (who: 'gpt' | 'markov'): number => contest.rounds.reduce((bits, round) => bits + round[who].bits, 0);
  expect(sum('markov')).toBeLessThan(0.5 * sum('gpt'));
  await expectPrints(contestCode('stories-de', 'de', contest, 3));
});

it.each([['a guess', 'Hund'], ['no guess', '']])('shows code that prints what the first figure shows: %s', async (_, guess) => {
  await expectPrints(guessCode('stories-de', await guessAt({ guess })));
});

it('shows code that prints what the die and the growing text show', async () => {
  await expectPrints(dieCode('stories-de', await ask({ rolls: { count: 8, seed: 11 } }), 11));
  await expectPrints(growthCode('stories-de', await ask({ grown: [...tiny.model.tokenizer.encode(' Hund, der')] })));
});
