// What --out names: links are followed, pipes and devices are written to or refused, and nothing is replaced that is read or not mentioned.
import { spawnSync } from 'node:child_process';
import { createReadStream, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Context } from '../src/context.js';
import { createProgram, withVerbsBelow } from '../src/program.js';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

/** Every verb with --out, and the ending that its file has; none for a folder. */
const writers: Record<string, { argv: string[]; ending?: string; onlyFiles?: boolean }> = {
  demo: { argv: ['demo', '--seconds', '1'] },
  train: { argv: ['train', '--data', 'text.txt', ...tiny] },
  'finetune sft': { argv: ['finetune', 'sft', 'lines.jsonl', '--model', 'short', '--as-chat', '--steps', '2', '--threads', '1'] },
  ...Object.fromEntries(['dpo', 'orpo', 'simpo', 'reward', 'kto'].map((verb) => [`finetune ${verb}`, { argv: ['finetune', verb, verb === 'kto' ? 'ratings.jsonl' : 'pairs.jsonl', '--model', 'short', '--as-chat', '--steps', '2', '--threads', '1'] }])),
  ...Object.fromEntries(['grpo', 'ppo'].map((verb) => [`finetune ${verb}`, { argv: ['finetune', verb, 'prompts.jsonl', '--model', 'short', '--as-chat', '--reward', 'exact', '--lora', '2', '--group-size', '2', '--max-tokens', '4', '--steps', '2', '--threads', '1'] }])),
  'finetune vote': { argv: ['finetune', 'vote', 'lines.jsonl', '--model', 'short', '--as-chat', '--threads', '1'] },
  merge: { argv: ['merge', 'adapter', '--threads', '1'] },
  report: { argv: ['report', 'adapter', '--questions', '1', '--max-tokens', '4', '--threads', '1'], ending: '.md' },
  download: { argv: ['download', '--url', 'http://127.0.0.1:9/model'] },
  'tokenizer train': { argv: ['tokenizer', 'train', '--data', 'text.txt', '--type', 'char'], ending: '.json' },
  'tokenizer convert': { argv: ['tokenizer', 'convert', '--tokenizer', 'char.json'], ending: '.json' },
  'corpus write': { argv: ['corpus', 'write', '--lang', 'en', '--bytes', '1kB'], ending: '.txt' },
  'markov train': { argv: ['markov', 'train', '--data', 'text.txt', '--order', '1'], ending: '.markov' },
  'embed train': { argv: ['embed', 'train', '--data', 'text.txt', '--width', '4', '--epochs', '1'], ending: '.vec' },
  'embed convert': { argv: ['embed', 'convert', '--model', 'vectors.txt'], ending: '.safetensors' },
  tokenize: { argv: ['tokenize', '--data', 'text.txt', '--tokenizer', 'char'], ending: '.bin', onlyFiles: true },
  'embed project': { argv: ['embed', 'project', '--model', 'vectors.txt', '--ui-lang', 'en'], ending: '.svg' },
};
const ofFiles = Object.entries(writers).flatMap(([verb, { argv, ending, onlyFiles = false }]) => (ending === undefined ? [] : [{ verb, argv, ending, onlyFiles }]));
const ofFolders = Object.entries(writers).filter(([, { ending }]) => ending === undefined).map(([verb, { argv }]) => ({ verb, argv }));

/** Word vectors as a text. */
const vectors = '5 2\nup 0 1\ndown 0 -1\nleft -1 0\nright 1 0.1\nnorth 0.2 1\n';

let cwd: string;
let files = 0;

