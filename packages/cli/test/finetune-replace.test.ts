// What --force replaces, and what a run does not go on with: no file of an earlier run stands beside those of a later one.
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;
const words = ['red', 'blue', 'green', 'old', 'new', 'big'];
const quick = ['--steps', '2', '--batch', '2', '--json', '--threads', '1'];

const finetune = (...argv: string[]) => kk(['finetune', ...argv], { cwd });
const bytesOf = (folder: string, file: string): Buffer => readFileSync(join(cwd, folder, file));
const namesIn = (folder: string): string[] => readdirSync(join(cwd, folder)).filter((name) => !name.startsWith('.')).sort();
const copy = (from: string, to: string): void => cpSync(join(cwd, from), join(cwd, to), { recursive: true });
const edit = (file: string, change: (json: Record<string, unknown>) => object): void => {
  const path = join(cwd, file);
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>)));
};

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(1500));
  writeFileSync(join(cwd, 'lines.jsonl'), words.map((word) => JSON.stringify({ prompt: `Is ${word}`, completion: ` it ${word}.` })).join('\n'));
  writeFileSync(join(cwd, 'pairs.jsonl'), words.map((word) => JSON.stringify({ prompt: `Is ${word}`, chosen: ` it ${word}.`, rejected: ' no.' })).join('\n'));
  for (const [out, seed] of [['base', '1'], ['other', '2']] as const) expect((await kk(['train', 'text.txt', '--tokenizer', 'bpe:270', ...tiny, '--seed', seed, '--context', '32', '--out', out, '--quiet'], { cwd })).stderr).toBe('');
  for (const [out, ...argv] of [['full', 'sft', 'lines.jsonl', '--full'], ['lora', 'sft', 'lines.jsonl', '--lora', '2'], ['reward', 'reward', 'pairs.jsonl', '--lora', '2']] as const) {
    const { exitCode, stderr } = await finetune(...argv, '--model', 'base', ...quick, '--out', out);
    expect([exitCode, stderr]).toEqual([0, '']);
  }
}, 120_000);

