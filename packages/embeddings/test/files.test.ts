// Files of vectors in a folder: the name tells the format, what is wrong names the file, and none is left half-written.
import { gzipSync } from 'node:zlib';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VectorFileError, WordVectors } from '../src/index.js';
import { readWordVectors, vectorFiles, writeWordVectors } from '../src/node.js';
import { expectEqual } from './support/vectors.js';

const vectors = new WordVectors({ words: ['der', 'Hund', '猫'], counts: [5, 2, 1], width: 2, matrix: Float32Array.of(0.1, 2, -3, 4, 5e-7, 6) });
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kk-vectors-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('files of vectors', () => {
  it.each(['words.txt', 'words.vec', 'words.bin', 'glove.small.txt', 'words.safetensors', 'vectors.tsv'])('%s comes back', async (name) => {
    const path = join(folder, name);
    await writeWordVectors(path, vectors);
    expectEqual(await readWordVectors(path), vectors);
    expect((await readWordVectors(path, { limit: 1 })).words).toEqual(['der']);
  });

  it('begin as their format does', async () => {
    for (const [name, start] of [['a.txt', '3 2\nder 0.1 2\n'], ['glove.txt', 'der 0.1 2\n'], ['vectors.tsv', '0.1\t2\n'], ['b.bin', '3 2\nder ']]) {
      await writeWordVectors(join(folder, name), vectors);
      expect((await readFile(join(folder, name), 'latin1')).startsWith(start)).toBe(true);
    }
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'b.bin', 'glove.txt', 'metadata.tsv', 'vectors.tsv']);
  });

  it('may be packed, and of another format than the name says', async () => {
    await writeWordVectors(join(folder, 'words'), vectors, { format: 'glove' });
    await writeFile(join(folder, 'glove.txt.gz'), gzipSync(await readFile(join(folder, 'words'))));
    expectEqual(await readWordVectors(join(folder, 'glove.txt.gz')), vectors);
    expectEqual(await readWordVectors(join(folder, 'words'), { format: 'glove' }), vectors);
  });

  it('are packed where the name says so', async () => {
    for (const name of ['a.txt.gz', 'b.bin.gz', 'c.safetensors.gz', 'vectors.tsv.gz']) {
      const path = join(folder, name);
      await writeWordVectors(path, vectors);
      for (const file of vectorFiles(path)) expect((await readFile(file)).subarray(0, 2)).toEqual(Buffer.of(0x1f, 0x8b)); // gzip's mark
      expectEqual(await readWordVectors(path), vectors);
    }
  });

  it('are one, or two for the projector', () => {
    expect(vectorFiles('a/vectors.tsv')).toEqual(['a/metadata.tsv', 'a/vectors.tsv']);
    expect(vectorFiles('a/vectors.tsv', { format: 'text' })).toEqual(['a/vectors.tsv']);
    expect(vectorFiles('vectors.txt')).toEqual(['vectors.txt']);
    expect(() => vectorFiles('points.tsv')).toThrow("must contain 'vectors'");
  });

  it('tell how far they are, and stop, which leaves an earlier file as it was', async () => {
    const path = join(folder, 'own.txt');
    const told: number[] = [];
    await writeWordVectors(path, vectors, { onProgress: (bytes) => told.push(bytes) });
    const before = await readFile(path);
    expect(told.at(-1)).toBe(before.length);
    const stop = new AbortController();
    const many = new WordVectors({ words: Array.from({ length: 200_000 }, (_, i) => `word${i}`), width: 1, matrix: new Float32Array(200_000) });
    await expect(writeWordVectors(path, many, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) })).rejects.toThrow(/^enough$/);
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(folder)).toEqual(['own.txt']);
  });

  it('of fastText are told by their mark', async () => {
    const { subwords } = JSON.parse(await readFile(new URL('./fixtures/fasttext.json', import.meta.url), 'utf8')) as { subwords: { file: string } };
    await writeFile(join(folder, 'model.bin'), Buffer.from(subwords.file, 'base64'));
    expect((await readWordVectors(join(folder, 'model.bin'))).subwords).toMatchObject({ minLength: 2, maxLength: 4, buckets: 60 });
  });

  it('that cannot be read are named, with the cause', async () => {
    const path = join(folder, 'words.txt');
    await expect(readWordVectors(path)).rejects.toThrow(`Cannot read ${path}: there is no such file`);
    await writeFile(path, '2 2\na 1 2\nb 1\n');
    const error = await readWordVectors(path).then(() => undefined, (reason: unknown) => reason as Error);
    expect(error?.message).toBe(`Cannot read ${path}: word2vec text, line 3: there are fewer than 2 numbers: "b 1"`);
    expect(error?.cause).toBeInstanceOf(VectorFileError);
    await writeFile(join(folder, 'broken.txt.gz'), gzipSync('2 2\na 1 2\n').subarray(0, 20));
    await expect(readWordVectors(join(folder, 'broken.txt.gz'))).rejects.toThrow('broken.txt.gz: the packed file ends before its end; expected a whole file of gzip');
    await writeFile(join(folder, 'plain.vec.gz'), '1 2\na 1 2\n');
    await expect(readWordVectors(join(folder, 'plain.vec.gz'))).rejects.toThrow('plain.vec.gz: it is not packed by gzip, or damaged; expected that of a file with .gz at its end');
    await expect(readWordVectors(path, { format: 'excel' as 'text' })).rejects.toThrow('there is no format "excel"');
    await expect(readWordVectors(path, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(/^enough$/);
  });

  it('that cannot be written are named, and not begun', async () => {
    const blank = new WordVectors({ words: ['a b'], width: 1, matrix: Float32Array.of(1) });
    await expect(writeWordVectors(join(folder, 'words.txt'), blank)).rejects.toThrow(/Cannot write .*words\.txt: The word "a b" cannot be written/);
    await expect(writeWordVectors(join(folder, 'points.tsv'), vectors)).rejects.toThrow("must contain 'vectors'");
    await expect(writeWordVectors(join(folder, 'model'), vectors, { format: 'fasttext' })).rejects.toThrow('cannot be written');
    expect(await readdir(folder)).toEqual([]);
  });
});
