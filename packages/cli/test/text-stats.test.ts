import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeStories } from '@kk/corpora';
import picocolors from 'picocolors';
import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { languageOf } from '../src/options/text-language.js';
import { plot } from '../src/terminal/plot.js';
import { shortNames } from '../src/text-stats/layout.js';
import { Interrupted } from '../src/errors.js';
import { reportOf } from '../src/text-stats/report.js';
import { kk, temporaryFolder } from './support/kk.js';

let cwd: string;
const longNames = ['Märchen für Kinder', 'Kapitel Eins von vielen, wie es geschrieben wurde', 'Kapitel Eins von vielen, wie es gedruckt wurde'];
const german = writeStories('de', { seed: 1, bytes: 20_000 });
const english = writeStories('en', { seed: 1, bytes: 20_000 });
/** The words of a text in another order: as many of each, no sense. */
const shuffled = german
  .split(' ')
  .map((word, at) => ({ word, key: (at * 7919) % 10_007 }))
  .sort((a, b) => a.key - b.key)
  .map(({ word }) => word)
  .join(' ');

beforeAll(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'real.txt'), german);
  writeFileSync(join(cwd, 'nonsense.txt'), shuffled);
  writeFileSync(join(cwd, 'english.txt'), english);
  writeFileSync(join(cwd, 'part.txt'), german.slice(3000, 6000));
  writeFileSync(join(cwd, 'stars.txt'), '* * *\n');
  writeFileSync(join(cwd, 'one.txt'), 'a');
  writeFileSync(join(cwd, 'six.txt'), 'Der Hund sah die Katze heute.');
  writeFileSync(join(cwd, 'decomposed.txt'), german.normalize('NFD'));
  for (const name of longNames) writeFileSync(join(cwd, `${name}.txt`), english);
});

interface JSONReport {
  path: string;
  language: string;
  vocabulary: { tokens: number; types: number };
  entropy: { unit: string; orders: { order: number; ngram: number; conditional: number }[] };
  zlib: { characters: number };
  copies: { copied: number } | null;
  agreement: { share: number | null };
  pairs: { share: number };
  readability: Record<string, unknown>;
}

