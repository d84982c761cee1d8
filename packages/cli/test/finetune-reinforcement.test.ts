// Tuning by a reward: kk finetune grpo and ppo, on a tiny model that answers with one of two letters.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Interrupted } from '../src/errors.js';
import { grpoMethod } from '../src/finetune/reinforcement/method.js';
import { kk, temporaryFolder } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;
const words = ['red', 'blue', 'green', 'old', 'new', 'big', 'small', 'warm', 'cold', 'dark', 'light', 'fast'];
const lines = (make: (word: string, i: number) => object): string => words.map((word, i) => JSON.stringify(make(word, i))).join('\n');
const quick = ['--as-chat', '--max-tokens', '4', '--batch', '4', '--lr', '0.01', '--held-out', '0.25', '--json'];

const finetune = (...argv: string[]) => kk(['finetune', ...argv, '--threads', '1'], { cwd });
const bytesOf = (folder: string, file = 'adapter_model.safetensors'): Buffer => readFileSync(join(cwd, folder, file));
const recipeOf = (folder: string): unknown => JSON.parse(bytesOf(folder, 'recipe.json').toString());

interface LookEvent { event: string; step: number; reward: number; judge: number | null; kl: number; endsByItself: number; alarm: boolean }
const looksOf = (events: readonly unknown[]): LookEvent[] => (events as LookEvent[]).filter(({ event }) => event === 'look');

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(1500));
  writeFileSync(join(cwd, 'letters.jsonl'), lines((word, i) => ({ prompt: `What is ${word}?`, completion: i % 2 ? 'a' : 'b' })));
  writeFileSync(join(cwd, 'prompts.jsonl'), `${lines((word) => ({ prompt: `What is ${word}?`, answer: 'a' }))}\n${JSON.stringify({ prompt: 'What is red?', answer: 'a' })}`);
  writeFileSync(join(cwd, 'pairs.jsonl'), lines((word) => ({ prompt: `What is ${word}?`, chosen: 'a', rejected: 'b' })));
  for (const argv of [
    ['train', 'text.txt', '--tokenizer', 'bpe:270', '--layers', '2', '--heads', '2', '--width', '16', '--context', '64', '--batch', '4', '--steps', '12', '--lr', '0.01', '--out', 'writer', '--quiet'],
    ['finetune', 'sft', 'letters.jsonl', '--model', 'writer', '--as-chat', '--steps', '60', '--batch', '4', '--lr', '0.01', '--held-out', '0', '--out', 'base', '--quiet', '--threads', '1'],
    ['finetune', 'reward', 'pairs.jsonl', '--model', 'base', '--as-chat', '--steps', '20', '--batch', '4', '--lr', '0.01', '--lora', '4', '--held-out', '0', '--out', 'judge', '--quiet', '--threads', '1'],
  ]) {
    const { exitCode, stderr } = await kk(argv, { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
  }
}, 120_000);

