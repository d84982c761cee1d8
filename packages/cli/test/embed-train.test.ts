// kk embed train: how a text is cut into sentences, that the options reach the training, and what is written.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { courseSentences, sentenceWords } from '@kk/corpora/sentences';
import { trainGlove, trainPpmi, trainWordVectors, type WordVectors } from '@kk/embeddings';
import { readWordVectors } from '@kk/embeddings/node';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sentencesOf, type SentenceOptions } from '../src/embed/sentences.js';
import { Interrupted } from '../src/errors.js';
import { kk, temporaryFolder } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;
const text = babble(6000);

beforeAll(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), text);
});

let outs = 0;
/** Trains and returns the JSON and the vectors of the file. */
async function train(...argv: string[]): Promise<{ result: Record<string, unknown>; vectors: WordVectors }> {
  const out = `out-${++outs}.safetensors`;
  const { exitCode, stderr, last } = await kk(['embed', 'train', ...argv, '--out', out, '--json'], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return { result: last(), vectors: await readWordVectors(join(cwd, out)) };
}

async function cut(pieces: readonly string[], options: Partial<SentenceOptions> = {}): Promise<string[][]> {
  const stream = (async function* () {
    for (const piece of pieces) yield await Promise.resolve(piece);
  })();
  const found: string[][] = [];
  for await (const sentence of sentencesOf(stream, { unit: 'word', cased: false, ...options })) found.push(sentence);
  return found;
}

describe('sentences of a text', () => {
  it('end at marks and empty lines, and have words without punctuation', async () => {
    expect(await cut(['The king, who\nis 3.5 years old... "No!" said Rumpel-stilz; it’s\n \nUPPER case'])).toEqual([['the', 'king', 'who', 'is', '3.5', 'years', 'old'], ['no'], ['said', 'rumpel-stilz', 'it’s'], ['upper', 'case']]);
    expect(await cut(['Der König'], { cased: true })).toEqual([['Der', 'König']]);
    expect(await cut(['u\u0308ber'])).toEqual([['über']]);
    expect(await cut(['', ' \n\n . ', ''])).toEqual([]);
  });

  it('are lines of what stands between blanks, as word2vec and fastText read', async () => {
    expect(await cut(['The king, who .\nis\told\n\n!'], { unit: 'whitespace', cased: true })).toEqual([['The', 'king,', 'who', '.'], ['is', 'old'], ['!']]);
  });

  it('are the same however the text comes, and never longer than 1,000 words', async () => {
    const parts = fc.array(fc.constantFrom('a', 'b', 'Ü', '7', ' ', '\n', '\n\n', '.', ',', '-', '’', '!', '猫'), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(parts, fc.constantFrom('word', 'whitespace'), fc.boolean(), async (pieces, unit, cased) => {
        expect(await cut(pieces, { unit, cased })).toEqual(await cut([pieces.join('')], { unit, cased }));
      }),
    );
    const long = await cut(['word '.repeat(2500)]);
    expect(long.map(({ length }) => length)).toEqual([1000, 1000, 500]);
  });
});

describe('kk embed train', () => {
  it('gives the vectors of the package, with its defaults', async () => {
    const sentences = await cut([text]);
    const { result, vectors } = await train('text.txt');
    const expected = await trainWordVectors(sentences, { minCount: 5 });
    expect(vectors.words).toEqual(expected.words);
    expect(vectors.matrix).toEqual(expected.matrix);
    const words = sentences.flat().length;
    const known = Array.from(expected.counts!).reduce((sum, count) => sum + count, 0);
    expect(result).toMatchObject({ method: 'skip-gram', vocabSize: expected.words.length, width: 100, words, knownWords: known, sentences: sentences.length, ngrams: 0, minCount: 5, seed: 0, out: join(cwd, 'out-1.safetensors') });
    expect(result.bytes).toBe(readFileSync(join(cwd, 'out-1.safetensors')).length);
  });

  const shape = ['--width', '7', '--window', '3', '--min-count', '2', '--seed', '4'];
  const settings = { width: 7, window: 3, seed: 4 };
  const rate = ['--epochs', '2', '--lr', '0.1'];
  const prediction = { ...settings, epochs: 2, learningRate: 0.1 };
  it.each<[string[], (sentences: string[][]) => Promise<WordVectors>]>([
    [['--method', 'cbow', ...shape, ...rate, '--negatives', '3', '--exponent', '0.5', '--subsample', '0'], (s) => trainWordVectors(s, { model: 'cbow', ...prediction, minCount: 2, negatives: 3, exponent: 0.5, subsample: 0 })],
    [['--loss', 'hierarchical-softmax', ...shape, ...rate], (s) => trainWordVectors(s, { loss: 'hierarchical-softmax', ...prediction, minCount: 2 })],
    [['--subwords', '2-4', '--buckets', '500', ...shape, ...rate, '--max-words', '9'], (s) => trainWordVectors(s, { subwords: { minLength: 2, maxLength: 4, buckets: 500 }, ...prediction, minCount: 2, maxWords: 9 })],
    [['--method', 'glove', ...shape, ...rate], (s) => trainGlove(s, { ...prediction, minCount: 2 })],
    [['--method', 'ppmi', ...shape], (s) => trainPpmi(s, { ...settings, minCount: 2 })],
  ])('%j reaches the training', async (argv, expected) => {
    const { vectors } = await train('text.txt', ...argv);
    const { words, matrix, subwords } = await expected(await cut([text]));
    expect(vectors.words).toEqual(words);
    expect(vectors.matrix).toEqual(matrix);
    expect(vectors.subwords?.matrix).toEqual(subwords?.matrix);
  });

  it.each(['de', 'en'] as const)("takes the course's sentences, --lang %s", async (lang) => {
    const { result, vectors } = await train('--lang', lang);
    expect(result).toMatchObject({ sentences: 344, width: 16, minCount: 2 });
    const expected = await trainWordVectors(sentenceWords(courseSentences(lang)), { width: 16, window: 10, negatives: 5, epochs: 100, learningRate: 0.05, subsample: 0.01, minCount: 2 });
    expect(vectors.matrix).toEqual(expected.matrix);
    const [first] = (await kk(['embed', 'neighbours', 'out-' + outs + '.safetensors', lang === 'de' ? 'Montag' : 'Monday', '--top', '1', '--json'], { cwd })).json();
    expect((first.neighbours as { word: string }[])[0].word).toMatch(/tag$|^Mittwoch$|day$/);
  });

  it('trains on several threads', async () => {
    const { result, vectors } = await train('text.txt', '--threads', '2', '--width', '5');
    expect(result).toMatchObject({ seed: null, width: 5 });
    expect(vectors.matrix.every((value) => Number.isFinite(value))).toBe(true);
  });

  it('says what it learned, where it is, and what comes next', async () => {
    const { exitCode, stdout } = await kk(['embed', 'train', 'text.txt', '--epochs', '1', '--subwords', '3-4'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('runs/text.safetensors');
    expect(stdout).toMatch(/kk embed neighbours runs\/text\.safetensors \p{L}{5,}\n$/u);
    expect(await kk(['embed', 'train', 'text.txt'], { cwd })).toMatchObject({ exitCode: 1, stdout: '', stderr: 'kk: runs/text.safetensors is there already.\n    Replace it with --force, or choose another --out.\n' });
    expect((await kk(['embed', 'train', 'text.txt', '--epochs', '1', '--force'], { cwd })).exitCode).toBe(0);
    expect((await kk(['embed', 'train', 'text.txt', '--epochs', '1', '--subwords', '3-4', '--out', 'plain.vec'], { cwd })).stdout).toContain('only .safetensors keeps them');
  });

  it('writes the projector’s two files, and refuses a name that has no place for both', async () => {
    expect((await kk(['embed', 'train', 'text.txt', '--epochs', '1', '--out', 'map/vectors.tsv'], { cwd })).exitCode).toBe(0);
    expect(readdirSync(join(cwd, 'map')).sort()).toEqual(['metadata.tsv', 'vectors.tsv']);
    expect((await kk(['embed', 'train', 'text.txt', '--out', 'map/vectors.tsv'], { cwd })).stderr).toContain('map/metadata.tsv is there already');
    expect(await kk(['embed', 'train', 'text.txt', '--out', 'points.tsv'], { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("points.tsv has no 'vectors' in its name") as string });
  });

  it('writes nothing when it is stopped', async () => {
    const controller = new AbortController();
    const onStderr = (line: string): void => {
      if (line.includes('training')) controller.abort(new Interrupted());
    };
    const { exitCode } = await kk(['embed', 'train', 'text.txt', '--epochs', '100000', '--out', 'stopped/never.txt'], { cwd, columns: 80, onStderr, interrupt: controller.signal });
    expect(exitCode).toBe(130);
    expect(existsSync(join(cwd, 'stopped'))).toBe(false);
  });

  it.each([
    ['text.txt', '--min-count', '5000', 1, 'Fewer than two words are in the text 5000 times: there is nothing to learn.\n    Give more text, or a smaller --min-count.'],
    ['text.txt', '--method', 'ppmi', '--width', '500', 2, '--width 500 is more than the 10 words that the text has.'],
    ['text.txt', '--subwords', '6-3', 2, "'6-3' is invalid. Expected the shortest and the longest n-gram"],
    ['text.txt', '--lr', '100000', 1, 'The vectors became infinite'],
  ])('%s %s %s %s ...', async (...all) => {
    const words = all.pop() as string;
    const code = all.pop() as number;
    const { exitCode, stdout, stderr } = await kk(['embed', 'train', ...(all as string[]), '--out', 'never.txt'], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(stderr).toContain(words);
    expect(existsSync(join(cwd, 'never.txt'))).toBe(false);
  });
});
