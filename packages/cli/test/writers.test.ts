// Where --out is no ordinary file: links are followed, pipes and devices are written to or refused, and none of them is replaced.
import { spawnSync } from 'node:child_process';
import { createReadStream, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Context } from '../src/context.js';
import { createProgram, withVerbsBelow } from '../src/program.js';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

/** Every verb with --out, and the ending that its file has; none for a folder. */
const writers: Record<string, { argv: string[]; ending?: string }> = {
  demo: { argv: ['demo', '--seconds', '1'] },
  train: { argv: ['train', '--data', 'text.txt', ...tiny] },
  'tokenizer train': { argv: ['tokenizer', 'train', '--data', 'text.txt', '--type', 'char'], ending: '.json' },
  'tokenizer convert': { argv: ['tokenizer', 'convert', '--tokenizer', 'char.json'], ending: '.json' },
  'corpus write': { argv: ['corpus', 'write', '--lang', 'en', '--bytes', '1kB'], ending: '.txt' },
  'markov train': { argv: ['markov', 'train', '--data', 'text.txt', '--order', '1'], ending: '.markov' },
};
const ofFiles = Object.entries(writers).flatMap(([verb, { argv, ending }]) => (ending === undefined ? [] : [{ verb, argv, ending }]));
const ofFolders = Object.entries(writers).filter(([, { ending }]) => ending === undefined).map(([verb, { argv }]) => ({ verb, argv }));

let cwd: string;
let files = 0;

/** A new path for each test, with the ending. */
const newName = (ending = ''): string => `out-${++files}${ending}`;
const system = (command: string, ...args: string[]): boolean => spawnSync(command, args, { cwd }).status === 0;
const canMakeDevices = spawnSync('sh', ['-c', 'd=$(mktemp -d) && mknod "$d/full" c 1 7 && ! echo x > "$d/full"; s=$?; rm -rf "$d"; exit $s'], { stdio: 'ignore' }).status === 0;

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(2000));
  expect((await kk(['tokenizer', 'train', '--data', 'text.txt', '--type', 'char', '--out', 'char.json'], { cwd })).exitCode).toBe(0);
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

it('kk train follows a link to a folder and keeps it', async () => {
  const [link, folder] = [newName(), newName()];
  mkdirSync(join(cwd, folder));
  symlinkSync(folder, join(cwd, link));
  expect(await kk([...writers.train.argv, '--out', link, '--quiet'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
  expect(lstatSync(join(cwd, link)).isSymbolicLink()).toBe(true);
  expect(readdirSync(join(cwd, folder))).toContain('model.safetensors');
});