/** A new path for each test, with the ending. */
const newName = (ending = ''): string => `out-${++files}${ending}`;
const system = (command: string, ...args: string[]): boolean => spawnSync(command, args, { cwd }).status === 0;
const canMakeDevices = spawnSync('sh', ['-c', 'd=$(mktemp -d) && mknod "$d/full" c 1 7 && ! echo x > "$d/full"; s=$?; rm -rf "$d"; exit $s'], { stdio: 'ignore' }).status === 0;

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(2000));
  writeFileSync(join(cwd, 'vectors.txt'), vectors);
  expect((await kk(['tokenizer', 'train', '--data', 'text.txt', '--type', 'char', '--out', 'char.json'], { cwd })).exitCode).toBe(0);
  const lines = ['red', 'blue', 'green', 'old', 'new'].map((word) => JSON.stringify({ prompt: `What is ${word}?`, completion: `It is ${word}.` }));
  writeFileSync(join(cwd, 'lines.jsonl'), lines.join('\n'));
  writeFileSync(join(cwd, 'pairs.jsonl'), ['red', 'blue', 'green'].map((word) => JSON.stringify({ prompt: `What is ${word}?`, chosen: `It is ${word}.`, rejected: 'No idea.' })).join('\n'));
  writeFileSync(join(cwd, 'prompts.jsonl'), ['red', 'blue', 'green'].map((word) => JSON.stringify({ prompt: `What is ${word}?`, answer: word })).join('\n'));
  writeFileSync(join(cwd, 'ratings.jsonl'), ['red', 'blue', 'green', 'old'].map((word, i) => JSON.stringify({ prompt: `What is ${word}?`, completion: `It is ${word}.`, label: i % 2 === 0 })).join('\n'));
  for (const argv of [
    ['train', '--data', 'text.txt', '--tokenizer', 'bpe:270', ...tiny, '--context', '64', '--out', 'short'],
    ['finetune', 'sft', 'lines.jsonl', '--model', 'short', '--as-chat', '--lora', '2', '--steps', '20', '--out', 'adapter', '--threads', '1'],
  ]) {
    const { exitCode, stderr } = await kk(argv, { cwd });
    expect(exitCode, stderr).toBe(0);
  }
});

it('every verb with --out is here', () => {
  const io = { stdin: process.stdin, stdout: { write: () => true }, stderr: { write: () => true }, env: {}, cwd: '.', command: 'kk', interrupt: new AbortController().signal };
  const verbs = withVerbsBelow(createProgram(new Context(io))).filter(({ options }) => options.some((option) => option.attributeName() === 'out'));
  expect(Object.keys(writers).sort()).toEqual(verbs.map((verb) => verb.path.replace(/^kk /, '')).sort());
});

