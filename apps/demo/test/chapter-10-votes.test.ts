// Chapter 10: pairs to vote on, and a model that learns from the votes.
import { afterAll, describe, expect, it } from 'vitest';
import { overdoRecipe, RATERS, ruleNames, ruleOf, votesOf, voteSettings } from '../src/chapters/10-feedback/settings.js';
import { pairCode, rewardCode, voteCode } from '../src/chapters/10-feedback/vote-code.js';
import { followsRule, preferenceRules } from '@kk/corpora/instructions';
import raterVotesJob from '../src/lab/jobs/rater-votes.js';
import votePairsJob from '../src/lab/jobs/vote-pairs.js';
import voteTuningJob, { type VoteTuning } from '../src/lab/jobs/vote-tuning.js';
import { beginningOf, firstPairs } from '../src/lab/votes/pairs.js';
import { decidedVotes, type Vote, type VoteRecipe } from '../src/lab/votes/recipe.js';
import { signsOfTexts } from '../src/lab/votes/signs.js';
import { sentenceEnds } from '../src/lab/votes/two-sentences.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';
import { tinyModel, toolsOf } from './support/tiny-model.js';

const tiny = await tinyModel('stories-de', 'de', { backend: 'wasm' });
afterAll(() => tiny.dispose());

const source = { language: 'de', seed: 3 } as const;
const votes: Vote[] = ['a', 'n', 'b', 'a', 'b', 'a'];
const recipeOf = (changes: Partial<VoteRecipe> = {}): VoteRecipe => ({ ...source, votes, steps: 12, budget: 1000, ...changes });
const learn = async (changes?: Partial<VoteRecipe>): Promise<VoteTuning[]> => (await runJob(voteTuningJob, { recipe: recipeOf(changes), texts: 2, guesses: 3 }, toolsOf(tiny))).updates;

