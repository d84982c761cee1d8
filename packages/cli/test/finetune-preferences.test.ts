// Tuning on what people prefer: kk finetune dpo, orpo, simpo, reward and kto, on a tiny model.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import picocolors from 'picocolors';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTokenizer } from '@kk/tokenizer/node';
import { loadAdapter, loadRewardHead } from '@kk/finetune/node';
import { resizeVocabulary } from '@kk/gpt';
import { loadModel } from '@kk/gpt/node';
import { init } from '@kk/nn-core';
import { Interrupted } from '../src/errors.js';
import { preferenceMethod } from '../src/finetune/preferences/method.js';
import { numberFormats } from '../src/terminal/numbers.js';
import { TrainingMeter, trainingLine } from '../src/training/meter.js';
import { kk, temporaryFolder } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;
const words = ['red', 'blue', 'green', 'old', 'new', 'big', 'small', 'warm', 'cold', 'dark', 'light', 'fast'];
const pairs = words.map((word) => JSON.stringify({ prompt: `What is ${word}?`, chosen: `It is ${word}.`, rejected: 'No idea.' }));
const quick = ['--as-chat', '--steps', '8', '--batch', '4', '--lr', '0.003', '--held-out', '0.25', '--json'];

const finetune = (...argv: string[]) => kk(['finetune', ...argv, '--threads', '1'], { cwd });
const bytesOf = (folder: string, file = 'model.safetensors'): Buffer => readFileSync(join(cwd, folder, file));

interface LookEvent { event: string; step: number; loss: number; accuracy: number; kl: number; endsByItself: number; meanTokens: number; isBest: boolean }
const looksOf = (events: readonly unknown[]): LookEvent[] => (events as LookEvent[]).filter(({ event }) => event === 'look');

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(1500));
  writeFileSync(join(cwd, 'pairs.jsonl'), [...pairs, pairs[0]].join('\n'));
  const base = await kk(['train', 'text.txt', '--tokenizer', 'bpe:270', '--layers', '2', '--heads', '2', '--width', '16', '--context', '64', '--batch', '4', '--steps', '12', '--lr', '0.01', '--out', 'base', '--quiet'], { cwd });
  expect(base.stderr).toBe('');
}, 60_000);

