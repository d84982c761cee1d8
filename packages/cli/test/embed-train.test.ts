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
import { kk, temporaryFolder, type Result } from './support/kk.js';
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
    [['--method', 'glove', ...shape, ...rate, '--count-limit', '7.5', '--exponent', '0.5'], (s) => trainGlove(s, { ...prediction, minCount: 2, countLimit: 7.5, exponent: 0.5 })],
    [['--method', 'ppmi', ...shape], (s) => trainPpmi(s, { ...settings, minCount: 2 })],
    [['--method', 'ppmi', ...shape, '--smoothing', '1', '--shift', '1.1', '--weighting', '0'], (s) => trainPpmi(s, { ...settings, minCount: 2, smoothing: 1, shift: 1.1, weighting: 0 })],
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

  /** Trains until there were so many lines of progress with a word, then stops as SIGTERM does. */
  const stopAt = (word: string, lines: number, ...argv: string[]): Promise<Result> => {
    const controller = new AbortController();
    let seen = 0;
    const onStderr = (line: string): void => {
      if (line.includes(` ${word},`) && ++seen === lines) controller.abort(new Interrupted('Stopped.', 143));
    };
    return kk(['embed', 'train', 'text.txt', ...argv], { cwd, columns: 1000, env: { NO_COLOR: '1' }, onStderr, interrupt: controller.signal });
  };

  it.each([['skip-gram'], ['cbow', '--subwords', '3-4', '--width', '5'], ['skip-gram', '--threads', '2'], ['glove']])('saves what it has learned when it is stopped: --method %s %s', async (...method) => {
    const out = `stopped/${method.join('')}.safetensors`;
    // The second line comes when something is learned.
    const { exitCode, stdout, stderr } = await stopAt('training', 2, '--method', ...method, '--epochs', '1000000', '--out', out);
    expect({ exitCode, stdout }).toEqual({ exitCode: 143, stdout: '' });
    const said = /kk: Stopped in epoch ([\d,]+) of 1,000,000; the vectors as they are, unfinished, are saved in (\S+)\. Training cannot go on from there\. $/.exec(stderr.replace(/\s+/g, ' '));
    expect(said?.[2]).toBe(out);
    expect(Number(said![1].replaceAll(',', ''))).toBeGreaterThanOrEqual(1);
    const { words, matrix, subwords } = await readWordVectors(join(cwd, out));
    expect(words.length).toBe(10);
    expect([...matrix, ...(subwords?.matrix ?? [])].every((value) => Number.isFinite(value))).toBe(true);
    expect(readdirSync(join(cwd, 'stopped')).filter((name) => !name.endsWith('.safetensors'))).toEqual([]);
  });

  it('writes nothing when it is stopped before it has learned anything', async () => {
    for (const [word, ...argv] of [['reading'], ['training', '--method', 'ppmi', '--width', '5']]) {
      const { exitCode, stderr } = await stopAt(word, 1, ...argv, '--out', 'nothing/never.txt');
      expect(exitCode).toBe(143);
      expect(stderr).toMatch(argv.length > 0 ? /kk: Stopped\. By ppmi there are no vectors before the end; nothing was written\.\n$/ : /kk: Stopped before anything was learned; nothing was written\.\n$/);
    }
    expect(existsSync(join(cwd, 'nothing'))).toBe(false);
  });

  it.each([
    ['de', 'Hund'],
    ['en', 'dog'],
  ] as const)('proposes a word that says something, --lang %s', async (lang, word) => {
    const { stdout } = await kk(['embed', 'train', '--lang', lang, '--epochs', '1', '--out', `proposal-${lang}.safetensors`], { cwd });
    const [, proposed] = /safetensors (\S+)\n$/.exec(stdout)!;
    expect(proposed).toBe(word);
    expect(stdout).toMatch(/Left out +what is in the text only once: \d+ words\n/);
    const { stdout: all } = await kk(['embed', 'train', 'text.txt', '--epochs', '1', '--min-count', '1', '--out', `all-${lang}.txt`], { cwd });
    expect(all).toMatch(/Left out +nothing\n/);
    const { stdout: few } = await kk(['embed', 'train', 'text.txt', '--epochs', '1', '--max-words', '3', '--out', `few-${lang}.txt`], { cwd });
    expect(few.replace(/\s+/g, ' ')).toMatch(/Left out what is in the text fewer than 5 times, and what is not among its 3 most frequent words: [\d,]+ words/);
  });

  it('names a remedy that can be followed', async () => {
    writeFileSync(join(cwd, 'emoji.txt'), '😀 😀 🙂 🙂\n🙂 😀\n');
    const { exitCode, stderr } = await kk(['embed', 'train', 'emoji.txt', '--min-count', '1'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'kk: The text has fewer than two different words: there is nothing to learn.\n    Give more text; --unit whitespace also takes what is no letter or digit, such as emojis, for words.\n' });
    expect((await kk(['embed', 'train', 'emoji.txt', '--min-count', '1', '--unit', 'whitespace', '--out', 'emoji.txt.vec'], { cwd })).exitCode).toBe(0);
    writeFileSync(join(cwd, 'one.txt'), 'one one one\n');
    expect((await kk(['embed', 'train', 'one.txt', '--min-count', '1'], { cwd })).stderr).toBe('kk: The text has fewer than two different words: there is nothing to learn.\n    Give more text.\n');
  });

  it.each([
    ['--count-limit', '7', '--count-limit has no effect with --method skip-gram.'],
    ['--shift', '2', '--shift has no effect with --method skip-gram.'],
  ])('%s %s belongs to another method', async (flag, value, message) => {
    expect(await kk(['embed', 'train', 'text.txt', flag, value], { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) as string });
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
