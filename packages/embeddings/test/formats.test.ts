// Files of vectors: what is written is read again, from pieces of any size; limits and choices; and one error for everything that is wrong.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readGlove, readProjector, readVectorsSafetensors, readWord2vecBinary, readWord2vecText, VectorFileError, WordVectors, writeGlove, writeProjector,
  writeVectorsSafetensors, writeWord2vecBinary, writeWord2vecText, type ByteSource, type ReadVectorsOptions,
} from '../src/index.js';
import { cut, encode, expectEqual, join, wordVectors } from './support/vectors.js';

interface Format {
  name: string;
  write: (vectors: WordVectors) => Uint8Array;
  read: (source: ByteSource, options?: ReadVectorsOptions) => Promise<WordVectors>;
}

const formats: Format[] = [
  { name: 'word2vec text', write: (vectors) => join(writeWord2vecText(vectors)), read: readWord2vecText },
  { name: 'word2vec text without a header', write: (vectors) => join(writeGlove(vectors)), read: (source, options) => readWord2vecText(source, { ...options, header: false }) },
  { name: 'GloVe text', write: (vectors) => join(writeGlove(vectors)), read: readGlove },
  { name: 'word2vec binary', write: (vectors) => join(writeWord2vecBinary(vectors)), read: readWord2vecBinary },
  { name: 'word2vec binary with newlines', write: (vectors) => join(writeWord2vecBinary(vectors, { newlines: true })), read: readWord2vecBinary },
];