describe('kk finetune dpo', () => {
  it.each([['full', '--full'], ['lora', '--lora', '4']])('begins as its base does, and learns which answers are preferred (%s)', async (out, ...trained) => {
    const { json, exitCode, stderr } = await finetune('dpo', 'pairs.jsonl', '--model', 'base', ...quick, ...trained, '--look-every', '4', '--out', out);
    expect([exitCode, stderr]).toEqual([0, '']);
    const events = json();
    expect(events[0]).toMatchObject({ event: 'start', loss: { dpo: {} }, preferences: 10, heldOut: 3, duplicates: 1, dropped: 0, truncated: 0, batchSize: 4, steps: 8, addedTokens: ['<|im_start|>', '<|im_end|>'] });
    const looks = looksOf(events);
    expect(looks.map(({ step }) => step)).toEqual([0, 4, 8]);
    expect(looks[0]).toMatchObject({ loss: expect.closeTo(Math.LN2, 5) as unknown, kl: expect.closeTo(0, 4) as unknown });
    expect(looks[2]!.loss).toBeLessThan(looks[0]!.loss);
    expect(looks[2]!.accuracy).toBe(1);
    for (const { endsByItself, meanTokens } of looks) expect([endsByItself >= 0 && endsByItself <= 1, meanTokens >= 1 && meanTokens <= 64]).toEqual([true, true]);
    expect(events.find(({ event }) => event === 'step')).toMatchObject({ step: 1, loss: expect.closeTo(Math.LN2, 5) as unknown, measures: { margin: expect.closeTo(0, 5) as unknown, chosenLength: expect.any(Number) as unknown } });
    const done = events.at(-1) as { kept: string; answers: { prompt: string; learned: boolean; expected: string }[] };
    expect(done).toMatchObject({ event: 'done', kept: 'last', steps: 8 });
    expect(done.answers.map(({ learned }) => learned)).toEqual([false, false, false]);
    for (const { prompt, expected } of done.answers) expect(expected).toBe(`It is ${/What is (\w+)\?/.exec(prompt)?.[1]}.`);
    expect(existsSync(join(cwd, out, out === 'lora' ? 'adapter_model.safetensors' : 'model.safetensors'))).toBe(true);
    expect(JSON.parse(bytesOf(out, 'recipe.json').toString())).toMatchObject({ format: 'kk-recipe-1', verb: 'finetune dpo', model: '../base', data: ['../pairs.jsonl'], loss: { dpo: {} }, asChat: true, steps: 8 });
    expect((await kk(['chat', out, '--threads', '1', '--json'], { cwd, input: 'What is red?\n' })).exitCode).toBe(0);
  });

  it('shows the same to people', async () => {
    const { stdout } = await finetune('dpo', 'pairs.jsonl', '--model', 'base', '--as-chat', '--steps', '2', '--batch', '4', '--lora', '2', '--held-out', '0.25', '--out', 'people');
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).toMatch(/Pairs pairs\.jsonl: 10 to learn, 3 to check on/);
    expect(said).toMatch(/Note 1 duplicate\./);
    expect(said).toMatch(/Training 2 steps of 4 pairs/);
    expect(said).toMatch(/step 0: loss 0\.693 on unseen pairs, right in \d+%, margin 0\.00; KL 0\.00 nats an answer, \d+% end by themselves, \d+\.\d tokens/);
    expect(said).toContain('The straight line at 0.69 is a model that prefers neither answer more than the base does.');
    expect(said).toMatch(/Unseen pairs loss 0\.693 before, 0\.\d{3} now; the chosen answer has the higher reward in \d+%/);
    expect(said).toMatch(/Distance -?\d\.\d\d nats an answer from the base/);
    expect(said).toMatch(/Its answers \d+% ended by themselves before, \d+% now/);
    expect(said).toContain('2 steps hardly change a model.');
    expect(said).toContain('kk chat people');
  });

  it('has accuracy and margin of the last steps in the line of progress', () => {
    const meter = new TrainingMeter(4);
    const steps = [[0.5, 1], [1, 2]].map(([accuracy, margin], i) => ({ step: i + 1, loss: 0.5, seconds: 1, measures: { accuracy: accuracy!, margin: margin! } }));
    for (const step of steps) meter.add({ ...step, tokens: 100 });
    const more = preferenceMethod('dpo').words.figures(steps);
    expect(more).toEqual(['right in 75%', 'margin 1.50']);
    expect(trainingLine(meter, { interactive: false, columns: 80, colors: picocolors.createColors(false), numbers: numberFormats('en'), more })).toMatch(/^ step 2 of 4, loss 0\.500, right in 75%, margin 1\.50, 100 tokens\/s, .* left$/);
  });

  it('warns of a model that went far to please', async () => {
    const { stdout } = await finetune('dpo', 'pairs.jsonl', '--model', 'base', '--as-chat', '--steps', '40', '--batch', '4', '--lr', '0.03', '--held-out', '0.25', '--keep', 'last', '--out', 'far');
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/may have learned to please rather than to answer: .*(nats an answer from the base|end by themselves|are (longer|shorter))/);
  });

  it('a recipe runs again with the same bits, and with what is given instead', async () => {
    expect((await finetune('dpo', '--recipe', 'lora/recipe.json', '--look-every', '4', '--out', 'again', '--json')).exitCode).toBe(0);
    expect(bytesOf('again', 'adapter_model.safetensors').equals(bytesOf('lora', 'adapter_model.safetensors'))).toBe(true);
    const other = await finetune('dpo', '--recipe', 'lora/recipe.json', '--form', 'ipo-paper', '--beta', '0.5', '--steps', '3', '--out', 'other', '--json');
    expect(other.json()[0]).toMatchObject({ loss: { dpo: { form: 'ipo-paper', beta: 0.5 } }, steps: 3 });
    expect(looksOf(other.json())[0]!.loss).toBeCloseTo(1, 4);
    expect(JSON.parse(bytesOf('other', 'recipe.json').toString())).toMatchObject({ loss: { dpo: { form: 'ipo-paper', beta: 0.5 } } });
    const wrongVerb = await finetune('orpo', '--recipe', 'lora/recipe.json', '--out', 'wrong');
    expect([wrongVerb.exitCode, wrongVerb.stderr]).toEqual([1, expect.stringMatching(/no recipe of kk finetune orpo: its verb is "finetune dpo"\.\n.*Give it to kk finetune dpo\./)]);
    writeFileSync(join(cwd, 'lora', 'changed.json'), JSON.stringify({ ...(JSON.parse(bytesOf('lora', 'recipe.json').toString()) as object), loss: { orpo: {} } }));
    expect((await finetune('dpo', '--recipe', 'lora/changed.json', '--out', 'wrong')).stderr).toMatch(/loss is \{"orpo":\{\}\}; expected \{ "dpo": \{\.\.\.\} \}/);
  });

  it.each(['full', 'lora'])('goes on with the same bits after Ctrl-C (%s)', async (what) => {
    const file = what === 'full' ? 'model.safetensors' : 'adapter_model.safetensors';
    const controller = new AbortController();
    const argv = ['finetune', 'dpo', '--recipe', `${what}/recipe.json`, '--look-every', '4', '--save-every', '3', '--out', `${what}-stopped`, '--json', '--threads', '1'];
    const stopped = await kk(argv, { cwd, interrupt: controller.signal, onStdout: (text) => text.includes('"event":"save","step":3') && controller.abort(new Interrupted('Stopped.')) });
    expect([stopped.exitCode, stopped.stderr]).toEqual([130, expect.stringContaining(`finetune dpo --resume ${what}-stopped`)]);
    const resumed = await finetune('dpo', '--resume', `${what}-stopped`, '--json');
    expect([resumed.exitCode, resumed.stderr]).toEqual([0, '']);
    expect(resumed.json()[0]).toMatchObject({ event: 'start', resumedFrom: 3 });
    expect(bytesOf(`${what}-stopped`, file).equals(bytesOf(what, file))).toBe(true);
    expect((await finetune('dpo', '--resume', `${what}-stopped`)).stdout).toMatch(/already finished: all 8 steps are done[\s\S]*kk finetune dpo --recipe/);
  });
});