describe('--force', () => {
  const adapter = ['adapter_config.json', 'adapter_model.safetensors'];
  const model = ['config.json', 'model.safetensors'];

  it.each([
    ['an adapter in place of a model', 'full', ['sft', 'lines.jsonl', '--lora', '2'], adapter, model],
    ['a model in place of an adapter', 'lora', ['sft', 'lines.jsonl', '--full'], model, adapter],
    ['a model in place of a reward model', 'reward', ['sft', 'lines.jsonl', '--full'], model, [...adapter, 'reward_head.safetensors']],
  ] as const)('leaves nothing of the run before: %s', async (_, before, argv, there, gone) => {
    const out = `over-${before}`;
    copy(before, out);
    writeFileSync(join(cwd, out, 'notes.txt'), 'mine');
    const { exitCode, stderr } = await finetune(...argv, '--model', 'base', ...quick, '--out', out, '--force');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(namesIn(out)).toEqual(expect.arrayContaining([...there, 'checkpoint.safetensors', 'recipe.json', 'notes.txt']));
    for (const name of gone) expect(namesIn(out)).not.toContain(name);
  });

  it('leaves the run before as it is until the new one has something to save', async () => {
    copy('full', 'kept');
    const isAsBefore = (): boolean[] => ['recipe.json', 'checkpoint.safetensors', 'model.safetensors'].map((name) => bytesOf('kept', name).equals(bytesOf('full', name)));
    const events: string[] = [];
    const { exitCode } = await kk(['finetune', 'sft', 'lines.jsonl', '--model', 'base', '--lr', '0.5', ...quick, '--out', 'kept', '--force'], {
      cwd,
      onStdout: (text) => {
        const { event } = JSON.parse(text) as { event: string };
        events.push(event);
        if (!events.includes('save')) expect(isAsBefore()).toEqual([true, true, true]);
      },
    });
    expect([exitCode, events.includes('look'), events.includes('step')]).toEqual([0, true, true]);
    expect(isAsBefore()).toEqual([false, false, false]);

    copy('full', 'untouched');
    writeFileSync(join(cwd, 'bad.jsonl'), '{"prompt": 3}\n');
    expect((await finetune('sft', 'bad.jsonl', '--model', 'base', ...quick, '--out', 'untouched', '--force')).exitCode).toBe(1);
    for (const name of namesIn('full')) expect(bytesOf('untouched', name).equals(bytesOf('full', name)), name).toBe(true);
  });

  it('kk train leaves nothing of a tuning beside its model', async () => {
    copy('reward', 'trained');
    expect((await kk(['train', 'text.txt', '--tokenizer', 'bpe:270', ...tiny, '--steps', '1', '--warmup', '0', '--out', 'trained', '--force', '--quiet'], { cwd })).exitCode).toBe(0);
    expect(namesIn('trained')).toEqual(expect.arrayContaining([...model, 'checkpoint.safetensors']));
    for (const name of [...adapter, 'reward_head.safetensors', 'recipe.json']) expect(namesIn('trained')).not.toContain(name);
  });

  it('kk merge does not replace the base that only the adapter names, and leaves no adapter beside the merged model', async () => {
    const before = bytesOf('base', 'model.safetensors');
    const { exitCode, stderr } = await kk(['merge', 'lora', '--out', 'base', '--force'], { cwd });
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/base\/config\.json would be replaced, but it is read\./)]);
    expect(bytesOf('base', 'model.safetensors').equals(before)).toBe(true);
    copy('reward', 'merged');
    expect((await kk(['merge', 'lora', '--out', 'merged', '--force', '--threads', '1'], { cwd })).exitCode).toBe(0);
    expect(namesIn('merged')).toEqual(expect.arrayContaining(model));
    for (const name of [...adapter, 'reward_head.safetensors', 'recipe.json', 'checkpoint.safetensors']) expect(namesIn('merged')).not.toContain(name);
  });

  it('does not replace the base of the reward model that it asks', async () => {
    writeFileSync(join(cwd, 'prompts.jsonl'), '{"prompt": "Is red"}\n{"prompt": "Is blue"}\n');
    const { exitCode, stderr } = await finetune('grpo', 'prompts.jsonl', '--model', 'other', '--reward', 'reward', ...quick, '--out', 'base', '--force');
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/base\/config\.json would be replaced, but it is read\./)]);
    expect(existsSync(join(cwd, 'base', 'model.safetensors'))).toBe(true);
  });
});