const reports = async (...argv: string[]): Promise<JSONReport[]> => {
  const { exitCode, stderr, json } = await kk(['text', 'stats', ...argv, '--json'], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return json() as unknown as JSONReport[];
};

describe('kk text stats', () => {
  it('says how far it is, also within a measure, and stops there', async () => {
    const seen = (await kk(['text', 'stats', 'real.txt'], { cwd, columns: 80 })).stderr.matchAll(/measuring, (\d+)%/g);
    expect([...seen].length).toBeGreaterThan(0);
    // Of the pieces and the steps, a measure tells each: stopped at the tenth, it is still at the first of 14 measures.
    const controller = new AbortController();
    let shares = 0;
    const text = 'a b '.repeat(2 ** 19);
    const stopped = reportOf({ path: '', text, language: 'en' }, { unit: 'character', maxOrder: 2, reference: undefined, onProgress: async (share) => {
      expect(share).toBeLessThan(0.1);
      if (++shares === 10) controller.abort(new Interrupted('Stopped.'));
      controller.signal.throwIfAborted();
      return Promise.resolve();
    } });
    await expect(stopped).rejects.toThrow('Stopped.');
  });

  it('gives an object per text, which tell a text from its words in another order', async () => {
    const [real, nonsense] = await reports('real.txt', 'nonsense.txt');
    expect(real.path).toBe(join(cwd, 'real.txt'));
    expect(real.entropy.unit).toBe('char');
    expect(nonsense.vocabulary).toMatchObject({ tokens: real.vocabulary.tokens, types: real.vocabulary.types });
    expect(real.copies).toBeNull(); // a key in every object, and nothing that the first text was compared with
    expect(nonsense.copies?.copied).toBeLessThan(0.01);
    expect(real.agreement.share).toBe(1);
    expect(real.pairs.share).toBe(1);
    expect(nonsense.pairs.share).toBeLessThan(0.9);
    expect(nonsense.entropy.orders[7].conditional).toBeLessThan(real.entropy.orders[0].conditional);
  });

  it('finds what was copied', async () => {
    const [, part] = await reports('real.txt', 'part.txt');
    expect(part.copies?.copied).toBeGreaterThan(0.98);
  });

  it('takes the language of each text, or the one that it is told', async () => {
    const [first, second] = await reports('real.txt', 'english.txt');
    expect([first.language, second.language]).toEqual(['de', 'en']);
    expect(first.readability).toHaveProperty('wienerSachtextformel');
    expect(second.readability).toHaveProperty('fleschKincaidGrade');
    expect((await reports('english.txt', '--lang', 'de'))[0].language).toBe('de');
  });

  it('measures beginnings of one length, and words', async () => {
    const [real, part] = await reports('real.txt', 'part.txt', '--equal', '--unit', 'word', '--order', '2');
    expect(real.zlib.characters).toBe(3000);
    expect(part.zlib.characters).toBe(3000);
    // Copied from a place behind the part that is measured.
    expect(part.copies?.copied).toBeGreaterThan(0.98);
    expect(real.entropy).toMatchObject({ unit: 'word', orders: { length: 3 } });
    expect(real.entropy.orders.map(({ order, ngram }) => [order, ngram])).toEqual([[0, 1], [1, 2], [2, 3]]); // what it looks back on, and n-grams
  });

  it('takes umlauts in one and in two code points for the same', async () => {
    const [composed, decomposed] = await reports('real.txt', 'decomposed.txt');
    expect(decomposed.copies?.copied).toBe(1);
    expect({ ...decomposed, path: '', copies: null }).toEqual({ ...composed, path: '' });
  });

  it.each(['one.txt', 'six.txt'])('shows no impossible figures of %s', async (file) => {
    for (const columns of [40, 80]) {
      const { stdout, exitCode } = await kk(['text', 'stats', file], { cwd, columns, env: { NO_COLOR: '1', LANG: 'de_DE.UTF-8' } });
      expect(exitCode).toBe(0);
      expect(stdout).not.toMatch(/-\d/);
      expect(stdout).toMatch(/nach 7 Zeichen +(?:–|\*0,)/);
      expect(stdout).toMatch(/Schuljahr +< 1/);
      expect(stdout).not.toContain('nach Rang'); // words that all come once have no ranks
      const labels = [...stdout.matchAll(/^ *(\S+) ┤/gm)].map(([, label]) => label);
      expect(new Set(labels).size).toBe(labels.length);
    }
  });

  it('shows names whole where there is room, else above the table', async () => {
    const run = async (columns: number, ...names: string[]): Promise<string[]> => (await kk(['text', 'stats', ...names.map((name) => `${name}.txt`)], { cwd, columns, env: { NO_COLOR: '1' } })).stdout.split('\n');
    const [kinder, written, printed] = longNames;
    expect((await run(80, 'real', kinder))[0]).toMatch(/^ +A real +B Märchen für Kinder$/);
    expect((await run(80, kinder, written, printed)).slice(0, 4)).toEqual([` A ${kinder}`, ` B ${written}`, ` C ${printed}`, expect.stringMatching(/^ +A +B +C$/)]);
    expect((await run(80, written))[0].trim()).toBe(written);
    for (const columns of [36, 40, 80]) {
      const shown = (await run(columns, written, printed)).join(' ').replace(/\s+/g, ' ');
      for (const name of [`A ${written}`, `B ${printed}`]) expect(shown).toContain(name);
    }
  });

  it('marks where curves lie on each other, and says so', async () => {
    const run = async (...files: string[]): Promise<string> => (await kk(['text', 'stats', ...files], { cwd, columns: 80, env: { NO_COLOR: '1' } })).stdout;
    const same = await run('real.txt', 'real.txt');
    expect(same.match(/│.*\+/g)).not.toBeNull();
    expect(same.match(/\+ several texts in one place/g)).toHaveLength(2);
    expect(await run('real.txt')).not.toMatch(/\+ several/);
  });

  it('explains its figures with --explain, in both languages', async () => {
    const run = async (locale: string, columns: number, ...argv: string[]): Promise<string> => (await kk(['text', 'stats', 'real.txt', ...argv], { cwd, columns, env: { NO_COLOR: '1', LANG: locale } })).stdout;
    expect(await run('de_DE.UTF-8', 80)).toContain('--explain');
    for (const columns of [40, 80]) {
      const explained = await run('de_DE.UTF-8', columns, '--explain');
      for (const label of ['Zipf-Exponent', 'Abstand von Zipf', 'Heaps-Exponent', 'Klumpung', 'Verben geprüft']) expect(explained).toMatch(new RegExp(`^ ${label}: `, 'm'));
      expect(explained).not.toContain('--explain');
      expect(explained).not.toMatch(/^ kopiert, .*: /m); // nothing is explained that is not shown
      expect(Math.max(...explained.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
    }
    const compared = await run('en_US.UTF-8', 80, 'part.txt', '--explain');
    for (const label of ['Zipf exponent', 'distance from Zipf', 'Heaps exponent', 'burstiness', 'verbs judged', 'copied, 8\\+ words']) expect(compared).toMatch(new RegExp(`^ ${label}: `, 'm'));
  });

  it.each([36, 40, 80, 200])('fits %i columns', async (columns) => {
    const { stdout, exitCode } = await kk(['text', 'stats', 'real.txt', 'nonsense.txt', 'english.txt'], { cwd, columns, env: { NO_COLOR: '1' } });
    expect(exitCode).toBe(0);
    expect(Math.max(...stdout.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
    for (const name of ['A real', 'B nonsense', 'C english']) expect(stdout).toContain(name);
  });

  it('stands side by side where there is room, else one text under another', async () => {
    const run = async (columns: number): Promise<string> => (await kk(['text', 'stats', 'real.txt', 'part.txt'], { cwd, columns, env: { NO_COLOR: '1' } })).stdout;
    expect((await run(80)).match(/Zipf exponent/g)).toHaveLength(1);
    expect((await run(40)).match(/Zipf exponent/g)).toHaveLength(2);
    expect(await run(80)).toContain('--equal');
  });

  it('speaks German where the system does', async () => {
    const { stdout } = await kk(['text', 'stats', 'real.txt'], { cwd, env: { LANG: 'de_DE.UTF-8' } });
    expect(stdout).toContain('verschiedene Wörter');
    expect(stdout).toMatch(/Zipf-Exponent +0,\d\d/);
    expect(stdout).not.toMatch(/\b(?:words|after)\b/);
  });

  it('stops at Ctrl-C', async () => {
    const controller = new AbortController();
    const onStderr = (): void => controller.abort(new Error('stopped by the test')); // the first sign of progress
    const { exitCode, stdout, stderr } = await kk(['text', 'stats', 'real.txt', ...new Array<string>(30).fill('english.txt')], { cwd, columns: 80, onStderr, interrupt: controller.signal });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('stopped by the test');
  });

  it.each([
    [['text', 'stats', 'stars.txt'], 1, /stars\.txt has no words/],
    [['text', 'stats', 'missing.txt'], 1, /missing\.txt/],
    [['text', 'stats', 'real.txt', 'missing.txt'], 1, /missing\.txt/],
    [['text', 'stats'], 2, /kk text stats needs --data FILE/],
    [['text', 'stats', 'real.txt', '--order', '32'], 2, /--order.*from 0 to 31/],
    [['text', 'stats', 'real.txt', '--unit', 'byte'], 2, /--unit.*char, word/],
    [['text', 'stats', 'real.txt', '--lang', 'fr'], 2, /--lang.*de, en, auto/],
  ] as const)('%j is an error with one line', async (argv, code, words) => {
    const { exitCode, stdout, stderr } = await kk(argv, { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(stderr.split('\n')[0]).toMatch(words);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('languageOf', () => {
  it('goes by frequent words', () => {
    expect([german, english, 'Der Hund und die Katze', 'THE DOG', '', '12'].map(languageOf)).toEqual(['de', 'en', 'de', 'en', 'en', 'en']);
  });
});

describe('shortNames', () => {
  it('leaves out what all can be told apart without', () => {
    expect(shortNames(['a/real.txt', '/b/x.tar.gz', '.hidden'])).toEqual(['real', 'x.tar', '.hidden']);
    expect(shortNames(['a/x.txt', 'b/x.txt'])).toEqual(['a/x.txt', 'b/x.txt']);
  });
});

describe('plot', () => {
  const labels = { labelX: String, labelY: String };

  it('puts each point where it belongs', () => {
    const picture = plot([{ mark: 'A', points: [[0, 0], [10, 4]] }, { mark: 'B', points: [[0, 4], [10, 4]] }], { columns: 14, height: 3, ...labels });
    expect(picture.split('\n')).toEqual(['4 ┤B         +', '2 ┤', '0 ┤A', '   0        10']);
  });

  it('has logarithmic axes, dotted lines and colours', () => {
    const { cyan } = picocolors.createColors(true);
    const picture = plot([{ mark: 'x', joined: true, paint: cyan, points: [[1, 100], [10, 10], [100, 1], [0, 5], [3, NaN]] }], { columns: 11, height: 5, logX: true, logY: true, labelX: (x) => x.toFixed(0), labelY: (y) => y.toFixed(0) });
    expect(picture.split('\n')).toHaveLength(6);
    expect(picture).toContain(cyan('x'));
    expect(picture).toContain(cyan('·'));
    expect(picture.split('\n')[2]).toMatch(/^ 10 ┤/);
    expect(picture.split('\n')[5]).toMatch(/^ {5}1 +100$/);
  });

  it('has each label once', () => {
    const constant = plot([{ mark: 'A', points: [[0, 1], [1, 1]] }], { columns: 12, height: 3, labelX: String, labelY: String });
    expect(constant.split('\n')).toEqual(['  │', '  │', '1 ┤A       A', '   0       1']);
    const close = plot([{ mark: 'A', points: [[0, 1], [0, 1.1]] }], { columns: 12, height: 3, labelX: String, labelY: (y) => y.toFixed(0) });
    expect(close.split('\n')).toEqual(['  │A', '  │', '1 ┤A', '   0']);
  });

  it('is empty without points, and holds one', () => {
    expect(plot([{ mark: 'A', points: [] }], { columns: 20, height: 3, ...labels })).toBe('');
    expect(plot([{ mark: 'A', points: [[1, 1]] }], { columns: 20, height: 3, ...labels })).toContain('A');
  });
});