it.each([
  ['orpo', { beta: 0.2, nll: 'trl' }, ['--beta', '0.2', '--nll', 'trl']],
  ['simpo', { gamma: 1, sftWeight: 0.1 }, ['--gamma', '1', '--sft-weight', '0.1']],
  ['simpo', { hinge: true }, ['--hinge']],
  ['dpo', { form: 'robust', labelSmoothing: 0.2 }, ['--form', 'robust', '--label-smoothing', '0.2']],
  ['dpo', { referenceFree: true, referenceFreeRewards: 'mitchell' }, ['--reference-free', '--reference-free-rewards', 'mitchell']],
] as const)('kk finetune %s takes the options of its loss as the library names them: %j', async (name, options, argv) => {
  const out = `options-${argv.join('').replace(/[^a-z]/g, '')}`;
  const { json, exitCode, stderr } = await finetune(name, 'pairs.jsonl', '--model', 'base', ...quick, '--lora', '2', ...argv, '--out', out);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(json()[0]).toMatchObject({ event: 'start', loss: { [name]: options } });
  const looks = looksOf(json());
  expect(looks.at(-1)!.loss).toBeLessThan(looks[0]!.loss);
});

describe('kk finetune reward', () => {
  it.each([['reward-full', '--full'], ['reward-lora', '--lora', '4']])('says which answer is better, and saves what says so (%s)', async (out, ...trained) => {
    const { json, exitCode, stderr } = await finetune('reward', 'pairs.jsonl', '--model', 'base', '--as-chat', '--steps', '30', '--batch', '4', '--lr', '0.01', '--held-out', '0.25', '--keep', 'last', '--centering', '0.01', '--json', ...trained, '--out', out);
    expect([exitCode, stderr]).toEqual([0, '']);
    const events = json();
    expect(events[0]).toMatchObject({ event: 'start', preferences: 10, heldOut: 3, duplicates: 1, batchSize: 4, steps: 30 });
    const looks = looksOf(events);
    expect(looks.at(-1)!.loss).toBeLessThan(looks[0]!.loss);
    expect(looks.at(-1)!.accuracy).toBe(1);
    expect(events.at(-1)).toMatchObject({ event: 'done', answers: [] });
    expect(JSON.parse(bytesOf(out, 'recipe.json').toString())).toMatchObject({ verb: 'finetune reward', centering: 0.01, margins: false });
    // Read again, it prefers the answers that were chosen, as prompts of the template.
    const tokenizer = await loadTokenizer(join(cwd, out, 'tokenizer.json'));
    const engine = await init('wasm', { threads: 1 });
    const model = await loadModel(engine, join(cwd, out === 'reward-lora' ? 'base' : out));
    if (out === 'reward-lora') {
      await resizeVocabulary(model, tokenizer.vocabSize);
      await loadAdapter(join(cwd, out), model);
    }
    const reward = await loadRewardHead(join(cwd, out), model);
    const text = (answer: string): number[] => tokenizer.encode(`<|im_start|>user\nWhat is red?<|im_end|>\n<|im_start|>assistant\n${answer}<|im_end|>`, { allowedSpecial: 'all' });
    const [chosen, rejected] = await reward.rewardsOf([text('It is red.'), text('No idea.')]);
    expect(chosen!).toBeGreaterThan(rejected!);
    engine.dispose();
  });

  it('wants answers to differ by the margin of their pair with --margins', async () => {
    const wide = words.map((word) => JSON.stringify({ prompt: `What is ${word}?`, chosen: `It is ${word}.`, rejected: 'No idea.', margin: 3 }));
    writeFileSync(join(cwd, 'margins.jsonl'), wide.join('\n'));
    const lossBefore = async (...argv: string[]): Promise<number> => {
      const { json, exitCode, stderr } = await finetune('reward', 'margins.jsonl', '--model', 'base', '--as-chat', '--steps', '1', '--batch', '4', '--lora', '2', '--json', ...argv, '--out', `margins${argv.length}`);
      expect([exitCode, stderr]).toEqual([0, '']);
      return (json().find(({ event }) => event === 'step') as unknown as { loss: number }).loss;
    };
    // -ln sigmoid(difference - margin) of the same pairs: a margin of 3 adds at most 3, and half of that where the answers differ by nothing.
    const added = (await lossBefore('--margins')) - (await lossBefore());
    expect(added).toBeGreaterThan(1);
    expect(added).toBeLessThan(3);
  });

  it('goes on with the same bits after Ctrl-C, and shows people what it measures', async () => {
    const controller = new AbortController();
    const argv = ['finetune', 'reward', '--recipe', 'reward-lora/recipe.json', '--save-every', '7', '--out', 'reward-stopped', '--json', '--threads', '1'];
    const stopped = await kk(argv, { cwd, interrupt: controller.signal, onStdout: (text) => text.includes('"event":"save","step":7') && controller.abort(new Interrupted('Stopped.')) });
    expect([stopped.exitCode, stopped.stderr]).toEqual([130, expect.stringContaining('finetune reward --resume reward-stopped')]);
    const resumed = await finetune('reward', '--resume', 'reward-stopped');
    const said = resumed.stdout.replace(/\s+/g, ' ');
    expect(said).toMatch(/Unseen pairs loss \d\.\d{3} before, \d\.\d{3} now; right in \d+% before, 100% now/);
    expect(said).toContain('The straight line at 0.69 is a model that finds both answers equally good.');
    for (const file of ['adapter_model.safetensors', 'reward_head.safetensors']) expect(bytesOf('reward-stopped', file).equals(bytesOf('reward-lora', file))).toBe(true);
  });
});

