// What is looked at before the first step: who else writes there, whether one can write there at all, and what killed runs have left.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '@kk/whole-file';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { kk, temporaryFolder, tiny, type Result } from './support/kk.js';
import { babble } from './support/texts.js';

/** What the file system says to every attempt to write; nothing special if undefined. */
const disk = vi.hoisted(() => ({ code: undefined as string | undefined }));

vi.mock('@kk/whole-file', async (original) => {
  const real = await original<{ checkWritable: (folder: string) => Promise<string | undefined> }>();
  const checkWritable = (folder: string): Promise<string | undefined> =>
    disk.code === undefined ? real.checkWritable(folder) : Promise.reject(Object.assign(new Error(`${disk.code}: open '${folder}'`), { code: disk.code }));
  return { ...real, checkWritable };
});

let cwd: string;
const small = [...tiny, '--threads', '1', '--quiet'];
const train = (...more: string[]): Promise<Result> => kk(['train', '--data', 'text.txt', ...small, ...more], { cwd });

beforeAll(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(2000));
});

afterEach(() => {
  disk.code = undefined;
});

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  return child.pid!;
}

describe('two runs in one folder', () => {
  it('the second is refused while the first lives, and the first comes to its end', async () => {
    let second: Promise<Result[]> | undefined;
    const onStdout = (line: string): void => {
      if (line.includes('"save","step":5')) second = Promise.all([train('--out', 'run', '--force'), kk(['train', '--resume', 'run'], { cwd }), kk(['demo', '--out', 'run'], { cwd })]);
    };
    const first = await kk(['train', '--data', 'text.txt', ...tiny, '--threads', '1', '--save-every', '5', '--json', '--out', 'run'], { cwd, onStdout });
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    for (const { exitCode, stderr } of await second!) {
      expect(exitCode).toBe(1);
      expect(stderr).toBe(`kk: Process ${process.pid} is writing to run.\n    Wait for its end, or choose another folder: --out DIR.\n`);
    }
    expect(readdirSync(join(cwd, 'run')).sort()).toEqual(['checkpoint.safetensors', 'config.json', 'model.safetensors', 'tokenizer.json']);
    expect((await train('--out', 'run', '--force')).exitCode).toBe(0);
  });

  it('takes over from a dead process, and tidies up what it left', async () => {
    expect((await train('--out', 'killed')).exitCode).toBe(0);
    const folder = join(cwd, 'killed');
    const lock = await lockFolder(folder);
    const held = JSON.parse(readFileSync(join(folder, '.kk.lock'), 'utf8')) as { host: string };
    lock.release();
    const pid = await deadProcess();
    writeFileSync(join(folder, '.kk.lock'), JSON.stringify({ ...held, pid }));
    writeFileSync(join(folder, `checkpoint.safetensors.${held.host}-${pid}-.0123456789ab.tmp`), 'half');
    expect(await kk(['train', '--resume', 'killed', '--quiet'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readdirSync(folder).sort()).toEqual(['checkpoint.safetensors', 'config.json', 'model.safetensors', 'tokenizer.json']);
  });

  it('--resume beside a run that has no checkpoint yet says which process is at work', async () => {
    mkdirSync(join(cwd, 'young'));
    const lock = await lockFolder(join(cwd, 'young'));
    const beside = await kk(['train', '--resume', 'young'], { cwd });
    expect(beside).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`There is no checkpoint in young yet: process ${process.pid} is at work in it.\n`) });
    lock.release();
    expect((await kk(['train', '--resume', 'young'], { cwd })).stderr).toContain('There is no checkpoint in young.\n');
  });

  it('names a folder that has the name of the lock', async () => {
    mkdirSync(join(cwd, 'odd', '.kk.lock'), { recursive: true });
    const { exitCode, stderr } = await train('--out', 'odd');
    expect([exitCode, stderr]).toEqual([1, 'kk: odd/.kk.lock is a folder; expected the lock file of a run, or nothing: remove it.\n']);
    expect(readdirSync(join(cwd, 'odd'))).toEqual(['.kk.lock']);
  });

  it('a run that cannot start lets others in, and leaves no folder behind', async () => {
    expect((await train('--out', 'a/b/c', '--context', '2000')).stderr).toContain('one context of 2000 needs 2001');
    expect(existsSync(join(cwd, 'a'))).toBe(false);
    mkdirSync(join(cwd, 'there'));
    await train('--out', 'there', '--context', '2000');
    expect(readdirSync(join(cwd, 'there'))).toEqual([]);
  });
});

describe('a folder that cannot be written to', () => {
  const verbs: [string, string[]][] = [
    ['train', ['train', '--data', 'text.txt', ...small, '--out', 'shut/model']],
    ['demo', ['demo', '--out', 'shut/model']],
    ['tokenizer train', ['tokenizer', 'train', '--data', 'text.txt', '--out', 'shut/tokenizer.json']],
    ['tokenizer convert', ['tokenizer', 'convert', 'gpt2', 'shut/tokenizer.json']],
    ['markov train', ['markov', 'train', '--data', 'text.txt', '--out', 'shut/text.markov']],
    ['corpus write', ['corpus', 'write', '--bytes', '1kB', '--out', 'shut/stories.txt']],
  ];

  it.each(verbs)('read-only: kk %s says so before it begins', async (_, argv) => {
    disk.code = 'EROFS';
    const { exitCode, stdout, stderr } = await kk(argv, { cwd });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^kk: shut\/\S+ cannot be written: the file system is read-only\.\n {4}Choose another --out\.\n$/);
  });

  it.each(verbs)('a file in the way: kk %s says so before it begins', async (_, argv) => {
    writeFileSync(join(cwd, 'shut'), '');
    const { exitCode, stdout, stderr } = await kk(argv, { cwd });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^kk: shut\/\S+ cannot be written: a file is in the way of its folder\./);
  });

  it.skipIf(process.platform !== 'linux')('a folder that takes no files is no file that is missing', async () => {
    expect(await kk(['embed', 'train', '--lang', 'en', '--out', '/proc/x.txt'], { cwd: temporaryFolder() })).toMatchObject({ exitCode: 1, stderr: 'kk: /proc/x.txt cannot be written: no files can be made there.\n    Choose another --out.\n' });
  });

  it.skipIf(process.platform === 'win32')('no permission: kk train says so before the first step', async () => {
    mkdirSync(join(cwd, 'others'));
    chmodSync(join(cwd, 'others'), 0o555);
    chmodSync(cwd, 0o755);
    // Root may write anywhere: be somebody else meanwhile.
    const user = process.geteuid!();
    if (user === 0) process.seteuid!(65_534);
    try {
      for (const out of ['others', 'others/model']) {
        const { exitCode, stderr } = await train('--out', out);
        expect(exitCode).toBe(1);
        expect(stderr).toBe(`kk: ${out} cannot be written: there is no permission to make files there.\n    Choose another --out.\n`);
      }
    } finally {
      if (user === 0) process.seteuid!(user);
    }
    expect(readdirSync(join(cwd, 'others'))).toEqual([]);
  });
});

it.runIf(existsSync('/dev/full'))('a device is written to, and stays one', async () => {
  expect(await kk(['corpus', 'write', '--bytes', '1kB', '--out', '/dev/full'], { cwd })).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('the disk is full') });
  expect((await kk(['corpus', 'write', '--bytes', '1kB', '--out', '/dev/null'], { cwd })).exitCode).toBe(0);
  for (const device of ['/dev/full', '/dev/null']) expect(statSync(device).isCharacterDevice(), device).toBe(true);
});
