import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTokenizer } from '@kk/tokenizer/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { kk, temporaryFolder } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;

beforeAll(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(2000));
});

describe('kk tokenize', () => {
  it('gives ids that a program can read', async () => {
    const { exitCode, last } = await kk(['tokenize', 'abca', '--tokenizer', 'char', '--json']);
    expect(exitCode).toBe(0);
    expect(last()).toEqual({ ids: [0, 1, 2, 0], tokens: ['a', 'b', 'c', 'a'], kind: 'character', vocabSize: 3, characters: 4 });
  });

  it('shows pieces above their ids', async () => {
    const { stdout } = await kk(['tokenize', 'ab a', '--tokenizer', 'char']);
    expect(stdout).toBe('a b · a\n1 2 0 1\n4 tokens, 4 characters, 1.00 characters per token; characters, 3 of them\n');
  });

  it('has colours on a terminal', async () => {
    const { stdout } = await kk(['tokenize', 'ab', '--tokenizer', 'char'], { columns: 40 });
    expect(stdout).toContain('\u001b[46m');
    expect((await kk(['tokenize', 'ab', '--tokenizer', 'char'], { columns: 40, env: { NO_COLOR: '1' } })).stdout).not.toContain('\u001b');
  });

  it('knows the words of its stories, in the language of the system', async () => {
    const german = await kk(['tokenize', 'Es war einmal ein kleines Mädchen', '--json'], { env: { LANG: 'de_DE.UTF-8' } });
    const english = await kk(['tokenize', 'Es war einmal ein kleines Mädchen', '--json'], { env: { LANG: 'en_US.UTF-8' } });
    const count = (result: typeof german): number => (result.last().ids as number[]).length;
    expect(count(german)).toBeLessThan(10);
    expect(count(english)).toBeGreaterThan(count(german));
    const asked = await kk(['tokenize', 'Es war einmal ein kleines Mädchen', '--json', '--lang', 'de'], { env: { LANG: 'en_US.UTF-8' } });
    expect(asked.stdout).toBe(german.stdout);
  });

  it('reads standard input and files', async () => {
    const fromInput = await kk(['tokenize', '--tokenizer', 'word', '--json'], { input: babble(2000) });
    const fromFile = await kk(['tokenize', '--file', 'text.txt', '--tokenizer', 'word', '--json'], { cwd });
    expect(fromInput.last().ids).toEqual(fromFile.last().ids);
  });

  it('shows text that looks like options after --', async () => {
    expect((await kk(['tokenize', '--tokenizer', 'char', '--json', '--', '--help'])).last().characters).toBe(6);
  });
});

describe('kk tokenizer train', () => {
  it.each([
    ['char', 'character', undefined],
    ['word', 'word', '15'],
    ['bpe', 'byte-pair', '280'],
  ])('writes a tokenizer.json of type %s that kk tokenize reads', async (type, kind, vocab) => {
    const out = `${type}.json`;
    const { exitCode, last } = await kk(['tokenizer', 'train', '--data', 'text.txt', '--type', type, ...(vocab ? ['--vocab', vocab] : []), '--out', out, '--json'], { cwd });
    expect(exitCode).toBe(0);
    expect(last()).toMatchObject({ kind, out: join(cwd, out) });
    if (vocab) expect(last().vocabSize).toBe(Number(vocab));
    const tokenizer = await loadTokenizer(join(cwd, out));
    const { last: tokens } = await kk(['tokenize', '--file', 'text.txt', '--tokenizer', out, '--json'], { cwd });
    expect(tokens().ids).toEqual(tokenizer.encode(babble(2000)));
    expect(tokens().ids).toHaveLength(last().tokens as number);
  });

  it('replaces a file only when told to', async () => {
    const args = ['tokenizer', 'train', '--data', 'text.txt', '--type', 'char', '--out', 'twice'];
    expect((await kk(args, { cwd })).stdout).toContain('twice/tokenizer.json');
    expect((await kk(args, { cwd })).exitCode).toBe(1);
    expect((await kk([...args, '--force'], { cwd })).exitCode).toBe(0);
  });
});

describe('kk corpus write', () => {
  it('writes stories of about the size asked for, the same for the same seed', async () => {
    const { exitCode, last } = await kk(['corpus', 'write', '--lang', 'de', '--bytes', '20kB', '--out', 'sub/de.txt', '--json'], { cwd });
    expect(exitCode).toBe(0);
    const text = readFileSync(join(cwd, 'sub', 'de.txt'), 'utf8');
    expect(last()).toMatchObject({ language: 'de', bytes: Buffer.byteLength(text), characters: [...text].length, seed: 1 });
    expect(Buffer.byteLength(text)).toBeGreaterThan(18_000);
    expect(Buffer.byteLength(text)).toBeLessThan(24_000);
    expect(last().entropyPerCharacter).toBeGreaterThan(0.02);
    expect(last().entropyPerCharacter).toBeLessThan(1);
    const again = await kk(['corpus', 'write', '--lang', 'de', '--bytes', '20kB']);
    expect(again.stdout).toBe(text);
    expect((await kk(['corpus', 'write', '--lang', 'de', '--bytes', '20kB', '--seed', '2'])).stdout).not.toBe(text);
    expect((await kk(['corpus', 'write', '--lang', 'en', '--bytes', '20kB'])).stdout).not.toBe(text);
  });

  it('says what to do with it', async () => {
    expect((await kk(['corpus', 'write', '--bytes', '2kB', '--out', 's.txt'], { cwd })).stdout).toContain('kk train --data s.txt');
  });
});