describe('kk finetune kto', () => {
  beforeAll(() => writeFileSync(join(cwd, 'ratings.jsonl'), words.map((word, i) => JSON.stringify({ prompt: `What is ${word}?`, completion: i % 2 ? 'No idea.' : `It is ${word}.`, label: i % 2 === 0 })).join('\n')));

  it.each([['kto-full', '--full'], ['kto-lora', '--lora', '4']])('learns from single answers which are wanted (%s)', async (out, ...trained) => {
    const { json, exitCode, stderr } = await finetune('kto', 'ratings.jsonl', '--model', 'base', ...quick, ...trained, '--desirable-weight', '1.2', '--look-every', '4', '--out', out);
    expect([exitCode, stderr]).toEqual([0, '']);
    const events = json();
    expect(events[0]).toMatchObject({ event: 'start', loss: { desirableWeight: 1.2 }, ratings: 9, heldOut: 3, dropped: 0, truncated: 0, batchSize: 4, steps: 8 });
    const looks = looksOf(events);
    expect(looks.map(({ step }) => step)).toEqual([0, 4, 8]);
    expect(looks[0]).toMatchObject({ kl: expect.closeTo(0, 4) as unknown });
    expect(looks.at(-1)!.loss).toBeLessThan(looks[0]!.loss);
    const controller = new AbortController();
    const argv = ['finetune', 'kto', '--recipe', `${out}/recipe.json`, '--look-every', '4', '--save-every', '3', '--out', `${out}-stopped`, '--json', '--threads', '1'];
    const stopped = await kk(argv, { cwd, interrupt: controller.signal, onStdout: (text) => text.includes('"event":"save","step":3') && controller.abort(new Interrupted('Stopped.')) });
    expect(stopped.exitCode).toBe(130);
    const resumed = await finetune('kto', '--resume', `${out}-stopped`);
    const said = resumed.stdout.replace(/\s+/g, ' ');
    expect(said).toMatch(/Ratings ratings\.jsonl: 9 to learn, \d of them wanted; 3 to check on/);
    expect(said).toMatch(/Unseen ratings loss 0\.\d{3} before, 0\.\d{3} now; wanted answers have a reward -?\d\.\d\d above that of others/);
    expect(said).toMatch(/The straight line at 0\.5\d is the base\. Loss per rating\./);
    const file = out === 'kto-full' ? 'model.safetensors' : 'adapter_model.safetensors';
    expect(bytesOf(`${out}-stopped`, file).equals(bytesOf(out, file))).toBe(true);
  });

  it('reads ratings of kk corpus write, and names lines that are none', async () => {
    expect((await kk(['corpus', 'write', '--kind', 'ratings', '--rule', 'speech', '--lang', 'de', '--count', '8', '--out', 'speech.jsonl'], { cwd })).stdout).toContain('kk finetune kto speech.jsonl --model DIR');
    const { json, exitCode, stderr } = await finetune('kto', 'speech.jsonl', '--model', 'base', '--truncation', 'left', '--held-out', '0', '--steps', '2', '--batch', '2', '--lora', '2', '--json', '--out', 'speech');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(json()[0]).toMatchObject({ ratings: 8, truncated: 7, dropped: 1 });
    const alone = await finetune('kto', 'ratings.jsonl', '--model', 'base', '--as-chat', '--steps', '2', '--batch', '2', '--lora', '2', '--out', 'alone');
    expect(alone.stdout.replace(/\s+/g, ' ')).toMatch(/11 to learn, \d of them wanted; 1 to check on Note what is held out is not measured, because too few ratings of it are there or fit\./);
    const refused = await finetune('kto', 'pairs.jsonl', '--model', 'base', '--out', 'refused');
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringMatching(/Line 1 of .*pairs\.jsonl: label is missing/)]);
  });
});