describe.each(formats)('$name', ({ name, write, read }) => {
  it('comes back, from pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(wordVectors, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (vectors, sizes) => {
        const bytes = write(vectors);
        expectEqual(await read(bytes), vectors);
        expectEqual(await read(cut(bytes, sizes)), vectors);
      }),
    );
  });

  it('is read up to a limit, or for some words, and then no further', async () => {
    const vectors = new WordVectors({ words: ['a', 'b', 'c', 'd'], width: 2, matrix: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
    const bytes = write(vectors);
    let asked = 0;
    let ended = false;
    const source = (async function* () {
      try {
        for await (const piece of cut(bytes, [3])) {
          asked += piece.length;
          yield piece;
        }
      } finally {
        ended = true;
      }
    })();
    const two = await read(source, { limit: 2 });
    expect([two.words, [...two.matrix]]).toEqual([['a', 'b'], [1, 2, 3, 4]]);
    expect(asked).toBeLessThan(bytes.length);
    expect(ended).toBe(true);
    const some = await read(bytes, { only: ['c', 'a', 'never'] });
    expect([some.words, [...some.matrix]]).toEqual([['a', 'c'], [1, 2, 5, 6]]);
    expect((await read(bytes, { only: ['a'] })).words).toEqual(['a']);
    expect((await read(bytes, { limit: 0 })).words).toEqual([]);
    await expect(read(bytes, { limit: -1 })).rejects.toThrow('limit is -1');
  });

  it('keeps the first of two equal words', async () => {
    const bytes = write(new WordVectors({ words: ['a', 'b', 'c'], width: 1, matrix: Float32Array.of(1, 2, 3) }));
    for (const [i, byte] of bytes.entries()) if (byte === 'c'.charCodeAt(0)) bytes[i] = 'a'.charCodeAt(0);
    const read2 = await read(bytes);
    expect([read2.words, [...read2.matrix]]).toEqual([['a', 'b'], [1, 2]]);
  });

  it('tells how far it is, and stops when it is told', async () => {
    const bytes = write(new WordVectors({ words: ['a', 'b'], width: 1, matrix: Float32Array.of(1, 2) }));
    const seen: number[] = [];
    await read(cut(bytes, [4]), { onProgress: (count) => seen.push(count) });
    expect(seen.at(-1)).toBe(bytes.length);
    await expect(read(bytes, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });

  it('reads what a browser streams', async () => {
    const vectors = new WordVectors({ words: ['ä', '猫'], width: 1, matrix: Float32Array.of(1, 2) });
    expectEqual(await read(new Blob([write(vectors) as Uint8Array<ArrayBuffer>]).stream()), vectors);
    await expect(read('path' as unknown as Uint8Array)).rejects.toThrow('Expected the bytes of a file');
    await expect(read(['text'] as unknown as Uint8Array[])).rejects.toThrow('gave string instead of bytes');
  });

  it('refuses words that are no UTF-8, or replaces what is wrong', async () => {
    const bytes = write(new WordVectors({ words: ['good', 'bad!'], width: 1, matrix: Float32Array.of(1, 2) }));
    bytes[bytes.indexOf('!'.charCodeAt(0))] = 0xc3;
    const error = await read(bytes).then(() => undefined, (problem: unknown) => problem);
    expect(error).toBeInstanceOf(VectorFileError);
    expect((error as VectorFileError).message).toMatch(/no UTF-8/);
    expect((await read(bytes, { invalidText: 'replace' })).words).toEqual(['good', 'bad\ufffd']);
  });

  it('that was flipped or cut is read or is a VectorFileError, and needs no more memory than its bytes allow', async () => {
    const vectors = new WordVectors({ words: ['the', 'Häuser', '猫', 'x'], width: 3, matrix: Float32Array.from({ length: 12 }, (_, i) => i / 7 - 1) });
    const bytes = write(vectors);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 }), fc.option(fc.nat(bytes.length), { nil: bytes.length }), fc.integer({ min: 1, max: 50 }), async (flips, end, size) => {
        const wrong = bytes.slice();
        for (const [at, value] of flips) wrong[at] = value;
        try {
          const found = await read(cut(wrong.subarray(0, end), [size]));
          expect(found.matrix.every(Number.isFinite)).toBe(true);
          expect(found.matrix.length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(VectorFileError);
          expect((error as VectorFileError).line ?? (error as VectorFileError).byte ?? 0).toBeGreaterThanOrEqual(0);
          expect((error as Error).message).toContain(name.split(' with')[0]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('text', () => {
  const problem = async (text: string | Uint8Array, read = readWord2vecText): Promise<[number | undefined, string]> => {
    const error = await read(typeof text === 'string' ? encode(text) : text).then(() => undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(VectorFileError);
    return [(error as VectorFileError).line, (error as Error).message];
  };

  it('says in which line what is wrong', async () => {
    expect(await problem('')).toEqual([1, expect.stringContaining('empty')]);
    expect(await problem('2 2\na 1 2\n')).toEqual([3, expect.stringContaining('ends after 1 vector; the first line promises 2')]);
    expect(await problem('1 2\na 1 2\nb 1 2\n')).toEqual([3, expect.stringContaining('more than 1 vector, which the first line promises')]);
    expect(await problem('1 2\na 1\n')).toEqual([2, expect.stringContaining('fewer than 2 numbers')]);
    expect(await problem('1 2\na 1 x\n')).toEqual([2, expect.stringContaining('"x" is no number')]);
    expect(await problem('1 2\na 1 1e39\n')).toEqual([2, expect.stringContaining('"1e39" is no number that float32 holds')]);
    expect(await problem('a 1 2\nb 1 nan\n')).toEqual([2, expect.stringContaining('"nan" is no number')]);
    expect(await problem('1 2\n 1 2\n')).toEqual([2, expect.stringContaining('no word')]);
    expect(await problem('hello\n')).toEqual([1, expect.stringContaining('"hello"; expected a word and its numbers')]);
    expect(await problem('9 0\n')).toEqual([undefined, expect.stringContaining('vectors of 0 numbers')]);
    expect(await problem('a b\n', (source) => readWord2vecText(source, { header: true }))).toEqual([1, expect.stringContaining('such as "3000 100"')]);
  });

  it('of GloVe may have a header all the same, as a converted file whose name stayed', async () => {
    const written = new WordVectors({ words: ['.', '7'], width: 2, matrix: Float32Array.of(1, 2, 3, 4) });
    expectEqual(await readGlove(join(writeWord2vecText(written))), written);
    expect(await problem('2 2\na 1 2\nb 1\n', readGlove)).toEqual([3, expect.stringContaining('fewer than 2 numbers')]);
    expect(await problem('3 2\na 1 2\n', readGlove)).toEqual([3, expect.stringContaining('ends after 1 vector; the first line promises 3')]);
    // One number each: the first word may be a number, and so is one that stands alone.
    for (const header of [undefined, false]) {
      const narrow = await readGlove(encode('07 3\na 1\n'), { header });
      expect([narrow.words, [...narrow.matrix]]).toEqual([['07', 'a'], [3, 1]]);
    }
    expect((await readGlove(encode('7 3\n'))).words).toEqual(['7']);
    expect((await readGlove(encode('7 3\na 1\n'), { only: ['a'] })).words).toEqual(['a']);
    expect((await readGlove(encode('1 1\na 1\n'), { header: true })).words).toEqual(['a']);
  });

  it('believes no header before the vectors are there', async () => {
    expect(await problem('999999999999 1000000\na 1\n')).toEqual([2, expect.stringContaining('fewer than 1000000 numbers')]);
  });

  it('may have words with blanks, blanks at the ends of lines, a byte order mark, and no newline at the end', async () => {
    const found = await readWord2vecText(encode('\ufeff3 2\r\n. . . 1 2 \r\nat home 3 4\r\n5 5 6'));
    expect([found.words, [...found.matrix]]).toEqual([['. . .', 'at home', '5'], [1, 2, 3, 4, 5, 6]]);
    expect((await readWord2vecText(encode('1 2 3\n4 5 6\n'))).words).toEqual(['1', '4']);
    const some = await readGlove(encode('. 1 2\n. . 3 4\nat home 3 4\n'), { only: ['. .', 'at home'] });
    expect([some.words, [...some.matrix]]).toEqual([['. .', 'at home'], [3, 4, 3, 4]]);
  });

  it('is not written with words that end too early', () => {
    for (const word of ['', 'a b', 'a\n']) {
      const vectors = new WordVectors({ words: [word], width: 1, matrix: Float32Array.of(1) });
      for (const write of [writeWord2vecText, writeGlove, writeWord2vecBinary]) expect(() => [...write(vectors)]).toThrow('cannot be written');
    }
    // UTF-8 has no half characters: '\ud83d' would come back as '\ufffd'.
    const half = new WordVectors({ words: ['smile\ud83d', '😀'], width: 1, matrix: Float32Array.of(1, 2) });
    for (const write of [writeWord2vecText, writeGlove, writeWord2vecBinary]) expect(() => [...write(half)]).toThrow('half of a character');
    expect(() => writeVectorsSafetensors(half)).toThrow('half of a character');
    expect(() => writeProjector(half)).toThrow('half of a character');
    const vectors = new WordVectors({ words: ['a'], width: 1, matrix: Float32Array.of(NaN) });
    expect(() => [...writeGlove(vectors)]).toThrow('the number NaN');
  });

  it('has fewer digits on request', () => {
    const vectors = new WordVectors({ words: ['a'], width: 2, matrix: Float32Array.of(1 / 3, -2e-7) });
    expect(new TextDecoder().decode(join(writeGlove(vectors, { digits: 2 })))).toBe('a 0.333 -2e-7\n');
    expect(new TextDecoder().decode(join(writeGlove(vectors)))).toBe('a 0.33333334 -2e-7\n');
  });
});

describe('word2vec binary', () => {
  it('has no header if the width is known', async () => {
    const vectors = new WordVectors({ words: ['a', 'bc'], width: 2, matrix: Float32Array.of(1, 2, 3, 4) });
    for (const newlines of [false, true]) {
      const bytes = join(writeWord2vecBinary(vectors, { newlines })).slice('2 2\n'.length);
      expectEqual(await readWord2vecBinary(bytes, { width: 2 }), vectors);
      await expect(readWord2vecBinary(bytes)).rejects.toThrow('say the width');
    }
  });

  it('says at which byte what is wrong', async () => {
    const bytes = join(writeWord2vecBinary(new WordVectors({ words: ['a', 'b'], width: 1, matrix: Float32Array.of(1, 2) })));
    await expect(readWord2vecBinary(bytes.slice(0, -1))).rejects.toMatchObject({ byte: 12, message: expect.stringContaining('ends within the vector of "b"') });
    await expect(readWord2vecBinary(bytes.slice(0, 11))).rejects.toMatchObject({ byte: 10, message: expect.stringContaining('ends within a word') });
    await expect(readWord2vecBinary(bytes.slice(0, 10))).rejects.toMatchObject({ byte: 10, message: expect.stringContaining('ends after 1 vector;') });
    await expect(readWord2vecBinary(join([bytes, encode('x')]))).rejects.toMatchObject({ byte: 16, message: expect.stringContaining('more than 2 vectors') });
    new DataView(bytes.buffer).setFloat32(6, NaN, true);
    await expect(readWord2vecBinary(bytes)).rejects.toMatchObject({ byte: 6, message: expect.stringContaining('number 1 of "a" is NaN') });
    await expect(readWord2vecBinary(join([encode('2 1\n'), new Uint8Array(70_000).fill(65)]))).rejects.toMatchObject({ byte: 4, message: expect.stringContaining('no space within 65536 bytes') });
  });
});

describe('safetensors', () => {
  const subwords = { minLength: 3, maxLength: 5, buckets: 10, present: Uint32Array.of(2, 7), matrix: Float32Array.of(1, 2, 3, 4) };
  const full = new WordVectors({ words: ['a b', '猫', 'c'], counts: [9, 4, 1], width: 2, matrix: Float32Array.of(1, 2, 3, 4, 5, 6), subwords });

  it('come back with everything', () => {
    const found = readVectorsSafetensors(writeVectorsSafetensors(full));
    expectEqual(found, full);
    expect(found.counts).toEqual([9, 4, 1]);
    expect(found.subwords).toEqual(subwords);
    expect(found.vector('ccc')).toEqual(full.vector('ccc'));
    fc.assert(fc.property(wordVectors, (vectors) => expectEqual(readVectorsSafetensors(writeVectorsSafetensors(vectors)), vectors)));
    const some = readVectorsSafetensors(writeVectorsSafetensors(full), { only: ['c', '猫'], limit: 1 });
    expect([some.words, [...some.matrix], some.counts]).toEqual([['猫'], [3, 4], [4]]);
    expect(() => writeVectorsSafetensors(new WordVectors({ words: ['a\nb'], width: 1, matrix: Float32Array.of(1) }))).toThrow('newlines');
  });

  it('that was flipped or cut is read or is a named error', () => {
    const bytes = writeVectorsSafetensors(full);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 3 }), fc.option(fc.nat(bytes.length), { nil: bytes.length }), (flips, end) => {
        const wrong = bytes.slice();
        for (const [at, value] of flips) wrong[at] = value;
        try {
          readVectorsSafetensors(wrong.subarray(0, end));
        } catch (error) {
          expect((error as Error).name).toMatch(/^(VectorFileError|SafetensorsError)$/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the projector', () => {
  const vectors = new WordVectors({ words: ['a b', '猫', 'c'], counts: [9, 4, 1], width: 2, matrix: Float32Array.of(1, 2, 3, 4, 5, 6.5) });
  const text = (vectorsText: string, metadata: string) => ({ vectors: encode(vectorsText), metadata: encode(metadata) });

  it('gets two files, which come back', async () => {
    const files = writeProjector(vectors);
    const written = { vectors: join(files.vectors), metadata: join(files.metadata) };
    expect(new TextDecoder().decode(written.vectors)).toBe('1\t2\n3\t4\n5\t6.5\n');
    expect(new TextDecoder().decode(written.metadata)).toBe('word\tcount\na b\t9\n猫\t4\nc\t1\n');
    const found = await readProjector(written);
    expectEqual(found, vectors);
    expect(found.counts).toEqual([9, 4, 1]);
    const some = await readProjector({ vectors: cut(written.vectors, [1]), metadata: cut(written.metadata, [2]) }, { only: ['c', 'a b'] });
    expect([some.words, [...some.matrix], some.counts]).toEqual([['a b', 'c'], [1, 2, 5, 6.5], [9, 1]]);
    expect((await readProjector(text('1\n2', 'x\ny'))).words).toEqual(['x', 'y']);
    expect((await readProjector(text('1\n2', 'id\tname\n0\tx\n1\ty'), { column: 1 })).words).toEqual(['x', 'y']);
    expect(() => writeProjector(new WordVectors({ words: ['a\tb'], width: 1, matrix: Float32Array.of(1) }))).toThrow('tabulators');
  });

  it('says in which line of which file what is wrong', async () => {
    await expect(readProjector(text('', 'a'))).rejects.toMatchObject({ format: 'projector vectors', line: 1 });
    await expect(readProjector(text('1', ''))).rejects.toMatchObject({ format: 'projector metadata', line: 1 });
    await expect(readProjector(text('1\n2\n', 'a\n'))).rejects.toMatchObject({ format: 'projector metadata', line: 2 });
    await expect(readProjector(text('1\n', 'a\nb\n'))).rejects.toMatchObject({ format: 'projector vectors', line: 2 });
    await expect(readProjector(text('1\nx\n', 'a\nb\n'))).rejects.toMatchObject({ format: 'projector vectors', line: 2 });
    await expect(readProjector(text('1\n', 'word\tcount\na\tmany\n'))).rejects.toMatchObject({ format: 'projector metadata', line: 2 });
    await expect(readProjector(text('1\n', 'word\tcount\na\n'))).rejects.toMatchObject({ format: 'projector metadata', line: 2 });
  });

  it('that was flipped or cut is read or is a VectorFileError', async () => {
    const bytes = { vectors: join(writeProjector(vectors).vectors), metadata: join(writeProjector(vectors).metadata) };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom<'vectors' | 'metadata'>('vectors', 'metadata'), fc.array(fc.tuple(fc.nat(100), fc.nat(255)), { maxLength: 3 }), fc.nat(40), async (which, flips, less) => {
        const wrong = { ...bytes, [which]: bytes[which].slice(0, bytes[which].length - less) };
        for (const [at, value] of flips) if (at < wrong[which].length) wrong[which][at] = value;
        const error = await readProjector(wrong).then(() => undefined, (reason: unknown) => reason);
        if (error !== undefined) expect(error).toBeInstanceOf(VectorFileError);
      }),
      { numRuns: 300 },
    );
  });
});
