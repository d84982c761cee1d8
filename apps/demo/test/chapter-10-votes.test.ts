// Chapter 10: pairs to vote on, and a model that learns from the votes.
import { afterAll, describe, expect, it } from 'vitest';
import { votesOf, voteSettings } from '../src/chapters/10-feedback/settings.js';
import { voteCode } from '../src/chapters/10-feedback/vote-code.js';
import votePairsJob from '../src/lab/jobs/vote-pairs.js';
import voteTuningJob, { type VoteTuning } from '../src/lab/jobs/vote-tuning.js';
import { beginningOf, firstPairs } from '../src/lab/votes/pairs.js';
import { decidedVotes, type Vote, type VoteRecipe } from '../src/lab/votes/recipe.js';
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

it('reads votes from an address, and nothing else', () => {
  const { read } = voteSettings('de').votes;
  expect(votesOf(read('abna')!)).toEqual(['a', 'b', 'n', 'a']);
  for (const text of ['', 'c', 'ab c', 'a'.repeat(61)]) expect(read(text)).toBeUndefined();
});