it('reads preferences of kk corpus write', async () => {
  expect((await kk(['corpus', 'write', '--kind', 'preferences', '--rule', 'joy', '--lang', 'en', '--count', '12', '--out', 'joy.jsonl'], { cwd })).stdout).toContain('kk finetune dpo joy.jsonl --model DIR');
  const { json, exitCode } = await finetune('dpo', 'joy.jsonl', '--model', 'base', '--truncation', 'left', '--steps', '2', '--batch', '2', '--json', '--out', 'joy');
  expect(exitCode).toBe(0);
  expect(json()[0]).toMatchObject({ preferences: 11, heldOut: 1 });
});

it('kk report asks what the pairs answer, or other questions', async () => {
  const own = await kk(['report', '--tuned', 'full', '--max-tokens', '2', '--questions', '3', '--threads', '1'], { cwd });
  expect([own.exitCode, own.stderr]).toEqual([0, '']);
  expect(own.stdout.replace(/\s+/g, ' ')).toMatch(/Questions: 3\. Each time the likeliest answer\. The questions are the prompts of its recipe: it learned from answers to them\. Both answers to each question, side by side: --out report\.html\. $/);
  expect(own.stdout).not.toContain('Loss');
  for (const argv of [['chat', 'reward-lora'], ['generate', 'reward-full', '--prompt', 'a'], ['merge', 'reward-lora', '--out', 'merged']]) expect((await kk(argv, { cwd, input: 'a\n' }))).toMatchObject({ exitCode: 1, stderr: `kk: ${argv[1]} is a reward model: it says how good an answer is, and writes none.\n    Tune with it: kk finetune grpo or ppo with --reward DIR.\n` });
  expect((await kk(['report', 'reward-lora'], { cwd })).stderr).toBe('kk: reward-lora says how good an answer is, and does not answer itself: there is nothing to compare with its base.\n');
  writeFileSync(join(cwd, 'questions.jsonl'), JSON.stringify({ messages: [{ role: 'user', content: 'What is red?' }, { role: 'assistant', content: 'It is red.' }] }));
  const { last, exitCode } = await kk(['report', 'full', '--data', 'questions.jsonl', '--max-tokens', '2', '--json', '--threads', '1'], { cwd });
  expect([exitCode, Object.keys(last()!)]).toEqual([0, expect.arrayContaining(['base', 'tuned'])]);
});

