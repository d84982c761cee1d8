// What fifteen votes change, measured with the shipped models as chapter 10's figure does it: a rater votes by a rule, and afterwards the model and the
// one before go on after beginnings that nobody voted on. `SEEDS=1,2,3` takes other seeds than 1. Prints the numbers.
import { fileURLToPath } from 'node:url';
import { followsRule, type PreferenceRule } from '@kk/corpora/instructions';
import { loadModel } from '@kk/gpt/node';
import { init } from '@kk/nn-core';
import { loadTokenizer } from '@kk/tokenizer/node';
import { afterAll, expect, it } from 'vitest';
import { storyLanguages, type StoryLanguage } from '../src/languages/stories.js';
import voteTuningJob from '../src/lab/jobs/vote-tuning.js';
import { readyModel, type ReadyModel } from '../src/lab/ready-model.js';
import { firstPairs } from '../src/lab/votes/pairs.js';
import { decidedVotes, USUAL_BUDGET, USUAL_STEPS, type Vote } from '../src/lab/votes/recipe.js';
import { calmTools, runJob } from '../test/support/run-job.js';

const VOTES = 15;
/** So many that forty or more are decided: of 64, some rules decide fifteen, and chance has ten points. */
const TEXTS = 192;
/** Rules on which two continuations often differ: of others, a visitor would have to read hundreds of pairs to give fifteen votes. */
const rules: readonly PreferenceRule[] = ['speech', 'colour'];
const seeds = (process.env.SEEDS ?? '1').split(',').map(Number);

const engine = await init('wasm', { threads: 1 });
afterAll(() => engine.dispose());
const models = new Map<StoryLanguage, ReadyModel>();
for (const language of storyLanguages) {
  const folder = fileURLToPath(new URL(`../models/stories-${language}`, import.meta.url));
  models.set(language, readyModel(`stories-${language}`, await loadModel(engine, folder), await loadTokenizer(folder)));
}

interface Measured {
  rule: PreferenceRule;
  /** Of the pairs of texts of which one follows the rule: how many times it is the model's that learned. */
  won: number;
  decided: number;
}

async function measure(language: StoryLanguage, rule: PreferenceRule, seed: number): Promise<Measured> {
  const base = models.get(language)!;
  const kept = new Map<string, Promise<unknown>>();
  const tools = { ...calmTools, engine: async () => engine, model: async () => base, keep: async <Value>(key: string, make: () => Value | Promise<Value>): Promise<Value> => {
    if (!kept.has(key)) kept.set(key, Promise.resolve(make()));
    return kept.get(key) as Promise<Value>;
  } };
  const follows = (text: string): boolean => followsRule(language, rule, text);
  const voteOn = (a: string, b: string): Vote => (follows(a) === follows(b) ? 'n' : follows(a) ? 'a' : 'b');
  const votes: Vote[] = [];
  while (decidedVotes(votes) < VOTES) {
    const { a, b } = (await firstPairs(tools, { language, seed }, votes.length + 1)).at(-1)!;
    votes.push(voteOn(base.tokenizer.decode(a), base.tokenizer.decode(b)));
  }
  const cpu = process.cpuUsage();
  const { result } = await runJob(voteTuningJob, { recipe: { language, seed, votes, steps: USUAL_STEPS, budget: USUAL_BUDGET }, texts: TEXTS, guesses: 20 }, tools);
  const { user, system } = process.cpuUsage(cpu);
  const [before, after] = [result.looks[0]!, result.looks.at(-1)!].map(({ texts }) => texts.map((text) => Number(follows(text))));
  const decided = after!.filter((value, i) => value !== before![i]).length;
  const won = after!.filter((value, i) => value > before![i]!).length;
  const share = (all: readonly number[]): string => (all.reduce((sum, value) => sum + value, 0) / all.length).toFixed(2);
  console.log(`${language} ${rule}, seed ${seed}: of ${votes.length} pairs; ${share(before!)} to ${share(after!)} of the texts, ${won} of ${decided} decided won; ${result.step} steps (${result.end}), ${after === undefined ? '' : result.looks.at(-1)!.distance.toFixed(1)} nats; ${((user + system) / 1e6).toFixed(0)} s of processor time, looks at ${TEXTS} texts among it`);
  return { rule, won, decided };
}

it.each(storyLanguages.flatMap((language) => seeds.map((seed) => ({ language, seed }))))('$language, seed $seed: a model that has learned from fifteen votes does what was asked more often', async ({ language, seed }) => {
  const all: Measured[] = [];
  for (const rule of rules) all.push(await measure(language, rule, seed));
  for (const { rule, won, decided } of all) expect(won / decided, rule).toBeGreaterThanOrEqual(0.7);
});
