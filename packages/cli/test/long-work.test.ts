// Everything that takes seconds with a long text tells how far it is, and Ctrl-C ends it: these tests count steps and lines, not time.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CharacterTokenizer, WordTokenizer } from '@kk/tokenizer';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Context } from '../src/context.js';
import { Interrupted } from '../src/errors.js';
import { readTextFile } from '../src/files/data.js';
import { encodeInSteps } from '../src/files/encode.js';
import { kk, temporaryFolder } from './support/kk.js';
import { stepsOf } from './support/steps.js';
import { babble } from './support/texts.js';

const LONG = 1_200_000;
const long = babble(LONG);

let cwd: string;
/** A file named OUT gets another name each time. */
let outs = 0;

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'long.txt'), long);
  writeFileSync(join(cwd, 'short.txt'), babble(3000));
  writeFileSync(join(cwd, 'analogies.txt'), `: numbers\n${'word1 word2 word3 word4\n'.repeat(10)}`);
  writeFileSync(join(cwd, 'many.txt'), `200000 2\n${Array.from({ length: 200_000 }, (_, i) => `word${i} 0.${i} 1\n`).join('')}`);
  for (const argv of [
    ['tokenizer', 'train', 'short.txt', '--vocab', '300', '--out', 'bpe.json'],
    ['markov', 'train', 'long.txt', '--order', '2', '--out', 'letters.markov'],
    ['markov', 'train', 'long.txt', '--unit', 'bpe.json', '--order', '2', '--out', 'tokens.markov'],
    ['train', 'short.txt', '--tokenizer', 'bpe.json', '--layers', '1', '--heads', '1', '--width', '8', '--context', '16', '--batch', '2', '--steps', '1', '--warmup', '0', '--out', 'gpt'],
  ]) {
    expect((await kk(argv, { cwd })).exitCode).toBe(0);
  }
});

interface Line {
  what: string;
  share: number;
}

/** Runs a verb on a terminal whose clock goes on a second whenever somebody looks at it, so that every step is shown on the fastest machine, too. */
async function linesOf(argv: readonly string[], stopAt?: (line: Line) => boolean): Promise<{ exitCode: number; lines: Line[] }> {
  const lines: Line[] = [];
  const controller = new AbortController();
  const onStderr = (text: string): void => {
    for (const [, what, share] of text.matchAll(/ ([a-z][a-z -]+), (\d+)\s?%/g)) {
      lines.push({ what, share: Number(share) });
      if (stopAt?.(lines.at(-1)!)) controller.abort(new Interrupted());
    }
  };
  let seconds = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => ++seconds * 1000);
  const { exitCode } = await kk(argv.map((word) => word.replace('OUT', `out-${++outs}`)), { cwd, columns: 80, onStderr, interrupt: controller.signal });
  clock.mockRestore();
  return { exitCode, lines };
}