describe('--resume', () => {
  it.each([
    ['lr', (recipe: object) => ({ ...recipe, lr: 0.5 }), /says that lr is 0\.5, but resumed\/checkpoint\.safetensors was trained with its default\./],
    ['alpha', (recipe: object) => ({ ...recipe, trained: { lora: { rank: 2, alpha: 9 } } }), /says that trained\.lora\.alpha is 9, but/],
    ['weightDecay', (recipe: object) => ({ ...recipe, weightDecay: 0.1 }), /says that weightDecay is 0\.1, but resumed\/checkpoint\.safetensors was trained with 0\./],
    ['lookEvery', (recipe: object) => ({ ...recipe, lookEvery: 1 }), /says that lookEvery is 1, but/],
  ] as const)('refuses a recipe with another %s than the checkpoint was trained with', async (_, change, says) => {
    copy('lora', 'resumed');
    edit('resumed/recipe.json', change);
    const { exitCode, stderr } = await finetune('sft', '--resume', 'resumed');
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(says)]);
    expect(stderr.replace(/\s+/g, ' ')).toContain('kk finetune sft --recipe resumed/recipe.json --out DIR');
  });

  it('looks as often as the run did before', async () => {
    expect((await finetune('sft', 'lines.jsonl', '--model', 'base', '--lora', '2', ...quick, '--look-every', '2', '--out', 'rare')).exitCode).toBe(0);
    expect(JSON.parse(bytesOf('rare', 'recipe.json').toString())).toMatchObject({ lookEvery: 2 });
    const { exitCode, stderr } = await finetune('sft', '--resume', 'rare', '--look-every', '1');
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/--look-every cannot be given with --resume/)]);
  });

  it('names a checkpoint that is cut short or empty, and a base that is another one', async () => {
    for (const length of [0, 20, 3000]) {
      copy('lora', 'damaged');
      writeFileSync(join(cwd, 'damaged/checkpoint.safetensors'), bytesOf('lora', 'checkpoint.safetensors').subarray(0, length));
      const { exitCode, stderr } = await finetune('sft', '--resume', 'damaged');
      expect([exitCode, stderr], String(length)).toEqual([1, expect.stringMatching(/^kk: damaged\/checkpoint\.safetensors is no checkpoint, or is damaged: /)]);
    }
    for (const [folder, verb] of [['lora', 'sft'], ['reward', 'reward']] as const) {
      copy('base', 'moved');
      copy(folder, 'on-moved');
      edit('on-moved/recipe.json', (recipe) => JSON.parse(JSON.stringify(recipe).replaceAll('../base', '../moved')) as object);
      copy('other', 'moved');
      const { exitCode, stderr } = await finetune(verb, '--resume', 'on-moved');
      expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/moved\/model\.safetensors is another file than when the run began: its SHA-256 was/)]);
      const again = await finetune(verb, '--recipe', 'on-moved/recipe.json', '--out', 'never');
      expect([again.exitCode, again.stderr]).toEqual([1, expect.stringMatching(/moved\/model\.safetensors is another file/)]);
      expect((await finetune(verb, '--recipe', 'on-moved/recipe.json', '--model', 'moved', '--json', '--out', `on-other-${folder}`)).exitCode).toBe(0);
    }
  });
});

it('an adapter whose settings are damaged is named, with its file', async () => {
  copy('lora', 'broken');
  writeFileSync(join(cwd, 'broken/adapter_config.json'), '{ "r": ');
  for (const argv of [['merge', 'broken', '--out', 'x'], ['eval', 'broken', '--data', 'text.txt'], ['chat', 'broken']]) {
    const { exitCode, stderr } = await kk([...argv, '--threads', '1'], { cwd, input: 'Is red\n' });
    expect([exitCode, stderr], argv[0]).toEqual([1, expect.stringMatching(/^kk: broken\/adapter_config\.json is damaged: it is not valid JSON/)]);
  }
});

it('an adapter that is used with another base than its own is used with a warning', async () => {
  copy('lora', 'warned');
  for (const [base, isOwn] of [['base', true], ['other', false]] as const) {
    const runs = [['eval', base, '--adapter', 'warned', '--data', 'text.txt'], ['merge', 'warned', '--model', base, '--out', `merged-on-${base}`]];
    for (const argv of runs) {
      const { exitCode, stderr } = await kk([...argv, '--threads', '1'], { cwd });
      expect([exitCode, stderr.replace(/\s+/g, ' ').trim()], argv.join(' ')).toEqual([0, isOwn ? '' : 'warned was trained on another base: the weights in other are not those that its recipe.json names. What it writes with them may make no sense.']);
    }
  }
});

it('kk finetune reward takes pairs that fill the context, and cuts longer ones to it', async () => {
  for (const [out, repeated, ...argv] of [['cut', 60, '--truncation', 'left'], ['whole', 0]] as const) {
    const prompt = repeated > 0 ? 'Is red '.repeat(repeated) : 'Is red';
    writeFileSync(join(cwd, 'long.jsonl'), words.map((word) => JSON.stringify({ prompt, chosen: ` ${word}.`, rejected: ` ${word} no.` })).join('\n'));
    const { exitCode, stderr } = await finetune('reward', 'long.jsonl', '--model', 'base', ...argv, ...quick, '--out', `reward-${out}`);
    expect([exitCode, stderr], out).toEqual([0, '']);
  }
});