describe.each([
  ['grpo', 'full', ['--full', '--group-size', '4'], { loss: {}, advantages: {}, groupSize: 4 }],
  ['grpo', 'lora', ['--lora', '4', '--group-size', '4', '--beta', '0.001', '--scale', 'batch', '--updates', '2', '--epsilon-low', '0.1', '--epsilon-high', '0.3'], { loss: { beta: 0.001, epsilonLow: 0.1, epsilonHigh: 0.3 }, advantages: { scale: 'batch' }, groupSize: 4 }],
  ['ppo', 'lora', ['--lora', '4', '--group-size', '4', '--kl-coefficient', '0.01', '--lambda', '0.9', '--clip-ratio', '0.3', '--value-coefficient', '0.2'], { loss: { clip: 0.3, valueCoefficient: 0.2 }, rewards: { klCoefficient: 0.01 }, advantages: { lambda: 0.9 }, groupSize: 4 }],
] as const)('kk finetune %s (%s)', (verb, trained, options, facts) => {
  const out = `${verb}-${trained}`;
  const file = trained === 'lora' ? 'adapter_model.safetensors' : 'model.safetensors';

  it('learns what is rewarded, from where its base is', async () => {
    const { json, exitCode, stderr } = await finetune(verb, 'prompts.jsonl', '--model', 'base', '--reward', 'exact', ...quick, ...options, '--steps', '24', '--look-every', '12', '--out', out);
    expect([exitCode, stderr]).toEqual([0, '']);
    const events = json();
    expect(events[0]).toMatchObject({ event: 'start', reward: 'exact', judge: null, ...facts, maxTokens: 4, temperature: 1, prompts: 10, heldOut: 3, duplicates: 1, dropped: 0, batchSize: 4, steps: 24, addedTokens: [] });
    const looks = looksOf(events);
    expect(looks.map(({ step }) => step)).toEqual([0, 12, 24]);
    expect(looks[0]!.kl).toBeCloseTo(0, 4);
    expect(looks[2]!.kl).not.toBe(looks[0]!.kl);
    const steps = (events as unknown as { event: string; measures: { kl?: number; reward: number } }[]).filter(({ event }) => event === 'step').map(({ measures }) => measures);
    expect(steps.map(({ kl }) => kl)).toEqual(trained === 'lora' ? [0, expect.any(Number), expect.any(Number)] : [undefined, undefined, undefined]);
    if (trained === 'lora') expect(steps.at(-1)!.kl!).toBeGreaterThan(0);
    expect(steps.at(-1)!.reward).toBeGreaterThan(steps[0]!.reward + 0.1);
    const done = events.at(-1) as { kept: string; answers: { prompt: string; expected: string }[] };
    expect(done).toMatchObject({ event: 'done', kept: 'last', steps: 24 });
    expect(done.answers.map(({ expected }) => expected)).toEqual(['a', 'a', 'a']);
    expect(existsSync(join(cwd, out, file))).toBe(true);
    expect(recipeOf(out)).toMatchObject({ format: 'kk-recipe-1', verb: `finetune ${verb}`, model: '../base', data: ['../prompts.jsonl'], reward: 'exact', temperature: 1 });
    expect((await kk(['chat', out, '--threads', '1', '--json'], { cwd, input: 'What is red?\n' })).exitCode).toBe(0);
  });

  it('its recipe, stopped by Ctrl-C, goes on with the same bits', async () => {
    const controller = new AbortController();
    const argv = ['finetune', verb, '--recipe', `${out}/recipe.json`, '--look-every', '12', '--save-every', '3', '--out', `${out}-stopped`, '--json', '--threads', '1'];
    const stopped = await kk(argv, { cwd, interrupt: controller.signal, onStdout: (text) => text.includes('"event":"save","step":3') && controller.abort(new Interrupted('Stopped.')) });
    expect([stopped.exitCode, stopped.stderr]).toEqual([130, expect.stringContaining(`finetune ${verb} --resume ${out}-stopped`)]);
    const resumed = await finetune(verb, '--resume', `${out}-stopped`, '--json');
    expect([resumed.exitCode, resumed.stderr]).toEqual([0, '']);
    expect(resumed.json()[0]).toMatchObject({ event: 'start', resumedFrom: 3 });
    expect(bytesOf(`${out}-stopped`, file).equals(bytesOf(out, file))).toBe(true);
  });
});

describe('rewards', () => {
  it('of a reward model, judged by the right answers; a recipe names its folder', async () => {
    const argv = ['--reward', 'judge', '--judge', 'exact', ...quick, '--lora', '2', '--group-size', '4', '--temperature', '1.5', '--reduction', 'dr-grpo'];
    const { json, exitCode, stderr } = await finetune('grpo', 'prompts.jsonl', '--model', 'base', ...argv, '--steps', '4', '--out', 'by-model');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(json()[0]).toMatchObject({ event: 'start', reward: join(cwd, 'judge'), judge: 'exact', loss: { reduction: 'dr-grpo' }, temperature: 1.5 });
    for (const { judge, alarm } of looksOf(json())) expect([judge! >= 0 && judge! <= 1, typeof alarm]).toEqual([true, 'boolean']);
    expect(recipeOf('by-model')).toMatchObject({ reward: '../judge', judge: 'exact', sha256: { '../judge/reward_head.safetensors': expect.stringMatching(/^[\da-f]{64}$/) as unknown } });
    expect((await finetune('grpo', '--recipe', 'by-model/recipe.json', '--out', 'by-model-again', '--json')).exitCode).toBe(0);
    expect(bytesOf('by-model-again').equals(bytesOf('by-model'))).toBe(true);
  });

  it('end a run that leaves its budget, and people read why', async () => {
    const { stdout, exitCode } = await finetune('ppo', 'prompts.jsonl', '--model', 'base', '--reward', 'exact', ...quick.slice(0, -1), '--lora', '4', '--group-size', '4', '--max-kl', '0.0001', '--steps', '40', '--out', 'budget');
    expect(exitCode).toBe(0);
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).toMatch(/Prompts prompts\.jsonl: 10 to learn, 3 to check on/);
    expect(said).toMatch(/Answers 4 to each prompt, of at most 4 tokens/);
    expect(said).toMatch(/Reward 1 for the right answer that ends by itself, else 0/);
    expect(said).toMatch(/Training 40 steps of 4 prompts/);
    expect(said).toMatch(/step 0: reward \d\.\d\d on unseen prompts; KL -?0\.00 nats an answer, \d+% end by themselves, \d\.\d tokens/);
    expect(said).toMatch(/Stopped after step \d+: its answers were \d\.\d\d nats from the base on the average, and --max-kl allows 0\.00\./);
    expect(said).toMatch(/Unseen prompts reward \d\.\d\d before, \d\.\d\d now/);
    expect(said).not.toContain('Loss per');
    expect(said).toContain('kk chat budget');
  });

  it('that no answer gets are said to teach nothing, in the line of progress and in the end', async () => {
    writeFileSync(join(cwd, 'never.jsonl'), lines((word) => ({ prompt: `What is ${word}?`, answer: `${word} ${word} ${word}` })));
    const { stdout } = await finetune('grpo', 'never.jsonl', '--model', 'base', '--reward', 'exact', ...quick.slice(0, -1), '--group-size', '2', '--steps', '2', '--out', 'never');
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).toMatch(/No answer to an unseen prompt was right\..*kk finetune sft/);
    const step = (withoutVariance: number) => ({ step: 1, loss: 0, seconds: 1, measures: { reward: 0.25, kl: 0.5, withoutVariance } });
    expect(grpoMethod.words.figures([step(1), step(0.5)])).toEqual(['reward 0.25', 'KL 0.50', '75% of prompts teach nothing']);
    expect(grpoMethod.words.figures([step(0.5)])).toEqual(['reward 0.25', 'KL 0.50']);
  });
});

