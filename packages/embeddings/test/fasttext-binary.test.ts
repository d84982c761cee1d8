// Models of fastText: the same vectors as fastText and gensim, also for words that the model never saw (test/fixtures/fasttext.py made them).
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFastTextBinary, readWord2vecText, subwordBuckets, VectorFileError } from '../src/index.js';
import { cut, encode } from './support/vectors.js';

interface Model {
  file: string;
  vec: string;
  fasttext: Record<string, number[]>;
  gensim: Record<string, number[]>;
}

const models = JSON.parse(readFileSync(new URL('./fixtures/fasttext.json', import.meta.url), 'utf8')) as Record<'subwords' | 'words', Model>;
const bytesOf = ({ file }: Model): Uint8Array => Uint8Array.from(Buffer.from(file, 'base64'));

describe.each(Object.entries(models))('a model with %s', (_, model) => {
  it('gives the vectors of fastText, which prints five digits, and of gensim', async () => {
    const vectors = await readFastTextBinary(cut(bytesOf(model), [7, 1, 40]));
    for (const [word, expected] of Object.entries(model.fasttext)) {
      const found = vectors.vector(word)!;
      expected.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(5e-5 * Math.abs(value)));
    }
    for (const [word, expected] of Object.entries(model.gensim)) {
      // fastText, other than gensim, has no n-grams for the end of a sentence.
      if (word !== '</s>') expected.forEach((value, i) => expect(Math.abs(vectors.vector(word)![i] - value)).toBeLessThanOrEqual(1e-6 * Math.abs(value)));
    }
  });

  it('has the words of its .vec', async () => {
    const [binary, text] = [await readFastTextBinary(bytesOf(model)), await readWord2vecText(encode(model.vec))];
    expect(binary.words).toEqual(text.words);
    text.matrix.forEach((value, i) => expect(Math.abs(binary.matrix[i] - value)).toBeLessThanOrEqual(5e-5 * Math.abs(value)));
    expect(binary.counts!.length).toBe(binary.words.length);
    expect(binary.counts![binary.words.indexOf('hund')]).toBe(8);
  });

  it('is read for some words, which still have all n-grams', async () => {
    const [all, some] = [await readFastTextBinary(bytesOf(model)), await readFastTextBinary(bytesOf(model), { only: ['hund', 'katze'] })];
    expect(some.words.toSorted()).toEqual(['hund', 'katze']);
    for (const word of ['hund', 'katze', 'hunde']) if (all.vector(word)) expect(some.vector(word)).toEqual(all.vector(word));
    expect((await readFastTextBinary(bytesOf(model), { limit: 2 })).words).toEqual(all.words.slice(0, 2));
  });

  it.each(['used', 'none'] as const)('is read with subwords: %s, which gives the words the same bits', async (subwords) => {
    const all = await readFastTextBinary(bytesOf(model));
    for (const choice of [{}, { limit: 3 }, { only: ['hund', '</s>'] }]) {
      const some = await readFastTextBinary(cut(bytesOf(model), [7, 1, 40]), { ...choice, subwords });
      for (const word of some.words) expect(some.vector(word)).toEqual(all.vector(word));
      expect(some.subwords === undefined).toBe(subwords === 'none' || all.subwords === undefined);
    }
  });

  it('that is cut within its n-grams is so whatever is kept of them', async () => {
    const bytes = bytesOf(model);
    const { subwords, words, width } = await readFastTextBinary(bytes);
    if (!subwords) return;
    const found = Buffer.from(bytes).indexOf(Buffer.from(subwords.matrix.buffer));
    expect(found).toBeGreaterThan(words.length * width * 4);
    for (const choice of ['all', 'used', 'none'] as const) await expect(readFastTextBinary(bytes.slice(0, found + subwords.matrix.byteLength - 1), { subwords: choice, limit: 1 })).rejects.toThrow('n-grams');
  });

  it('that was flipped or cut is read or is a VectorFileError', async () => {
    const bytes = bytesOf(model);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 3 }), fc.option(fc.nat(bytes.length), { nil: bytes.length }), async (flips, end) => {
        const wrong = bytes.slice();
        for (const [at, value] of flips) wrong[at] = value;
        const error = await readFastTextBinary(cut(wrong.subarray(0, end), [100])).then(() => undefined, (reason: unknown) => reason);
        if (error !== undefined) expect(error).toBeInstanceOf(VectorFileError);
      }),
      { numRuns: 500 },
    );
  });
});

it('keeps only the n-grams of the kept words when told, of which others are made', async () => {
  const bytes = bytesOf(models.subwords);
  const [all, used] = [await readFastTextBinary(bytes), await readFastTextBinary(bytes, { only: ['hund'], subwords: 'used' })];
  const buckets = [...new Set(subwordBuckets('hund', all.subwords!))].sort((a, b) => a - b);
  expect([...used.subwords!.present!]).toEqual(buckets);
  buckets.forEach((bucket, row) => expect(used.subwords!.matrix.subarray(row * 4, row * 4 + 4)).toEqual(all.subwords!.matrix.subarray(bucket * 4, bucket * 4 + 4)));
  expect(used.vector('hunde')).toHaveLength(4);
  await expect(readFastTextBinary(bytes, { subwords: 'some' as 'all' })).rejects.toThrow(`subwords is "some"; expected 'all', 'used' or 'none'`);
});

it('says at which byte what is wrong', async () => {
  const bytes = bytesOf(models.words);
  const changed = (at: number, value: number): Uint8Array => {
    const copy = bytes.slice();
    new DataView(copy.buffer).setInt32(at, value, true);
    return copy;
  };
  await expect(readFastTextBinary(changed(0, 1))).rejects.toMatchObject({ byte: 0, message: expect.stringContaining('expected 793712314') });
  await expect(readFastTextBinary(changed(4, 13))).rejects.toMatchObject({ byte: 4, message: expect.stringContaining('version is 13') });
  await expect(readFastTextBinary(changed(8, 5))).rejects.toMatchObject({ message: expect.stringMatching(/a table of \d+ x 4 numbers/) });
  await expect(readFastTextBinary(bytes.slice(0, 70))).rejects.toMatchObject({ byte: 64, message: expect.stringContaining('within the dictionary') });
  await expect(readFastTextBinary(bytes.slice(0, 200))).rejects.toThrow('within the dictionary');
});