describe('a long text', () => {
  // The verb, and what it tells with at least how many lines.
  const cases: [string[], Record<string, number>][] = [
    [['markov', 'generate', 'letters.markov', '--sources', '--max-tokens', '30', '--temperature', '0.9'], { 'reading the model': 1, 'working out the probabilities': 3, 'looking for the places': 10, 'counting lines': 4 }],
    [['markov', 'generate', 'tokens.markov', '--sources', '--max-tokens', '30'], { 'looking for the places': 10, 'counting lines': 5 }],
    [['markov', 'inspect', 'letters.markov', '--context', 'the'], { 'working out the probabilities': 3, 'looking for the places': 10, 'counting lines': 5 }],
    [['markov', 'inspect', 'tokens.markov', '--context', 'the'], { 'looking for the places': 10, 'counting lines': 5 }],
    [['markov', 'eval', 'tokens.markov', '--data', 'long.txt'], { reading: 1, measuring: 5 }],
    [['tokenize', '--data', 'long.txt', '--tokenizer', 'bpe.json', '--count'], { reading: 1, counting: 10 }],
    [['tokenize', '--data', 'long.txt', '--tokenizer', 'bpe.json', '--offsets'], { reading: 1, tokenizing: 10 }],
    [['tokenize', '--data', 'long.txt', '--tokenizer', 'word', '--count'], { reading: 1, 'counting words': 4, counting: 10 }],
    [['embed', 'train', 'long.txt', '--epochs', '1', '--width', '4', '--out', 'OUT.vec'], { reading: 1, training: 50 }],
    [['embed', 'neighbours', 'many.txt', 'word7'], { 'reading the vectors': 3 }],
    [['embed', 'convert', 'many.txt', 'OUT.vec'], { 'reading the vectors': 3, saving: 2 }],
    [['embed', 'eval', 'many.txt', '--analogies', 'analogies.txt'], { 'reading the vectors': 3, asking: 5 }],
    [['embed', 'project', 'many.txt', 'OUT.html', '--top', '40', '--method', 'tsne'], { 'reading the vectors': 3, drawing: 100, 'looking for neighbours': 30 }],
    [['embed', 'project', 'many.txt', 'OUT.svg', '--top', '40', '--method', 'umap'], { 'reading the vectors': 3, drawing: 100 }],
    [['generate', 'gpt', '--draft', 'tokens.markov', '--max-tokens', '2'], { 'working out the probabilities': 3 }],
  ];

  it.each(cases)('kk %j tells how far it is', async (argv, expected) => {
    const { exitCode, lines } = await linesOf(argv);
    expect(exitCode).toBe(0);
    for (const [what, least] of Object.entries(expected)) {
      const shares = lines.filter((line) => line.what === what).map(({ share }) => share);
      expect({ what, count: shares.length }).toEqual({ what, count: Math.max(least, shares.length) });
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
    }
  });

  it.each(cases.flatMap(([argv, expected]) => Object.keys(expected).map((what) => [what, argv] as const)))('Ctrl-C while %s: kk %j', async (what, argv) => {
    const { exitCode, lines } = await linesOf(argv, (line) => line.what === what);
    expect(exitCode).toBe(130);
    // It ends with this step, and nothing after it begins.
    expect(lines.at(-1)).toMatchObject({ what });
    expect(lines.at(-1)!.share).toBeLessThan(100);
  });

  it('is read a MiB at a time, without a line at its end', async () => {
    const { lines } = await linesOf(['tokenize', '--data', 'long.txt', '--tokenizer', 'char', '--count']);
    expect(lines.filter(({ what }) => what === 'reading')).toEqual([{ what: 'reading', share: Math.round((100 * 2 ** 20) / LONG) }]);
    const terminal = (): Context => new Context({ stdin: process.stdin, stdout: { write: () => true }, stderr: { write: () => true }, env: {}, command: 'kk', cwd, interrupt: AbortSignal.abort(new Interrupted('Stopped.')) });
    await expect(readTextFile(terminal(), 'long.txt', { quiet: true })).rejects.toThrow('Stopped.');
  });
});

describe('encodeInSteps', () => {
  it('gives the ids of the whole text, in steps of 2^17 units', () => {
    const tokenizer = WordTokenizer.train(long, {});
    const { value, shares } = stepsOf(encodeInSteps(tokenizer, long));
    expect(value).toEqual(tokenizer.encode(long));
    expect(shares.length).toBe(Math.ceil(LONG / 2 ** 17));
    expect(shares.at(-1)).toBe(1);
    expect(stepsOf(encodeInSteps(tokenizer, 'the little fox')).shares).toEqual([]);
  });

  it('says from where the position of an unknown character is counted', () => {
    const tokenizer = CharacterTokenizer.train(babble(3000));
    const error = ((): unknown => {
      try {
        return stepsOf(encodeInSteps(tokenizer, `${long}猫`));
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ message: expect.stringContaining('猫') as string, hint: `Positions are counted from about character ${2 ** 17 * Math.floor(LONG / 2 ** 17)} of the text.` });
  });
});

describe('longJson', () => {
  it('writes what JSON.stringify writes, long lists in pieces, until it is stopped', async () => {
    const pieces: string[] = [];
    const controller = new AbortController();
    const context = new Context({ stdin: process.stdin, stdout: { write: (text: string) => pieces.push(text) }, stderr: process.stderr, env: {}, command: 'kk', cwd, interrupt: controller.signal });
    const list = Array.from({ length: 200_000 }, (_, i) => `${i}"`);
    for (const object of [{}, { a: 1, b: undefined, c: null, list, d: [1, 2] }, { list }, { list, e: 'x', more: list.map(Number) }]) {
      pieces.length = 0;
      await context.longJson(object);
      expect(pieces.join('')).toBe(`${JSON.stringify(object)}\n`);
      if ('list' in object) expect(pieces.length).toBeGreaterThan(4);
    }
    pieces.length = 0;
    controller.abort(new Interrupted('Stopped.'));
    await expect(context.longJson({ list })).rejects.toThrow('Stopped.');
    expect(pieces.length).toBe(1);
  });
});