it('names what is wrong, and what to do', async () => {
  const lines = (name: string, ...all: object[]): string => {
    writeFileSync(join(cwd, name), all.map((line) => JSON.stringify(line)).join('\n'));
    return name;
  };
  for (const [argv, code, said] of [
    [['dpo', lines('no-rejected.jsonl', { prompt: 'a', chosen: 'b' }), '--model', 'base'], 1, /Line 1 of .*no-rejected\.jsonl: rejected is missing among the fields/],
    [['dpo', lines('same.jsonl', { prompt: 'a ', chosen: 'b', rejected: 'b' }), '--model', 'base', '--as-chat'], 1, /same\.jsonl, line 1: the chosen and the rejected answer are the same tokens/],
    [['dpo', lines('long.jsonl', { prompt: 'What is it? '.repeat(40), chosen: 'a', rejected: 'b' }), '--model', 'base', '--as-chat'], 1, /of 1 preferences none is left, since each is longer than the context of 64/],
    [['dpo', lines('talks.jsonl', { prompt: [{ role: 'user', content: 'a' }], chosen: [{ role: 'assistant', content: 'b' }], rejected: [{ role: 'assistant', content: 'c' }] }), '--model', 'base', '--as-chat', '--out', 'refused'], 2, /--as-chat has no effect: talks\.jsonl has no prompt that is a text/],
    [['kto', lines('talk.jsonl', { prompt: [{ role: 'user', content: 'a' }], completion: [{ role: 'assistant', content: 'b' }], label: true }), '--model', 'base', '--as-chat', '--out', 'refused'], 2, /--as-chat has no effect: talk\.jsonl has no prompt/],
    [['dpo', 'missing.jsonl', '--model', 'base'], 1, /missing\.jsonl/],
    [['dpo', 'pairs.jsonl'], 2, /kk finetune dpo needs --model DIR/],
    [['dpo'], 2, /kk finetune dpo needs --data FILE\.\.\./],
    [['dpo', 'pairs.jsonl', '--model', 'base', '--form', 'hinge', '--label-smoothing', '0.1'], 2, /--label-smoothing has no effect with --form hinge/],
    [['dpo', 'pairs.jsonl', '--model', 'base', '--form', 'ipo'], 2, /--form.*sigmoid, robust, hinge, ipo-trl, ipo-paper, sigmoid-norm/],
    [['dpo', 'pairs.jsonl', '--model', 'base', '--beta', '0'], 2, /--beta.*Expected a number from 0\.000001 to 1000000/],
    [['dpo', 'pairs.jsonl', '--model', 'base', '--reference-free-rewards', 'loss'], 2, /--reference-free-rewards has no effect without --reference-free/],
    [['simpo', 'pairs.jsonl', '--model', 'base', '--gamma', '1', '--gamma-beta-ratio', '1'], 2, /--gamma-beta-ratio cannot be given with --gamma/],
    [['dpo', 'pairs.jsonl', '--model', 'lora'], 1, /lora is an adapter; expected a model to tune/],
    [['dpo', '--resume', 'base'], 1, /base holds no tuning to go on with[\s\S]*kk finetune dpo --data FILE/],
    [['dpo', '--resume', 'full', '--beta', '1'], 2, /--beta cannot be given with --resume/],
  ] as const) {
    const { exitCode, stderr } = await finetune(...argv, ...(code === 1 && !argv.includes('--resume' as never) ? ['--out', 'refused'] : []));
    expect([argv.join(' '), exitCode, stderr]).toEqual([argv.join(' '), code, expect.stringMatching(said)]);
  }
  expect(existsSync(join(cwd, 'refused', 'model.safetensors'))).toBe(false);
});