describe('numbers and data that teach nothing', () => {
  it.each([
    [['dpo', 'pairs.jsonl', '--beta', '1e308'], /--beta.*from 0\.000001 to 1000000/],
    [['kto', 'ratings.jsonl', '--desirable-weight', '1e308'], /--desirable-weight.*from 0 to 1000000/],
    [['kto', 'ratings.jsonl', '--desirable-weight', '0', '--undesirable-weight', '0'], /--desirable-weight and --undesirable-weight are both 0: nothing would be learned\./],
    [['reward', 'pairs.jsonl', '--centering', '1e308'], /--centering.*from 0 to 1000000/],
    [['grpo', 'prompts.jsonl', '--reward', 'exact', '--temperature', '1e-300'], /--temperature.*from 0\.001 to 1000/],
  ] as const)('are refused as options: %j', async (argv, says) => {
    const { exitCode, stderr } = await finetune(...argv, '--model', 'base', '--out', 'never');
    expect([exitCode, stderr.replace(/\s+/g, ' ')]).toEqual([2, expect.stringMatching(says)]);
  });

  it.each([
    ['examples that are all too long', () => JSON.stringify({ text: 'so long '.repeat(60) }), [], /^kk: data\.jsonl: of 1 examples none is left,.*a longer context, or --truncation left\.$/],
    ['an answer that says nothing', () => JSON.stringify({ messages: [{ role: 'user', content: 'a' }, { role: 'assistant', content: '' }] }), [], /messages\[1\]\.content is "", and an answer that says nothing is none/],
    ['a template that is not closed', () => JSON.stringify({ prompt: 'a', completion: ' b' }), ['--as-chat', '--template', 'open.jinja'], /not valid Jinja: it ends in the middle, as where an \{% if %\} or a \{% for %\} is not closed\. Correct it, or use another template, such as --template chatml\./],
  ] as const)('are named: %s', async (_, line, argv, says) => {
    writeFileSync(join(cwd, 'data.jsonl'), line());
    writeFileSync(join(cwd, 'open.jinja'), '{% for message in messages %}{{ message.content }}');
    const { exitCode, stderr } = await finetune('sft', 'data.jsonl', '--model', 'base', ...argv, '--out', 'never');
    expect([exitCode, stderr.replace(/\s+/g, ' ').trim()]).toEqual([1, expect.stringMatching(says)]);
  });

  it('a folder in place of data, and an unknown option of an adapter, are named', async () => {
    const folder = await finetune('sft', 'base', '--model', 'base', '--out', 'never');
    expect([folder.exitCode, folder.stderr]).toEqual([1, expect.stringMatching(/^kk: Cannot read base: /)]);
    copy('lora', 'unknown');
    edit('unknown/recipe.json', (recipe) => ({ ...recipe, trained: { lora: { rank: 2, ranks: 3 } } }));
    const { exitCode, stderr } = await finetune('sft', '--recipe', 'unknown/recipe.json', '--out', 'never');
    expect([exitCode, stderr.replace(/\s+/g, ' ')]).toEqual([1, expect.stringMatching(/^kk: unknown\/recipe\.json: trained is .*"ranks":3.*an object with rank, alpha, dropout, targets, rsLora\./)]);
  });
});

it.each([
  ['batch', 1e9, 'batch is 1000000000; expected a whole number from 1 to 100000'],
  ['epochs', 1e6, 'epochs is 1000000; expected a number from 0 to 10000'],
  ['sha256', 'x', 'sha256 is "x"; expected the checksum of each file, by its path.'],
])('a recipe has the limits of the options: %s', async (field, value, says) => {
  copy('full', 'limits');
  edit('limits/recipe.json', (recipe) => ({ ...recipe, [field]: value }));
  expect((await finetune('sft', '--recipe', 'limits/recipe.json', '--out', 'changed')).stderr).toContain(says);
});