describe('pairs', () => {
  it('come in blocks, begin as stories begin, and are two different continuations', async () => {
    const { updates, result } = await runJob(votePairsJob, { ...source, count: 6 }, toolsOf(tiny));
    expect(updates.map(({ pairs }) => pairs.length)).toEqual([4, 8]);
    for (const { beginning, a, b } of result.pairs) {
      expect(beginning).toMatch(/[.!?…]["“”]?$/);
      expect(a).not.toBe(b);
    }
    expect(new Set(result.pairs.map(({ beginning }) => beginning)).size).toBe(8);
  });

  it('are the same for the same source, however many are asked for', async () => {
    const [few, many] = [await firstPairs(toolsOf(tiny), source, 3), await firstPairs(toolsOf(tiny), source, 9)];
    expect(many.slice(0, 3)).toEqual(few);
    expect(await firstPairs(toolsOf(tiny), { ...source, seed: 4 }, 3)).not.toEqual(few);
  });

  it('end with a sentence or when they are long enough', async () => {
    const ends = new Set(sentenceEnds(tiny.model.tokenizer));
    for (const { a, b } of await firstPairs(toolsOf(tiny), source, 8)) {
      for (const answer of [a, b]) expect(ends.has(answer.at(-1)!) || answer.length >= 28).toBe(true);
    }
  });
});

describe('learning from votes', () => {
  it('begins as the model was, looks every few steps and at the end, and comes to prefer what was chosen', async () => {
    const states = await learn({ steps: 12 });
    const last = states.at(-1)!;
    expect(last).toMatchObject({ step: 12, end: 'steps', secondsLeft: 0 });
    expect(last.looks.map(({ step }) => step)).toEqual([0, 5, 10, 12]);
    expect(last.looks[0]!.distance).toBe(0);
    expect(states[1]!.loss).toBeCloseTo(Math.LN2, 6);
    expect(last.loss).toBeLessThan(Math.LN2);
    const signs = last.margins!.voted.map((margin, i) => (votes[i] === 'n' ? 0 : Math.sign(margin)));
    expect(signs).toEqual([1, 0, -1, 1, -1, 1]);
    expect(last.margins!.fresh).toHaveLength(3);
    expect(last.agrees).toBe(1);
    for (const { secondsLeft } of states.slice(0, 5)) expect(secondsLeft).toBeNull();
  });

  it('ends at the look at which it went as far as it may', async () => {
    const last = (await learn({ steps: 200, budget: 0.02 })).at(-1)!;
    expect(last.end).toBe('budget');
    expect(last.step).toBeLessThan(200);
    expect(last.looks.map(({ distance }) => distance > 0.02)).toEqual([...last.looks.slice(1).map(() => false), true]);
    expect(last.margins).not.toBeNull();
  });

  it('gives the same model again for the same recipe', async () => {
    const [one, other] = [(await learn()).at(-1)!, (await learn()).at(-1)!];
    expect(other.looks).toEqual(one.looks);
    expect(other.margins).toEqual(one.margins);
  });

  it('leaves the shipped model as it was', async () => {
    const numbers = async (): Promise<number[][]> => Promise.all([...tiny.model.gpt.namedParameters()].map(async ([, tensor]) => [...(await tensor.data())]));
    const before = await numbers();
    await learn();
    expect(await numbers()).toEqual(before);
  });

  it('looks at beginnings that no pair has', async () => {
    const { beginnings } = (await learn({ steps: 1 })).at(-1)!;
    expect(beginnings).toHaveLength(2);
    for (const beginning of beginnings) expect(Array.from({ length: 9 }, (_, i) => beginningOf(source, i))).not.toContain(beginning);
  });
});

describe('what is measured of texts', () => {
  const texts: Record<number, string> = { 1: ' Ein', 2: ' Hund', 3: ' lief', 4: '.' };
  const decode = (ids: ArrayLike<number>): string => Array.from(ids, (id) => texts[id]).join('').trim();
  const signs = (...all: number[][]): ReturnType<typeof signsOfTexts> => signsOfTexts(all.map((ids) => Int32Array.from(ids)), [4], { decode });

  it('is the share that ends with a sentence', () => expect(signs([1, 2, 4], [1, 2]).ends).toBe(0.5));
  it('is the share of pieces that stood in the text before', () => expect([signs([1, 2, 3, 1, 2, 3]).repeats, signs([1, 2, 3, 4]).repeats, signs([1]).repeats]).toEqual([0.25, 0, 0]));
  it('is the share of sentences that stand in one text only', () => expect(signs([1, 2, 4, 3, 4], [3, 4], [2, 3, 4]).own).toBe(0.5));
});

describe('a hidden rater', () => {
  it('votes by its rule until enough is decided, and says what each rule explains', async () => {
    const { updates, result } = await runJob(raterVotesJob, { ...source, rule: 'name', decided: 3 }, toolsOf(tiny));
    expect(result.pairs).toHaveLength(result.votes.length);
    for (const [i, { a, b }] of result.pairs.entries()) {
      const [likesA, likesB] = [a, b].map((text) => followsRule('de', 'name', text));
      expect(result.votes[i]).toBe(likesA === likesB ? 'n' : likesA ? 'a' : 'b');
    }
    const decided = decidedVotes(result.votes);
    expect(decided).toBeLessThanOrEqual(3);
    expect(result.explains.name).toBe(decided);
    for (const rule of preferenceRules) expect(result.explains[rule]).toBeLessThanOrEqual(decided);
    expect(updates.at(-1)).toEqual(result);
    expect(decided === 3 || result.votes.length === 120).toBe(true);
  });

  it('has a rule of those that are offered', () => {
    expect(ruleNames).toEqual(preferenceRules);
    for (let rater = 1; rater <= RATERS; rater++) expect(ruleNames).toContain(ruleOf(rater));
  });
});

it('measures the reward, the surprise and every rule at each look, as often as asked', async () => {
  const { result } = await runJob(voteTuningJob, { recipe: overdoRecipe(source, votes), texts: 4, guesses: 0, every: 16 }, toolsOf(tiny));
  expect(result.looks.map(({ step }) => step)).toEqual([0, 16, 32, 48]);
  const [first, last] = [result.looks[0]!, result.looks.at(-1)!];
  expect([first.reward, first.distance]).toEqual([0, 0]);
  expect(last.reward).toBeGreaterThan(1);
  for (const { surprise, follows } of result.looks) {
    expect(surprise).toBeGreaterThan(0);
    expect(Object.keys(follows)).toEqual([...preferenceRules]);
    for (const share of Object.values(follows)) expect([0, 0.25, 0.5, 0.75, 1]).toContain(share);
  }
});

it('counts the votes that say something', () => expect(decidedVotes(votes)).toBe(5));

it('shows code that learns from the same votes and prints the same rewards', async () => {
  const tools = toolsOf(tiny);
  const recipe = recipeOf({ steps: 6 });
  const { result: { pairs } } = await runJob(votePairsJob, { ...source, count: votes.length }, tools);
  const { result } = await runJob(voteTuningJob, { recipe, texts: 1, guesses: 0 }, tools);
  const { source: code, prints } = voteCode(recipe, pairs, result);
  expect(prints.split('\n')).toHaveLength(5);
  expect(await runCode(code.replace('apps/demo/models/stories-de', tiny.folder).replace("init('wasm')", "init('wasm', { threads: 1 })"))).toBe(prints);
});

it('shows code that prints the same rewards while it learns, as far as it has come', async () => {
  const tools = toolsOf(tiny);
  const recipe = recipeOf({ steps: 6 });
  const { result: { pairs } } = await runJob(votePairsJob, { ...source, count: votes.length }, tools);
  const { updates } = await runJob(voteTuningJob, { recipe, texts: 1, guesses: 0, every: 2 }, tools);
  const { looks } = updates.find(({ step }) => step === 5)!;
  const { source: code, prints } = rewardCode(recipe, pairs, looks, 2);
  expect(prints).toMatch(/^0 0\.0\n2 -?\d\.\d\n4 \d\.\d$/);
  expect(await runCode(code.replace('apps/demo/models/stories-de', tiny.folder).replace("init('wasm')", "init('wasm', { threads: 1 })"))).toBe(prints);
});

it('shows code that writes the same pair again', async () => {
  const { result: { pairs } } = await runJob(votePairsJob, { ...source, count: 6 }, toolsOf(tiny));
  const { source: code, prints } = pairCode(source, 5, pairs[5]!);
  expect(await runCode(code.replace('apps/demo/models/stories-de', tiny.folder).replace("init('wasm')", "init('wasm', { threads: 1 })"))).toBe(prints);
});

it('reads votes from an address with the pairs that they are of, and nothing else', () => {
  const { read } = voteSettings('de').votes;
  expect(read('en-12-abna')).toBe('en-12-abna');
  expect(votesOf('abna')).toEqual(['a', 'b', 'n', 'a']);
  for (const text of ['', 'abna', 'de-1-', 'de-1-c', 'fr-1-a', 'de--1-a', 'de-1-ab c', `de-1-${'a'.repeat(61)}`]) expect(read(text)).toBeUndefined();
});
