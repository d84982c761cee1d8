// The text of files as chunks: what is read, what is between two places, and what one reading tells; and that its ids are those of the whole text.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BytePairTokenizer, CharacterTokenizer, type Tokenizer, UnigramTokenizer, WordPieceTokenizer, WordTokenizer } from '@kk/tokenizer';
import { beforeAll, describe, expect, it } from 'vitest';
import { Context } from '../src/context.js';
import { Interrupted } from '../src/errors.js';
import { encodeChunks, encodeText, TokenIdList } from '../src/files/encode.js';
import { TextFiles } from '../src/files/text-files.js';
import { makeTokenizer } from '../src/files/tokenizers.js';
import type { TokenizerSpec } from '../src/options/tokenizer-spec.js';
import { temporaryFolder } from './support/kk.js';

const first = 'Größe 猫 😀.\r\n\tEs war einmal ein Fuchs, der lief  und lief. ';
const second = 'ßender Rest 😀😀 und "it\'s 2025"\n'.repeat(30);
const whole = first + second;

let cwd: string;
const files = (chunkBytes?: number, names = ['a.txt', 'b.txt'], interrupt = new AbortController().signal): TextFiles =>
  new TextFiles(new Context({ stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: {}, command: 'kk', cwd, interrupt }), names, chunkBytes);

async function read(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

beforeAll(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'a.txt'), '\ufeff' + first);
  writeFileSync(join(cwd, 'b.txt'), second);
});

describe('TextFiles', () => {
  it.each([1, 5, 64, undefined])('reads the joined text as often as one likes, %s bytes at a time', async (chunkBytes) => {
    const text = files(chunkBytes);
    for (let time = 0; time < 2; time++) expect(await read(text.chunks())).toBe(whole);
  });

  it('tells how much was read, and nothing of a pipe', async () => {
    const shares: number[] = [];
    expect(await read(files(64).chunksWithProgress((share) => shares.push(share)))).toBe(whole);
    expect(shares.length).toBeGreaterThan(5);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    // The byte order mark of the first file is no part of the text.
    expect(shares.at(-1)).toBeCloseTo(1 - 3 / (Buffer.byteLength(whole) + 3), 10);
    execFileSync('mkfifo', [join(cwd, 'progress.pipe')]);
    const writer = spawn('sh', ['-c', 'echo text > progress.pipe'], { cwd });
    expect(await read(files(64, ['progress.pipe']).chunksWithProgress(() => expect.unreachable('the length of a pipe is not known')))).toBe('text\n');
    writer.kill();
  });

  it('cuts by characters, wherever chunks end, and loses nothing', async () => {
    const characters = [...whole];
    for (const chunkBytes of [1, 7, 50]) {
      for (const cut of [0, 1, 6, 9, 40, characters.length]) {
        const text = files(chunkBytes);
        expect(await read(text.between(0, cut))).toBe(characters.slice(0, cut).join(''));
        expect(await read(text.between(cut, Infinity))).toBe(characters.slice(cut).join(''));
      }
    }
  });

  it('tells length, hash and characters', async () => {
    const facts = { characters: [...whole].length, hash: createHash('sha256').update(whole).digest('hex'), alphabet: [...new Set(whole)].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!).join('') };
    for (const chunkBytes of [3, undefined]) expect(await files(chunkBytes).measure()).toEqual(facts);
  });

  it.skipIf(process.platform === 'win32')('keeps what comes through a pipe, which can be read only once', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    spawn('sh', ['-c', 'cat a.txt b.txt > pipe'], { cwd });
    const text = files(10, ['pipe']);
    for (let time = 0; time < 3; time++) expect(await read(text.chunks())).toBe(whole);
  });

  it('refuses a file that changes in between', async () => {
    writeFileSync(join(cwd, 'log.txt'), first);
    const text = files(undefined, ['log.txt']);
    await text.measure();
    appendFileSync(join(cwd, 'log.txt'), 'more');
    await expect(read(text.chunks())).rejects.toThrow('log.txt has changed while it was read.');
  });

  it('stops when it shall', async () => {
    await expect(read(files(5, undefined, AbortSignal.abort(new Interrupted('Stopped.'))).chunks())).rejects.toThrow('Stopped.');
  });
});

describe('ids in pieces', () => {
  const lines = whole.split(/\r?\n/);
  it.each<[TokenizerSpec, Tokenizer]>([
    [{ kind: 'char' }, CharacterTokenizer.train(whole)],
    [{ kind: 'word', vocabSize: 30 }, WordTokenizer.train(whole, { maxVocabSize: 30 })],
    [{ kind: 'bpe', vocabSize: 300 }, BytePairTokenizer.train(whole, { vocabSize: 300 })],
    [{ kind: 'wordpiece', vocabSize: 60 }, WordPieceTokenizer.train(whole, { vocabSize: 60 })],
    [{ kind: 'unigram', vocabSize: 60 }, UnigramTokenizer.train(lines, { vocabSize: 60 })],
  ])('$kind: the same tokenizer and the same ids as from the whole text', async (spec, expected) => {
    const text = files(7);
    const { alphabet } = await text.measure();
    const tokenizer = await makeTokenizer(spec, { alphabet, training: text.chunks() }, { cwd });
    expect(tokenizer.toJSON()).toEqual(expected.toJSON());
    const { ids, predictedBytes } = await encodeChunks(tokenizer, text.chunks());
    expect([...ids]).toEqual(expected.encode(whole));
    expect(predictedBytes).toBe(Buffer.byteLength(whole) - tokenizer.tokenBytes(ids[0]).length);
    expect(encodeText(tokenizer, whole)).toEqual(ids);
  });

  it('take two bytes each up to 65,536 tokens, four beyond', () => {
    const list = (vocabSize: number): TokenIdList => new TokenIdList(vocabSize);
    expect(list(65_536).take()).toEqual(new Uint16Array());
    expect(list(65_537).take()).toEqual(new Int32Array());
    const short = list(65_536);
    short.add([65_535, 0]);
    expect(short.take()).toEqual(Uint16Array.of(65_535, 0));
    expect(short.take()).toEqual(new Uint16Array());
  });

  it('are as many as there are, over many parts', () => {
    const list = new TokenIdList(1000);
    const thousand = Array.from({ length: 1000 }, (_, id) => id);
    for (let time = 0; time < 9000; time++) list.add(thousand);
    const ids = list.take();
    expect(ids.length).toBe(9_000_000);
    expect(ids.every((id, at) => id === at % 1000)).toBe(true);
  });

  it('say from where positions are counted', async () => {
    const tokenizer = CharacterTokenizer.train('ab');
    await expect(encodeChunks(tokenizer, ['ab', 'abXa'])).rejects.toMatchObject({ message: expect.stringMatching(/"X".* at position 2/), hint: 'Positions are counted from character 2 of the text.' });
    await expect(encodeChunks(tokenizer, ['abXa'])).rejects.toThrow(/"X".* at position 2/);
  });
});
