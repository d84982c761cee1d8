// What `kk train --resume` remembers of the run, and which files `kk train` takes and replaces.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeStories } from '@kk/corpora';
import { readCheckpoint } from '@kk/gpt/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { kk, temporaryFolder, tiny } from './support/kk.js';

let cwd: string;

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), writeStories('en', { bytes: 8000, seed: 1 }));
  writeFileSync(join(cwd, 'other.txt'), writeStories('en', { bytes: 8000, seed: 2 }));
  await run('tokenize', '--data', 'text.txt', '--tokenizer', 'bpe:270', '--out', 'a.bin');
  await run('tokenize', '--data', 'other.txt', '--tokenizer', 'a.tokenizer.json', '--out', 'b.bin');
});

/** Runs kk to its end. */
async function run(...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await kk(argv, { cwd });
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout;
}

/** What kk says on stderr when it refuses. */
async function refused(...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await kk(argv, { cwd });
  expect(exitCode).not.toBe(0);
  expect(stdout).toBe('');
  return stderr;
}

const train = (...argv: string[]): string[] => ['train', ...argv, ...tiny, '--threads', '1', '--quiet'];
const page = (name: string): string => readFileSync(join(cwd, name), 'utf8');

describe('--keep', () => {
  const steps = (folder: string): number[] => (JSON.parse(page(`${folder}/checkpoints/checkpoints.json`)) as { checkpoints: { step: number }[] }).checkpoints.map(({ step }) => step);
  const folders = (folder: string): number => readdirSync(join(cwd, folder, 'checkpoints')).filter((name) => name.startsWith('step-')).length;

  it('stays as it is when the run goes on, and may be changed', async () => {
    await run(...train('text.txt', '--out', 'kept', '--keep', '1', '--save-every', '6'));
    expect(steps('kept')).toContain(12);
    expect(await run('train', '--resume', 'kept', '--steps', '18')).not.toContain('--keep');
    expect(steps('kept').at(-1)).toBe(18);
    expect(steps('kept').length).toBeLessThanOrEqual(2);
    expect(folders('kept')).toBe(steps('kept').length);
    expect(await run('train', '--resume', 'kept', '--steps', '36', '--keep', '3')).toContain(' Changed: --keep from 1 to 3.\n');
    expect(steps('kept').slice(-3)).toEqual([24, 30, 36]);
    expect(await readCheckpoint(join(cwd, 'kept'))).toMatchObject({ extra: { settings: { keep: 3 } } });
  });

  it('of 0 keeps none, and leaves those that are there', async () => {
    await run(...train('text.txt', '--out', 'unkept'));
    expect(existsSync(join(cwd, 'unkept', 'checkpoints'))).toBe(false);
    const before = steps('kept');
    await run('train', '--resume', 'kept', '--steps', '37', '--keep', '0');
    expect(steps('kept')).toEqual(before);
  });
});

