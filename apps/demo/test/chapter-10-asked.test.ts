// Chapter 10: one prompt to three models, and the code that asks the two shipped ones.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeStories } from '@kk/corpora';
import { createTransformer } from '@kk/gpt';
import { loadModel, saveModel } from '@kk/gpt/node';
import { BytePairTokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { afterAll, expect, it } from 'vitest';
import { askedCode } from '../src/chapters/10-feedback/asked-code.js';
import { promptOf } from '../src/chapters/10-feedback/prompts.js';
import { promptAbout, questionsOf } from '../src/chapters/10-feedback/questions.js';
import { ANSWER_LENGTH, askedKinds, MOST_ASKED, MOST_QUESTION } from '../src/chapters/10-feedback/settings.js';
import { sureCode } from '../src/chapters/10-feedback/sure-code.js';
import { keepRun, newestVoted, votedBefore } from '../src/chapters/10-feedback/voted.js';
import { askedIds, MARKS } from '../src/lab/answers/asked.js';
import type { Tools } from '../src/lab/job.js';
import askedJob, { type AskedModelsInput, type ModelAnswer } from '../src/lab/jobs/asked-models.js';
import sureJob from '../src/lab/jobs/sure-answers.js';
import voteTuningJob, { type VoteTuning } from '../src/lab/jobs/vote-tuning.js';
import { readyModel } from '../src/lab/ready-model.js';
import type { VoteRecipe } from '../src/lab/votes/recipe.js';
import { storyLanguages } from '../src/languages/stories.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';
import { tinyModel, toolsOf } from './support/tiny-model.js';

const tiny = await tinyModel('stories-de', 'de', { backend: 'wasm' });
const answering = await mkdtemp(join(tmpdir(), 'kk-asked-'));
afterAll(async () => {
  await tiny.dispose();
  await rm(answering, { recursive: true });
});
const { engine } = tiny.model.gpt;
const tokenizer = BytePairTokenizer.train(writeStories('de', { seed: 1, count: 60 }), { vocabSize: 600, specialTokens: Object.values(MARKS) });
await saveModel(answering, createTransformer(engine, { family: 'llama', vocabSize: tokenizer.vocabSize, contextLength: 64, layers: 2, heads: 2, width: 32, feedForwardWidth: 64 }, { seed: 7 }), { tokenizer: tokenizer.toJSON() });
const instructed = readyModel('answers-de', await loadModel(engine, answering), tokenizer);
const toolsFor = (): Tools => ({ ...toolsOf(tiny), model: (name) => Promise.resolve(name === 'answers-de' ? instructed : tiny.model) });

const recipe: VoteRecipe = { language: 'de', seed: 3, votes: ['a', 'b', 'a', 'b', 'a'], steps: 6, budget: 1000 };
const input: AskedModelsInput = { language: 'de', prompt: 'Der Hund lief los.\n\nWer?', temperature: 0.8, seed: 4, length: 12, voted: null };
const ask = async (changes: Partial<AskedModelsInput> = {}, tools = toolsFor()): Promise<readonly ModelAnswer[]> => (await runJob(askedJob, { ...input, ...changes }, tools)).result;

it('asks one model after the other, token by token, and again the same with the same seed', async () => {
  const { updates, result } = await runJob(askedJob, input, toolsFor());
  expect(result.map(({ name, family }) => [name, family])).toEqual([['completer', 'gpt'], ['instructed', 'llama']]);
  expect(updates.length).toBeGreaterThan(12);
  expect(updates[0]).toHaveLength(1);
  expect(await ask()).toEqual(result);
  expect(await ask({ seed: 5 })).not.toEqual(result);
  for (const { text } of result) expect(text).not.toContain('<|');
});

it('asks what has learned from votes, too: what was kept, or the same again', async () => {
  const tools = toolsFor();
  const { result } = await runJob(voteTuningJob, { recipe, texts: 1, guesses: 0 }, tools);
  const voted = { recipe, after: result.step };
  const kept = await ask({ voted }, { ...tools, preparing: () => expect.unreachable('it was kept') });
  expect(kept.map(({ name }) => name)).toEqual(['completer', 'instructed', 'preferred']);
  const shares: number[] = [];
  const again = await ask({ voted }, { ...toolsFor(), preparing: (what, share) => void (what === 'tuning' && shares.push(share)) });
  expect(again).toEqual(kept);
  expect(shares).toHaveLength(result.step);
});

it('makes room for the answer where a prompt is too long', async () => {
  const answers = await ask({ prompt: 'Der Hund lief los. '.repeat(40) });
  expect(answers).toHaveLength(2);
});

it('shows code that asks the same and prints the same answers', async () => {
  // What looks like a special token is ordinary text, there as here.
  const odd = { ...input, prompt: 'Der "Hund" lief <|end|> los.\n\nWer <|user|>?' };
  const { source, prints } = askedCode(odd, await ask(odd));
  const own = source.replace('apps/demo/models/stories-de', tiny.folder).replace('apps/demo/models/answers-de', answering).replace("init('wasm')", "init('wasm', { threads: 1 })");
  expect(prints.split('\n')).toHaveLength(2);
  expect(await runCode(own)).toBe(prints);
});

it.each(storyLanguages)('has a prompt of every kind in %s, as short as one’s own', (language) => {
  for (const kind of askedKinds) if (kind !== 'own') expect(promptOf(language, kind).length).toBeLessThanOrEqual(MOST_ASKED);
});

it('asks one question after the other, always takes the most probable token, and says how probable all of the answer was', async () => {
  const asked = { language: 'de', prompts: ['Der Hund lief los.\n\nWer <|end|>?', 'Der Hund lief los.\n\nWohin?'], length: 6 } as const;
  const { updates, result } = await runJob(sureJob, asked, toolsFor());
  expect(updates.map(({ answers }) => answers.length)).toEqual([1, 2]);
  const [greedy] = (await ask({ prompt: asked.prompts[0], temperature: 0, length: 6 })).slice(-1);
  expect(result.answers[0]!.text).toBe(greedy!.text);
  for (const { probability } of result.answers) {
    expect(probability).toBeGreaterThan(0);
    expect(probability).toBeLessThan(1);
  }
  const { source, prints } = sureCode(asked, result);
  expect(await runCode(source.replace('apps/demo/models/answers-de', answering).replace("init('wasm')", "init('wasm', { threads: 1 })"))).toBe(prints);
});

it.each(storyLanguages)('has questions in %s that can be written in the address and have room in the model', async (language) => {
  const shipped = await loadTokenizer(fileURLToPath(new URL(`../models/answers-${language}`, import.meta.url)));
  for (const { text, right } of questionsOf[language]) {
    expect(text.length).toBeLessThanOrEqual(MOST_QUESTION);
    expect(right.length).toBeGreaterThan(0);
    expect(askedIds(shipped, promptAbout(language, text)).length + ANSWER_LENGTH).toBeLessThanOrEqual(160);
  }
});

it('remembers finished runs by their language and votes, the newest last, and no broken ones', () => {
  const run = (changes: Partial<VoteRecipe>, end: VoteTuning['end'] = 'steps'): VoteTuning => ({ recipe: { ...recipe, language: 'en', ...changes }, end }) as VoteTuning;
  for (const one of [run({}), run({ votes: ['a', 'b'] }), run({ seed: 9 }, 'broken'), run({ seed: 9 }, null)]) keepRun(one);
  expect(newestVoted('en')!.recipe.votes).toEqual(['a', 'b']);
  expect(newestVoted('de')).toBeUndefined();
  expect(votedBefore('en', 3, 'ababab')!.recipe.votes).toEqual(['a', 'b']);
  expect([votedBefore('en', 3, 'b'), votedBefore('en', 9, 'ababa')]).toEqual([undefined, undefined]);
  keepRun(run({}));
  expect(newestVoted('en')!.recipe.votes).toEqual(recipe.votes);
});