describe.each(ofFiles)('kk $verb', ({ argv, ending }) => {
  it('follows a link and keeps it', async () => {
    const [link, target] = [newName(ending), newName(ending)];
    writeFileSync(join(cwd, target), 'old');
    symlinkSync(target, join(cwd, link));
    expect((await kk([...argv, '--out', link], { cwd })).exitCode).toBe(1);
    expect(readFileSync(join(cwd, target), 'utf8')).toBe('old');
    expect(await kk([...argv, '--out', link, '--force'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(lstatSync(join(cwd, link)).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cwd, target), 'utf8')).not.toBe('old');
  });
});

describe.each(ofFiles.filter(({ onlyFiles }) => !onlyFiles))('kk $verb', ({ argv, ending }) => {
  it('writes into a pipe and keeps it', async () => {
    const [pipe, file] = [newName(ending), newName(ending)];
    expect(system('mkfifo', pipe)).toBe(true);
    let received = Buffer.alloc(0);
    const reader = createReadStream(join(cwd, pipe)).on('data', (chunk) => (received = Buffer.concat([received, chunk as Buffer])));
    const closed = new Promise<void>((resolve) => reader.on('close', resolve));
    expect(await kk([...argv, '--out', pipe], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    await closed;
    expect(lstatSync(join(cwd, pipe)).isFIFO()).toBe(true);
    await kk([...argv, '--out', file], { cwd });
    expect(received.equals(readFileSync(join(cwd, file)))).toBe(true);
  });

  it.skipIf(!canMakeDevices)('reports a full device and keeps it (needs the right to make devices)', async () => {
    const folder = newName();
    mkdirSync(join(cwd, folder));
    const device = join(folder, `full${ending}`);
    expect(system('mknod', device, 'c', '1', '7')).toBe(true);
    const { exitCode, stderr } = await kk([...argv, '--out', device], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/the disk is full/i);
    expect(stderr).toContain(device);
    expect(stderr).not.toMatch(/\.tmp\b|ENOSPC/);
    expect(lstatSync(join(cwd, device)).isCharacterDevice()).toBe(true);
    expect(readdirSync(join(cwd, folder))).toEqual([`full${ending}`]);
  });
});

describe.each(ofFiles.filter(({ onlyFiles }) => onlyFiles))('kk $verb', ({ argv, ending }) => {
  it('refuses a pipe, whose beginning cannot be written last, and keeps it', async () => {
    const folder = newName();
    mkdirSync(join(cwd, folder));
    const pipe = join(folder, `pipe${ending}`);
    expect(system('mkfifo', pipe)).toBe(true);
    const { exitCode, stderr } = await kk([...argv, '--out', pipe], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${pipe} is a pipe or a device; expected the name of a file`);
    expect(readdirSync(join(cwd, folder))).toEqual([`pipe${ending}`]);
  });
});

describe.each(ofFolders)('kk $verb', ({ argv }) => {
  it('refuses a pipe as its folder and keeps it', async () => {
    const pipe = newName();
    expect(system('mkfifo', pipe)).toBe(true);
    const { exitCode, stderr } = await kk([...argv, '--out', pipe], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${pipe} cannot be written`);
    expect(lstatSync(join(cwd, pipe)).isFIFO()).toBe(true);
  });
});

/** The verbs that read a file of the user, and how their command line begins when they read this one. */
const readers: Record<string, { argv: (input: string) => string[]; ending: string }> = {
  'tokenizer train': { argv: (input) => ['tokenizer', 'train', '--data', 'text.txt', input, '--type', 'wordpiece', '--vocab', '60'], ending: '.txt' },
  'tokenizer convert': { argv: (input) => ['tokenizer', 'convert', '--tokenizer', input], ending: '.json' },
  'markov train': { argv: (input) => ['markov', 'train', '--data', 'text.txt', `${input}:2`, '--order', '1'], ending: '.txt' },
  'markov train, a tokenizer': { argv: (input) => ['markov', 'train', '--data', 'text.txt', '--unit', input, '--order', '1'], ending: '.json' },
  'embed train': { argv: (input) => ['embed', 'train', '--data', 'text.txt', input, '--width', '4', '--epochs', '1'], ending: '.txt' },
  'embed convert': { argv: (input) => ['embed', 'convert', '--model', input], ending: '.vec' },
  'markov train, beside it': { argv: (input) => ['markov', 'train', '--data', input, '--unit', 'char.json', '--order', '1'], ending: '.tokenizer.json' },
};

describe.each(Object.entries(readers))('kk %s', (verb, { argv, ending }) => {
  it.each(['itself', 'a symbolic link', 'a hard link'])('does not replace what it reads, under the name of %s', async (kind) => {
    const base = newName();
    const input = `${base}${ending}`;
    const content = ending === '.json' ? readFileSync(join(cwd, 'char.json'), 'utf8') : babble(500);
    writeFileSync(join(cwd, input), content);
    const isBeside = verb.endsWith('beside it');
    const link = newName();
    const out = kind === 'itself' ? (isBeside ? base : input) : `${link}${isBeside ? '' : ending}`;
    const written = isBeside ? `${out}${ending}` : out;
    if (kind === 'a symbolic link') symlinkSync(input, join(cwd, written));
    if (kind === 'a hard link') linkSync(join(cwd, input), join(cwd, written));
    for (const force of [[], ['--force']]) {
      const { exitCode, stdout, stderr } = await kk([...argv(input), '--out', out, ...force], { cwd });
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^kk: ${written.replaceAll('.', '\\.')} would be replaced, but it is (?:read|the same file as ${input.replaceAll('.', '\\.')}, which is read)\\.\n {4}Choose another --out\\.`));
    }
    expect(readFileSync(join(cwd, input), 'utf8')).toBe(content);
  });
});

it('kk train does not replace a text of its folder', async () => {
  const folder = newName();
  mkdirSync(join(cwd, folder));
  writeFileSync(join(cwd, folder, 'config.json'), babble(2000));
  const { exitCode, stderr } = await kk(['train', '--data', `${folder}/config.json`, ...tiny, '--out', folder, '--force', '--quiet'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${folder}/config.json would be replaced`);
  expect(readFileSync(join(cwd, folder, 'config.json'), 'utf8')).toBe(babble(2000));
});

it('kk train needs a folder, and says so of a file', async () => {
  const { exitCode, stderr } = await kk([...writers.train.argv, '--out', 'char.json', '--quiet'], { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toBe('kk: char.json is a file; expected a folder.\n    Choose another --out.\n');
});

describe('what is written beside --out', () => {
  it.each(['vocab.json', 'merges.txt'])('merges.txt and vocab.json are replaced only when told, as %s', async (name) => {
    const folder = newName();
    const other = name === 'vocab.json' ? 'merges.txt' : 'vocab.json';
    mkdirSync(join(cwd, folder));
    writeFileSync(join(cwd, folder, other), 'mine');
    const argv = ['tokenizer', 'train', '--data', 'text.txt', '--vocab', '260', '--out', `${folder}/${name}`];
    const { exitCode, stderr } = await kk(argv, { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${folder}/${other} is there already`);
    expect(readdirSync(join(cwd, folder))).toEqual([other]);
    expect(readFileSync(join(cwd, folder, other), 'utf8')).toBe('mine');
    expect((await kk([...argv, '--force'], { cwd })).exitCode).toBe(0);
    expect(readFileSync(join(cwd, folder, other), 'utf8')).not.toBe('mine');
  });

  it('the tokenizer of an n-gram model is replaced only when told', async () => {
    const out = newName('.markov');
    const beside = join(cwd, `${out}.tokenizer.json`);
    writeFileSync(beside, 'notes');
    const argv = [...writers['markov train'].argv, '--unit', 'char.json', '--out', out];
    const { exitCode, stderr } = await kk(argv, { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${out}.tokenizer.json is there already`);
    expect(readFileSync(beside, 'utf8')).toBe('notes');
    expect((await kk([...argv, '--force'], { cwd })).exitCode).toBe(0);
    expect(readFileSync(beside, 'utf8')).not.toBe('notes');
    // The one that is there may be the unit.
    rmSync(join(cwd, out));
    expect(await kk([...writers['markov train'].argv, '--unit', `${out}.tokenizer.json`, '--out', out], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('a file that a model of characters does not need stays, and does not disturb it', async () => {
    const out = newName('.markov');
    const beside = join(cwd, `${out}.tokenizer.json`);
    writeFileSync(beside, 'notes');
    expect(await kk([...writers['markov train'].argv, '--out', out], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(beside, 'utf8')).toBe('notes');
    expect(await kk(['markov', 'generate', out, '--seed', '1'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    // A model that needs it says what is wrong with it.
    const tokens = newName('.markov');
    expect((await kk([...writers['markov train'].argv, '--unit', 'char.json', '--out', tokens], { cwd })).exitCode).toBe(0);
    writeFileSync(join(cwd, `${tokens}.tokenizer.json`), 'notes');
    expect((await kk(['markov', 'generate', tokens], { cwd })).stderr).toMatch(new RegExp(`${tokens}\\.tokenizer\\.json is not valid JSON`));
  });
});

describe('--out -', () => {
  it('is standard output for stories', async () => {
    const folder = temporaryFolder();
    const argv = ['corpus', 'write', '--lang', 'en', '--bytes', '1kB', '--out'];
    const written = await kk([...argv, '-'], { cwd: folder });
    expect(readdirSync(folder)).toEqual([]);
    await kk([...argv, 'stories.txt'], { cwd: folder });
    expect(written).toMatchObject({ exitCode: 0, stdout: readFileSync(join(folder, 'stories.txt'), 'utf8'), stderr: '' });
    for (const option of ['--force', '--json']) expect(await kk([...argv, '-', option], { cwd: folder })).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it.each(Object.entries(writers).filter(([verb]) => verb !== 'corpus write'))('is no place for %s', async (_, { argv }) => {
    const { exitCode, stdout, stderr } = await kk([...argv, '--out', '-'], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^kk: --out - is standard output/);
    expect(readdirSync(cwd)).not.toContain('-');
  });
});

it('kk train follows a link to a folder and keeps it', async () => {
  const [link, folder] = [newName(), newName()];
  mkdirSync(join(cwd, folder));
  symlinkSync(folder, join(cwd, link));
  expect(await kk([...writers.train.argv, '--out', link, '--quiet'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
  expect(lstatSync(join(cwd, link)).isSymbolicLink()).toBe(true);
  expect(readdirSync(join(cwd, folder))).toContain('model.safetensors');
});