describe('--report', () => {
  it('of a run that is resumed replaces only its own pages, unless --force is given', async () => {
    await run(...train('text.txt', '--out', 'told', '--report', 'told.html'));
    writeFileSync(join(cwd, 'foreign.html'), 'of somebody else');
    expect(await refused('train', '--resume', 'told', '--steps', '14', '--report', 'foreign.html')).toBe('kk: foreign.html is there already.\n    Replace it with --force, or choose another --report.\n');
    expect(page('foreign.html')).toBe('of somebody else');
    await run('train', '--resume', 'told', '--steps', '14', '--report', 'told.html', '--quiet');
    expect(page('told.html')).toContain('resumed after step 12');
    await run('train', '--resume', 'told', '--steps', '15', '--report', 'foreign.html', '--force', '--quiet');
    expect(page('foreign.html')).toContain('resumed after step 14');
    // Both are its own now.
    await run('train', '--resume', 'told', '--steps', '16', '--report', 'told.html', '--quiet');
    await run('train', '--resume', 'told', '--steps', '17', '--report', 'foreign.html', '--quiet');
    expect(await refused('train', '--resume', 'told', '--steps', '18', '--force')).toContain('--force cannot be given with it');
  });

  it('finds its page again when the folder has moved with it', async () => {
    await run(...train('text.txt', '--out', 'here', '--report', 'here/page.html'));
    renameSync(join(cwd, 'here'), join(cwd, 'there'));
    await run('train', '--resume', 'there', '--steps', '13', '--report', 'there/page.html', '--quiet');
  });

  it('never replaces what the run reads', async () => {
    writeFileSync(join(cwd, 'text.html'), page('text.txt'));
    await run(...train('text.html', '--out', 'read'));
    for (const argv of [train('text.html:1', '--out', 'new'), ['train', '--resume', 'read', '--steps', '13'], ['train', '--resume', 'read', '--steps', '13', '--data', 'text.html:1']]) {
      expect(await refused(...argv, '--report', 'text.html', '--force')).toBe('kk: text.html would be replaced, but it is read.\n    Choose another --report.\n');
    }
  });

  it('names itself where it cannot be written', async () => {
    expect(await refused(...train('text.txt', '--report', '-'))).toBe('kk: --report - is standard output, which is for texts; expected a name.\n    Name another --report; ./- is a file of that name.\n');
    expect(await refused(...train('text.txt', '--report', 'text.txt/x.html'))).toBe('kk: text.txt/x.html cannot be written: a file is in the way of its folder.\n    Choose another --report.\n');
  });

  it.skipIf(process.platform === 'win32')('refuses a pipe before the training', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe.html')]);
    const says = 'kk: pipe.html is a pipe or a device; expected the name of a file, because it is written several times.\n    Choose another --report.\n';
    expect(await refused(...train('text.txt', '--out', 'piped', '--report', 'pipe.html'))).toBe(says);
    expect(await refused('train', '--resume', 'told', '--steps', '30', '--report', 'pipe.html', '--force')).toBe(says);
    expect(existsSync(join(cwd, 'piped'))).toBe(false);
  });
});

describe('files of tokens', () => {
  it('may have their weights again when the run goes on, but no others', async () => {
    await run(...train('a.bin:2', 'b.bin:1', '--out', 'mixed'));
    const resumed = (steps: number, ...data: string[]): string[] => ['train', '--resume', 'mixed', '--quiet', '--steps', String(steps), '--data', ...data];
    await run(...resumed(13, 'a.bin:2', 'b.bin:1'));
    await run(...resumed(14, 'a.bin:2', 'b.bin'));
    await run(...resumed(15, 'a.bin', 'b.bin'));
    for (const data of [['a.bin:3', 'b.bin:1'], ['a.bin:1', 'b.bin:1']]) {
      expect(await refused(...resumed(16, ...data))).toBe('kk: --data gives other weights than mixed was trained with; they cannot change.\n    Give the same: --data a.bin:2 b.bin:1\n');
    }
    expect(await refused(...resumed(16, 'a.bin:2'))).toContain('The files of tokens are not those that mixed was trained on.');
    expect(await refused('train', '--resume', 'told', '--steps', '30', '--data', 'text.txt:2')).toContain('--data text.txt:2 gives a weight to a text');
  });

  it.each(['a.bin:0.5', 'a.bin:1e9', 'a.bin:abc', 'a.bin:0'])('%s has no weight', async (file) => {
    expect(await refused(...train(file, 'b.bin', '--out', 'none'))).toBe(`kk: '${file}' is invalid for --data. Expected a file, or FILE:N with a whole number from 1 to 1000000 as its weight.\n    See kk train --help\n`);
  });

  it('beside one that is missing', async () => {
    expect(await refused(...train('missing.bin', 'b.bin', '--out', 'none'))).toBe('kk: Cannot read missing.bin: there is no such file or folder\n');
    expect(await refused(...train('missing.bin:2', 'b.bin', '--out', 'none'))).toContain('Cannot read missing.bin: there is no such file');
  });

  it('without a header, as those of nanoGPT', async () => {
    writeFileSync(join(cwd, 'nano.bin'), Buffer.from(Uint16Array.from({ length: 2000 }, (_, i) => (i * 7919) % 50257).buffer));
    for (const data of [['nano.bin'], ['nano.bin', 'b.bin'], ['nano.bin', 'text.txt']]) {
      const says = await refused(...train(...data, '--out', 'none'));
      expect(says).toMatch(/^kk: nano\.bin: it begins with \d+; a file of tokens begins with 20240520 or 20240801\. nanoGPT's files have no header/);
      expect(says).toContain('If it is a text, give it a name that does not end with .bin.');
    }
  });
});
