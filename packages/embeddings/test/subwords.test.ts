// N-grams and their buckets beside those of fastText 0.9.2 (fixtures/fasttext-ngrams.py), and the vectors of unknown words.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { subwordBuckets, subwordHash, subwordVector, WordVectors } from '../src/index.js';

interface Case {
  minLength: number;
  maxLength: number;
  buckets: number;
  word: string;
  ngrams: [string, number][];
}

const cases = JSON.parse(readFileSync(new URL('fixtures/fasttext-ngrams.json', import.meta.url), 'utf8')) as Case[];

describe('subwords', () => {
  it.each(cases)('of $word, $minLength to $maxLength, are those of fastText', ({ ngrams, word, ...lengths }) => {
    expect(subwordBuckets(word, lengths)).toEqual(ngrams.map(([, bucket]) => bucket));
    expect(ngrams.map(([ngram]) => subwordHash(ngram) % lengths.buckets)).toEqual(ngrams.map(([, bucket]) => bucket));
  });

  it('average to the vector of a word', () => {
    const lengths = { minLength: 3, maxLength: 3, buckets: 1000 };
    const buckets = subwordBuckets('cat', lengths);
    const present = Uint32Array.from(buckets.slice(0, 2)).sort();
    const subwords = { ...lengths, present, matrix: Float32Array.of(1, 2, 3, 5) };
    expect(buckets).toHaveLength(3);
    expect([...subwordVector(subwords, 2, 'cat')!]).toEqual([2, 3.5]);
    expect(subwordVector(subwords, 2, 'xyz')).toBeUndefined();
    const vectors = new WordVectors({ words: ['dog'], width: 2, matrix: Float32Array.of(7, 8), subwords });
    expect([...vectors.vector('dog')!]).toEqual([7, 8]);
    expect([...vectors.vector('cat')!]).toEqual([2, 3.5]);
    expect(vectors.vector('xyz')).toBeUndefined();
  });
});

describe('word vectors', () => {
  it('refuse parts that do not fit', () => {
    const words = ['a', 'b'];
    expect(() => new WordVectors({ words, width: 2, matrix: new Float32Array(3) })).toThrow('the matrix has 3 numbers; 2 words of width 2 need 4');
    expect(() => new WordVectors({ words, width: 0, matrix: new Float32Array(0) })).toThrow('width is 0; expected an integer from 1');
    expect(() => new WordVectors({ words, counts: [1], width: 2, matrix: new Float32Array(4) })).toThrow('2 words and 1 counts');
    expect(() => new WordVectors({ words: ['a', 'a'], width: 2, matrix: new Float32Array(4) })).toThrow('the word "a" is given twice');
    const subwords = { minLength: 3, maxLength: 6, buckets: 3, matrix: new Float32Array(4) };
    expect(() => new WordVectors({ words, width: 2, matrix: new Float32Array(4), subwords })).toThrow('3 n-grams of width 2 need 6');
  });

  it('know their rows', () => {
    const vectors = new WordVectors({ words: ['a', 'b'], width: 2, matrix: Float32Array.of(1, 2, 3, 4) });
    expect(vectors.place('b')).toBe(1);
    expect(vectors.place('c')).toBeUndefined();
    expect([...vectors.row(1)]).toEqual([3, 4]);
    expect(() => vectors.row(2)).toThrow('there is no row 2; there are rows 0 to 1');
    expect(new WordVectors(structuredClone({ ...vectors })).words).toEqual(['a', 'b']);
  });
});