describe('refuses', () => {
  const refuse = async (message: RegExp, exitCode: number, ...argv: string[]): Promise<void> => {
    const refused = await finetune('grpo', ...argv);
    expect([refused.exitCode, refused.stdout]).toEqual([exitCode, '']);
    expect(refused.stderr).toMatch(message);
  };
  const begin = ['--model', 'base', '--as-chat', '--out', 'refused'];

  it('a run without a reward, a folder that is no reward model, and a pattern that is none', async () => {
    await refuse(/grpo needs --reward[\s\S]*--reward exact compares with the answers in the data, --reward DIR asks a model/, 2, 'prompts.jsonl', ...begin);
    await refuse(/base is no reward model: reward_head\.safetensors is missing; expected exact, or the folder of a reward model\.[\s\S]*kk finetune reward/, 1, 'prompts.jsonl', ...begin, '--reward', 'base');
    await refuse(/--pattern "\(" is no regular expression/, 2, 'prompts.jsonl', ...begin, '--reward', 'exact', '--pattern', '(');
  });

  it('data without the right answers, or with two to one prompt, and prompts without room for one', async () => {
    writeFileSync(join(cwd, 'open.jsonl'), `${JSON.stringify({ prompt: 'What is red?', answer: 'a' })}\n${JSON.stringify({ prompt: 'What is blue?' })}`);
    await refuse(/open\.jsonl, line 2: there is no "answer"; expected the right one, which --reward exact compares with/, 1, 'open.jsonl', ...begin, '--reward', 'exact');
    writeFileSync(join(cwd, 'talk.jsonl'), JSON.stringify({ prompt: [{ role: 'user', content: 'What is red?' }], answer: 'a' }));
    await refuse(/--as-chat has no effect: talk\.jsonl has no prompt that is a text/, 2, 'talk.jsonl', ...begin, '--reward', 'exact');
    writeFileSync(join(cwd, 'two.jsonl'), ['a', 'b'].map((answer) => JSON.stringify({ prompt: 'What is red?', answer })).join('\n'));
    await refuse(/two\.jsonl, line 2: the answer is "b", and to the same prompt elsewhere "a"; expected one right answer to a prompt/, 1, 'two.jsonl', ...begin, '--reward', 'exact');
    await refuse(/No prompt leaves room for an answer of 60 tokens in the context of 64: give a smaller --max-tokens, or shorter prompts\./, 1, 'prompts.jsonl', ...begin, '--reward', 'exact', '--max-tokens', '60');
  });

  it('a reward model of another tokenizer', async () => {
    writeFileSync(join(cwd, 'other.txt'), babble(3000));
    const other = await kk(['train', 'other.txt', '--tokenizer', 'bpe:280', '--layers', '1', '--heads', '1', '--width', '8', '--context', '64', '--batch', '2', '--steps', '2', '--out', 'other', '--quiet'], { cwd });
    expect(other.exitCode).toBe(0);
    expect((await finetune('reward', 'pairs.jsonl', '--model', 'other', '--as-chat', '--steps', '2', '--held-out', '0', '--out', 'other-judge', '--quiet')).exitCode).toBe(0);
    await refuse(/The reward model in other-judge has another tokenizer than the base/, 1, 'prompts.jsonl', ...begin, '--reward', 'other-judge');
  });
});
