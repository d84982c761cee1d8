import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { writeStories } from '@kk/corpora';
import { TextMarkov } from '@kk/markov';
import stringWidth from 'string-width';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Interrupted } from '../src/errors.js';
import { shortSources } from '../src/markov/show-runs.js';
import { lineAndColumn, type SourceRun, sourceRunsInSteps } from '../src/markov/source-runs.js';
import { weightedFile } from '../src/options/weighted-file.js';
import { kk, temporaryFolder } from './support/kk.js';
import { stepsOf } from './support/steps.js';
import { babble } from './support/texts.js';

let cwd: string;
const stories = writeStories('de', { seed: 1, bytes: 20_000 });
const other = writeStories('de', { seed: 2, bytes: 5_000 });

const run = async (...argv: string[]): Promise<Record<string, unknown>> => {
  const { exitCode, stderr, last } = await kk(['markov', ...argv, '--json'], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return last();
};

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'stories.txt'), stories);
  writeFileSync(join(cwd, 'other.txt'), other);
  writeFileSync(join(cwd, 'babble.txt'), babble(2000));
  writeFileSync(join(cwd, 'latin1.txt'), Buffer.from([0x47, 0x72, 0xfc]));
  writeFileSync(join(cwd, 'broken.markov'), 'no model');
  await run('train', '--data', 'stories.txt', '--order', '4', '--out', 'letters.markov');
  await run('train', '--data', 'stories.txt', 'other.txt', '--unit', 'word', '--order', '2', '--out', 'words.markov');
});

describe('kk markov generate --sentences', () => {
  it('writes whole sentences, one a line, each with the next seed', async () => {
    const { exitCode, stdout, stderr } = await kk(['markov', 'generate', 'words.markov', '--sentences', '5', '--seed', '7'], { cwd, input: 'not a prompt' });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line).toMatch(/^\S.*[.!?]["“]?$/);
    expect((await run('generate', 'words.markov', '--sentences', '3', '--seed', '9')).sentences).toEqual(lines.slice(2));
  });

  it('copies no more of them in one piece than wanted', async () => {
    const { sentences } = await run('generate', 'words.markov', '--sentences', '8', '--max-copied', '0.5', '--seed', '1');
    const model = TextMarkov.train([stories, other], { unit: 'word', order: 2 });
    expect(sentences).toHaveLength(8);
    for (const sentence of sentences as string[]) {
      const ids = model.encode(sentence);
      expect(model.counted.sourceIndex.copies(ids, 1).longest!.length / ids.length, sentence).toBeLessThanOrEqual(0.5);
    }
  });

  it('says why there are none', async () => {
    await run('train', '--data', 'stories.txt', '--unit', 'word', '--order', '2', '--no-texts', '--out', 'no-texts.markov');
    expect(await kk(['markov', 'generate', 'no-texts.markov', '--sentences', '1', '--max-copied', '0.5'], { cwd })).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/does not keep its texts, so that --max-copied has nothing to compare with/) as string });
    expect(await kk(['markov', 'generate', 'words.markov', '--sentences', '1', '--max-copied', '0', '--seed', '1'], { cwd })).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/^kk: No sentence was found in 100 tries: .* word for word .*\n.*--max-copied/) as string });
    for (const argv of [['--max-copied', '0.5'], ['--sentences', '2', '--prompt', 'Es'], ['--sentences', '2', '--max-tokens', '9'], ['--sentences', '2', '--sources']]) {
      expect((await kk(['markov', 'generate', 'words.markov', ...argv], { cwd })).exitCode, argv.join(' ')).toBe(2);
    }
  });
});

describe('kk markov train', () => {
  it('says what it counted, and where it is', async () => {
    const result = await run('train', '--data', 'babble.txt', '--unit', 'char', '--order', '3', '--smoothing', 'witten-bell', '--out', 'sub/babble.markov');
    const trained = TextMarkov.train(babble(2000), { unit: 'character', order: 3 });
    expect(result).toMatchObject({ unit: 'char', order: 3, smoothing: 'witten-bell', units: 2000, texts: [{ name: 'babble.txt', weight: 1, length: 2000 }], out: join(cwd, 'sub', 'babble.markov') });
    expect((result.ngrams as number[]).slice(1)).toEqual(trained.counted.ngramCounts().slice(1));
    expect(result.bytes).toBe(readFileSync(join(cwd, 'sub', 'babble.markov')).length);
    expect(readdirSync(join(cwd, 'sub'))).toEqual(['babble.markov']);
  });

  it('names the file after the first text unless told, and replaces it only when told', async () => {
    const argv = ['markov', 'train', '--data', 'babble.txt'];
    const { stdout } = await kk(argv, { cwd });
    expect(stdout).toContain('runs/babble.markov');
    expect(stdout).toContain('looks 5 characters back: n-grams of 6');
    expect(stdout).toContain('kk markov generate --model runs/babble.markov --sources');
    const again = await kk(argv, { cwd });
    expect(again).toMatchObject({ exitCode: 1, stdout: '' });
    expect(again.stderr).toContain('runs/babble.markov is there already');
    expect((await kk([...argv, '--force'], { cwd })).exitCode).toBe(0);
  });

  it('counts a text as often as its weight says', async () => {
    await run('train', '--data', 'babble.txt:3', 'other.txt', '--order', '1', '--out', 'weighted.markov');
    const { texts } = await run('inspect', 'weighted.markov');
    expect(texts).toMatchObject([{ name: 'babble.txt', weight: 3 }, { name: 'other.txt', weight: 1 }]);
    const three = await run('train', '--data', 'babble.txt', 'babble.txt', 'babble.txt', 'other.txt', '--order', '1', '--out', 'thrice.markov');
    expect(three.texts).toMatchObject([{ name: 'babble.txt' }, { name: 'babble.txt (2)' }, { name: 'babble.txt (3)' }, {}]);
    const probabilities = async (model: string): Promise<unknown> => (await run('inspect', model, '--context', 'e', '--top', '5')).continuations;
    const bare = (continuations: unknown): unknown => (continuations as Record<string, unknown>[]).map(({ token, probability, count }) => ({ token, probability, count }));
    expect(bare(await probabilities('weighted.markov'))).toEqual(bare(await probabilities('thrice.markov')));
  });

  it.each([['x.arpa'], ['x.arpa.gz'], ['x.json'], ['x.bin']])('writes %s, which the other verbs read', async (out) => {
    await run('train', '--data', 'stories.txt', '--unit', 'word', '--order', '2', '--sentences', '--smoothing', 'kneser-ney', '--out', out);
    const [figures, expected] = [await run('eval', '--model', out, '--data', 'other.txt'), await run('eval', '--model', 'words.markov', '--data', 'other.txt')];
    expect(figures).toMatchObject({ unit: 'word', order: 2, smoothing: out.startsWith('x.arpa') ? null : 'kneser-ney' });
    expect(figures.bitsPerCharacter).toBeGreaterThan(expected.bitsPerCharacter as number);
    expect((await run('generate', '--model', out, '--max-tokens', '10', '--seed', '1')).text).toMatch(/\p{L} \p{L}/u);
    if (out === 'x.arpa') {
      expect(readFileSync(join(cwd, out), 'utf8')).toContain('\\data\\');
      expect((await kk(['markov', 'generate', '--model', out, '--sources'], { cwd })).stderr).toContain('does not keep its texts');
      expect((await kk(['markov', 'eval', '--model', out, '--data', 'other.txt', '--smoothing', 'mle'], { cwd })).stderr).toContain('--smoothing has no effect with x.arpa');
      expect((await run('inspect', out, '--context', 'der')).continuations).toHaveLength(10);
    } else if (out === 'x.arpa.gz') {
      expect(gunzipSync(readFileSync(join(cwd, out))).toString()).toContain('\\data\\');
    }
  });

  it('measures texts with words that an .arpa file without <unk> does not have, as KenLM does', async () => {
    writeFileSync(join(cwd, 'own.arpa'), '\\data\\\nngram 1=3\n\n\\1-grams:\n-99 <s>\n-0.5 </s>\n-0.25 laut\n\n\\end\\\n');
    writeFileSync(join(cwd, 'unknown.txt'), 'laut leise');
    const figures = await run('eval', '--model', 'own.arpa', '--data', 'unknown.txt');
    expect(figures).toMatchObject({ tokens: 3, unknowns: 1 });
    expect(figures.crossEntropy as number).toBeCloseTo((Math.LN10 * (0.25 + 100 + 0.5)) / 3, 6);
  });

  it('takes the ids of a tokenizer, and keeps it beside the model', async () => {
    await kk(['tokenizer', 'train', '--data', 'stories.txt', '--vocab', '400', '--out', 'bpe.json'], { cwd });
    expect(await run('train', '--data', 'stories.txt', '--unit', 'bpe.json', '--order', '3', '--out', 'tokens.markov')).toMatchObject({ unit: 'tokenizer', vocabSize: 400 });
    expect(existsSync(join(cwd, 'tokens.markov.tokenizer.json'))).toBe(true);
    // A token that is half of a letter is shown as its byte, as kk tokenize does.
    await kk(['tokenizer', 'train', '--data', 'babble.txt', '--vocab', '256', '--out', 'bytes.json'], { cwd });
    writeFileSync(join(cwd, 'umlauts.txt'), 'äö'.repeat(100));
    await run('train', '--data', 'umlauts.txt', '--unit', 'bytes.json', '--order', '1', '--out', 'bytes.markov');
    const { continuations } = await run('inspect', 'bytes.markov', '--context', 'ä');
    expect(continuations).toMatchObject([{ token: '<C3>' }]);
    const { text, runs } = await run('generate', '--model', 'tokens.markov', '--max-tokens', '30', '--seed', '2', '--sources');
    expect((runs as { text: string }[]).map((piece) => piece.text).join('')).toBe(text);
    const letters = await run('train', '--data', 'stories.txt', '--order', '1', '--out', 'tokens.markov', '--force');
    expect(letters.unit).toBe('char');
    expect((await run('generate', 'tokens.markov', '--seed', '1')).unit).toBe('char'); // although the tokenizer of the earlier model is still there
  });

  it('counts the different units of the texts, not those of the vocabulary', async () => {
    const characters = new Set(babble(2000)).size;
    const words = new Set(babble(2000).match(/\w+|\.|\n/g)).size;
    await kk(['tokenizer', 'train', '--data', 'stories.txt', '--vocab', '400', '--out', 'four-hundred.json'], { cwd });
    const used = new Set(((await kk(['tokenize', '--data', 'babble.txt', '--tokenizer', 'four-hundred.json', '--json'], { cwd })).last().ids as number[])).size;
    const cases = [
      { out: 'd1.markov', more: [], distinct: characters },
      { out: 'd2.markov', more: ['--unit', 'word', '--sentences'], distinct: words },
      { out: 'd3.arpa', more: [], distinct: characters - 1 }, // where sentences are apart, no line breaks are between them
      { out: 'd4.markov', more: ['--unit', 'four-hundred.json'], distinct: used, of: ' of 400' },
    ];
    expect(used).toBeLessThan(400);
    for (const { out, more, distinct, of = '' } of cases) {
      const argv = ['train', '--data', 'babble.txt', '--order', '1', ...more, '--out', out];
      expect(await run(...argv)).toMatchObject({ distinctUnits: distinct });
      expect(await run('inspect', out)).toMatchObject({ distinctUnits: distinct });
      const shown = new RegExp(`, ${distinct} different ones${of}$`, 'm');
      expect((await kk(['markov', ...argv, '--force'], { cwd })).stdout).toMatch(shown);
      expect((await kk(['markov', 'inspect', out], { cwd })).stdout).toMatch(shown);
    }
  });

  it('tells the unit by its name on the command line', async () => {
    for (const unit of ['char', 'grapheme', 'word', 'whitespace']) {
      const out = `unit-${unit}.markov`;
      expect((await run('train', 'babble.txt', '--order', '1', '--unit', unit, '--out', out)).unit).toBe(unit);
      expect((await run('inspect', out)).unit).toBe(unit);
      expect((await run('generate', out)).unit).toBe(unit);
      expect((await run('eval', out, '--data', 'babble.txt')).unit).toBe(unit);
    }
  });

  it('leaves texts out when told', async () => {
    const without = await run('train', '--data', 'stories.txt', '--order', '4', '--no-texts', '--out', 'small.markov');
    expect(without.bytes).toBeLessThan(readFileSync(join(cwd, 'letters.markov')).length - 20_000);
    const { exitCode, stderr } = await kk(['markov', 'generate', '--model', 'small.markov', '--sources'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('--no-texts');
    expect((await run('generate', '--model', 'small.markov', '--seed', '3')).text).toBe((await run('generate', '--model', 'letters.markov', '--seed', '3')).text);
  });
});

describe('kk markov eval', () => {
  it('agrees with the library', async () => {
    const model = TextMarkov.train([{ text: stories, name: 'stories.txt' }], { unit: 'character', order: 4, smoothing: 'modified-kneser-ney', unknowns: true });
    const { crossEntropy, perplexity, perplexityOfKnown, bitsPerCharacter, unknowns } = model.evaluate(other);
    const result = await run('eval', '--model', 'letters.markov', '--data', 'other.txt');
    expect(result).toMatchObject({ crossEntropy, perplexity, perplexityOfKnown, bitsPerCharacter, unknowns, unit: 'char', order: 4, smoothing: 'modified-kneser-ney' });
    expect(await run('eval', '--model', 'letters.markov', '--data', 'other.txt', '--smoothing', 'additive:0.1')).toMatchObject({ crossEntropy: model.withSmoothing('additive:0.1').evaluate(other).crossEntropy, smoothing: 'additive:0.1' });
  });

  it('shows what is impossible as such', async () => {
    const { stdout } = await kk(['markov', 'eval', '--model', 'words.markov', '--data', 'babble.txt', '--smoothing', 'mle'], { cwd });
    expect(stdout).toMatch(/Perplexity +∞/);
    expect(stdout).toContain('impossible for mle');
    expect((await run('eval', '--model', 'words.markov', '--data', 'babble.txt', '--smoothing', 'mle')).perplexity).toBeNull();
  });
});

describe('kk markov generate', () => {
  it('writes the same for the same seed, after a prompt', async () => {
    const one = await run('generate', '--model', 'letters.markov', '--prompt', 'Es war', '--max-tokens', '50', '--seed', '7');
    expect(one).toMatchObject({ prompt: 'Es war', units: 50, seed: 7, smoothing: 'mle' });
    expect((one.text as string).startsWith('Es war')).toBe(true);
    expect([...(one.text as string)]).toHaveLength(56);
    expect((await run('generate', '--model', 'letters.markov', '--prompt', 'Es war', '--max-tokens', '50', '--seed', '7')).text).toBe(one.text);
    expect((await run('generate', '--model', 'letters.markov', '--prompt', 'Es war', '--max-tokens', '50', '--seed', '8')).text).not.toBe(one.text);
    const plain = await kk(['markov', 'generate', '--model', 'letters.markov', '--prompt', 'Es war', '--max-tokens', '50', '--seed', '7'], { cwd });
    expect(plain.stdout).toBe(`${one.text as string}\n`);
    const greedy = await Promise.all([1, 2].map(() => run('generate', 'letters.markov', '--prompt', 'Es', '--temperature', '0')));
    expect(greedy[0].text).toBe(greedy[1].text);
  });

  it('tells where each piece stands', async () => {
    const { text, runs } = await run('generate', '--model', 'words.markov', '--max-tokens', '60', '--seed', '5', '--sources');
    const pieces = runs as { text: string; units: number; source: string; line: number; column: number }[];
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.length).toBeGreaterThan(3);
    const files: Record<string, string[]> = { 'stories.txt': stories.split('\n'), 'other.txt': other.split('\n') };
    for (const { text: piece, source, line, column } of pieces) {
      // Line breaks and blanks around a piece may be others than in the source; its first word is not.
      const [word] = piece.trim().split(/\s/);
      expect(files[source][line - 1].slice(column - 1).trimStart().startsWith(word)).toBe(true);
    }
  });

  it.each([30, 40, 80])('shows them in %i columns', async (columns) => {
    const { stdout } = await kk(['markov', 'generate', '--model', 'words.markov', '--max-tokens', '60', '--seed', '5', '--sources'], { cwd, columns, env: { NO_COLOR: '1' } });
    expect(Math.max(...stdout.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
    expect(stdout).toMatch(/(?:stories|other)\.txt:\d+:\d+/);
    expect(stdout.replace(/\s+/g, ' ')).toContain('on average');
  });

  it('shows no control characters of a text on a terminal', async () => {
    writeFileSync(join(cwd, 'escape.txt'), 'a\u001b[31mb'.repeat(50));
    await run('train', '--data', 'escape.txt', '--order', '1', '--out', 'escape.markov');
    for (const sources of [[], ['--sources']]) {
      const { stdout } = await kk(['markov', 'generate', '--model', 'escape.markov', '--seed', '1', ...sources], { cwd, columns: 60, env: { NO_COLOR: '1' } });
      expect(stdout).not.toContain('\u001b[31m');
    }
  });
});

describe('kk markov inspect', () => {
  it('shows the discounts of the smoothing', async () => {
    const model = TextMarkov.train([{ text: stories, name: 'stories.txt' }], { unit: 'character', order: 4, smoothing: 'modified-kneser-ney', unknowns: true });
    const expected = model.counted.parameters();
    expect(expected).toHaveLength(5);
    expect(await run('inspect', 'letters.markov')).toMatchObject({ smoothing: 'modified-kneser-ney', parameters: expected });
    const { stdout } = await kk(['markov', 'inspect', 'letters.markov'], { cwd });
    for (const { length, values, fallback } of expected) expect(stdout).toMatch(new RegExp(`^ +${length} +${values.map((value) => value.toFixed(3)).join('  ')}${fallback ? '  \\*' : ''}$`, 'm'));
    expect(expected.some(({ fallback }) => fallback)).toBe(stdout.includes('* not worked out'));
    // Numbers end at the same places.
    const rows = stdout.split('\n').filter((line) => /^ +\d+ {3} *[\d,]+  +\d\.\d{3}$/.test(line));
    expect(rows).toHaveLength(5);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(new Set(rows.map((row) => row.lastIndexOf(' '))).size).toBe(1);
    expect((await run('inspect', 'letters.markov', '--smoothing', 'jelinek-mercer:0.5')).parameters).toEqual(Array.from({ length: 5 }, (_, length) => ({ length, kind: 'weight', values: [0.5], fallback: false })));
    expect((await run('inspect', 'letters.markov', '--smoothing', 'mle')).parameters).toEqual([]);
  });

  it('shows n-grams, entropies and texts', async () => {
    const counted = TextMarkov.train([stories, other], { unit: 'word', order: 2, unknowns: true }).counted;
    const result = await run('inspect', 'words.markov');
    expect(result).toMatchObject({ unit: 'word', order: 2, smoothing: 'modified-kneser-ney', ngrams: counted.ngramCounts(), texts: [{ name: 'stories.txt' }, { name: 'other.txt' }] });
    (result.entropies as number[]).forEach((bits, at) => expect(bits).toBeCloseTo(counted.conditionalEntropies()[at] / Math.LN2, 10));
    const { stdout } = await kk(['markov', 'inspect', 'words.markov'], { cwd, columns: 40, env: { NO_COLOR: '1' } });
    expect(stdout).toContain('modified-kneser-ney');
    expect(Math.max(...stdout.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
  });

  it('shows what may follow, how often it did, and where', async () => {
    const { continuations } = await run('inspect', 'letters.markov', '--context', 'Kin', '--top', '3');
    const [first] = continuations as { token: string; probability: number; count: number; places: string[] }[];
    expect(first.token).toBe('d');
    expect(first.count).toBe(stories.split('Kind').length - 1);
    expect(first.probability).toBeCloseTo(first.count / (stories.split('Kin').length - 1), 6);
    const smoothed = await run('inspect', 'letters.markov', '--context', 'Kin', '--top', '1', '--smoothing', 'additive:1');
    expect((smoothed.continuations as typeof continuations & { probability: number }[])[0].probability).toBeLessThan(first.probability);
    const [, line, column] = first.places[0].split(':');
    expect(stories.split('\n')[Number(line) - 1].slice(Number(column) - 4, Number(column))).toBe('Kind');
    const { stdout } = await kk(['markov', 'inspect', 'letters.markov', '--context', 'Kin'], { cwd });
    expect(stdout).toMatch(/ d █+/);
    expect(stdout).toContain(first.places[0]);
  });
});

describe('kk markov inspect, after what never came', () => {
  it('says so, and shows what a shorter context has', async () => {
    writeFileSync(join(cwd, 'abc.txt'), 'abcabdabe');
    for (const out of ['abc.markov', 'abc.arpa']) {
      await run('train', '--data', 'abc.txt', '--order', '3', '--out', out);
      const known = await kk(['markov', 'inspect', out, '--context', 'cab'], { cwd });
      expect(known.stdout).not.toContain('never');
      expect(await run('inspect', out, '--context', 'cab')).toMatchObject({ usedContext: 'cab' });
      // "ceab" never came, nor "eab"; "ab" did, three times.
      const shorter = await kk(['markov', 'inspect', out, '--context', 'ceab'], { cwd });
      expect(shorter.stdout).toMatch(/^ The texts never go on after 'ceab'; this is what follows its last part:\n … ab …\n/);
      expect(await run('inspect', out, '--context', 'ceab')).toMatchObject({ usedContext: 'ab' });
      // "e" is the last character: nothing came after it, in an .arpa file its end.
      const last = await kk(['markov', 'inspect', out, '--context', 'e'], { cwd });
      expect(last.stdout).toMatch(out === 'abc.arpa' ? /^ e …\n <\/s> / : /^ The texts never go on after 'e'; this is what they have anywhere:\n …\n/);
    }
    const { continuations } = await run('inspect', 'abc.markov', '--context', 'ceab');
    expect(continuations).toMatchObject([{ token: 'c', count: 1, places: ['abc.txt:1:3'] }, { token: 'd', count: 1 }, { token: 'e', count: 1 }]);
  });
});

describe('kk markov, bad input', () => {
  it.each([
    [['markov'], 2, /kk markov needs a verb: train, eval, generate, inspect/],
    [['markov', 'train'], 2, /--data/],
    [['markov', 'train', '--data', 'missing.txt'], 1, /missing\.txt/],
    [['markov', 'train', '--data', 'latin1.txt'], 1, /latin1\.txt.*UTF-8/],
    [['markov', 'train', '--data', 'stories.txt:0'], 2, /whole number from 1/],
    [['markov', 'train', '--data', 'stories.txt', '--order', '13'], 2, /--order.*from 1 to 12/],
    [['markov', 'train', '--data', 'stories.txt', '--smoothing', 'guess'], 2, /--smoothing.*Smoothing must be one of mle/],
    [['markov', 'train', '--data', 'stories.txt', '--smoothing', 'additive:-1'], 2, /--smoothing.*after the colon/],
    [['markov', 'train', '--data', 'stories.txt', '--unit', 'bpe:400'], 2, /--unit.*Expected char/],
    [['markov', 'train', '--data', 'stories.txt', '--unit', 'missing.json', '--out', 'never.markov'], 1, /missing\.json/],
    [['markov', 'train', '--data', 'stories.txt', '--unit', 'gpt2', '--out', 'never.arpa'], 2, /arpa file cannot be had with a tokenizer/],
    [['markov', 'train', '--data', 'stories.txt', '--unit', 'gpt2', '--min-count', '2', '--out', 'never.markov'], 2, /--min-count cannot be had/],
    [['markov', 'eval', '--data', 'stories.txt'], 2, /--model/],
    [['markov', 'eval', '--model', 'missing.markov', '--data', 'stories.txt'], 1, /^kk: Cannot read missing\.markov: there is no such file or folder\.$/],
    [['markov', 'eval', '--model', 'broken.markov', '--data', 'stories.txt'], 1, /broken\.markov/],
    [['markov', 'generate', '--model', 'letters.markov', '--temperature', '-1'], 2, /--temperature.*from 0/],
    [['markov', 'generate', '--model', 'letters.markov', '--max-tokens', '0'], 2, /--max-tokens/],
    [['markov', 'generate', '--model', 'letters.markov', '--unit', 'char'], 2, /--unit has no effect with letters\.markov: only \.arpa files/],
    [['markov', 'generate', '--model', 'words.markov', '--prompt', 'Der Xylofonist, sagte'], 1, /do not have 'Xylofonist'/],
    [['markov', 'inspect', 'words.markov', '--context', 'Xylofonist'], 1, /do not have 'Xylofonist'/],
    [['markov', 'inspect'], 2, /model/],
  ] as const)('%j is an error with one line', async (argv, code, words) => {
    const { exitCode, stdout, stderr } = await kk(argv, { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(stderr.split('\n')[0]).toMatch(words);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
    expect(readdirSync(cwd).filter((name) => name.startsWith('never'))).toEqual([]);
  });

  it.each([
    ['char', []],
    ['word', []],
    ['word', ['--min-count', '2']],
  ])('stops at Ctrl-C in the midst of one text of %ss %j, and leaves no file', async (unit, more) => {
    writeFileSync(join(cwd, 'long.txt'), babble(2_000_000));
    const argv = ['markov', 'train', '--data', 'long.txt', '--unit', unit, ...more, '--out', 'never.markov'];
    const shares: number[] = [];
    const controller = new AbortController();
    const onStderr = (text: string): void => {
      const share = /counting n-grams, (\d+)/.exec(text);
      if (share) shares.push(Number(share[1]));
      if (Number(share?.[1]) > 0) controller.abort(new Interrupted('Stopped.'));
    };
    // A second passes whenever somebody looks at the clock, so that the fastest machine shows how far it is, too.
    let seconds = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => ++seconds * 1000);
    const { exitCode, stderr } = await kk(argv, { cwd, columns: 80, onStderr, interrupt: controller.signal });
    clock.mockRestore();
    expect(exitCode).toBe(130);
    expect(stderr).toContain('Stopped.');
    expect(stderr).toMatch(/counting n-grams, \d+ ?%, .* left/);
    expect(shares.at(-1)).toBeLessThan(100);
    expect(readdirSync(cwd).filter((name) => name.startsWith('never'))).toEqual([]);
  });
});

describe('parts of it', () => {
  it('weights', async () => {
    const weighted = (text: string) => weightedFile(cwd, text, 'kk markov train');
    expect(await weighted('a.txt')).toEqual({ path: 'a.txt', weight: 1 });
    expect(await weighted('a:b.txt:12')).toEqual({ path: 'a:b.txt', weight: 12 });
    expect(await weighted('C:\\a.txt')).toEqual({ path: 'C:\\a.txt', weight: 1 });
    await expect(weighted('')).rejects.toThrow(/Expected a file/);
    writeFileSync(join(cwd, 'there.txt'), babble(100));
    for (const tail of ['0.5', '1e9', 'abc', '', '-1', '0', '1000001']) {
      await expect(weighted(`there.txt:${tail}`), tail).rejects.toThrow(`'there.txt:${tail}' is invalid for --data. Expected a file, or FILE:N with a whole number from 1 to 1000000 as its weight.`);
    }
    // Reading says that it is missing.
    expect(await weighted('missing.txt:0.5')).toEqual({ path: 'missing.txt:0.5', weight: 1 });
    // A file of the whole name is meant, also one whose number would be no weight.
    for (const name of ['Stunde 12:30', 'Stunde 12:00']) {
      writeFileSync(join(cwd, name), babble(100));
      expect(await weighted(name)).toEqual({ path: name, weight: 1 });
      expect(await weighted(`${name}:2`)).toEqual({ path: name, weight: 2 });
      expect(await run('train', name, '--order', '1', '--out', `${name}.markov`)).toMatchObject({ texts: [{ name, weight: 1, length: 100 }] });
    }
  });

  it('places', () => {
    expect(['ab\ncd', 'ab\ncd', 'ab\ncd'].map((text, at) => lineAndColumn(text, [0, 3, 4][at]))).toEqual([{ line: 1, column: 1 }, { line: 2, column: 1 }, { line: 2, column: 2 }]);
    expect(['a/x', 'b/y'].map(shortSources(['a/x', 'b/y']))).toEqual(['x', 'y']);
    expect(['a/x', 'b/x'].map(shortSources(['a/x', 'b/x']))).toEqual(['a/x', 'b/x']);
  });

  const sourceRuns = (model: TextMarkov, written: string): SourceRun[] => stepsOf(sourceRunsInSteps(model, written)).value;

  it('no piece without text, where sentences have ends of their own', () => {
    const model = TextMarkov.train([{ text: 'Ja. Nein. Doch.', name: 't' }], { unit: 'word', order: 1, sentences: true });
    expect(sourceRuns(model, 'Ja. Doch.').map(({ text }) => text)).toEqual(['Ja. ', 'Doch.']);
  });

  it('pieces of a long text in steps, which are those of its characters', () => {
    const model = TextMarkov.train([{ text: `${'abcabd\n'.repeat(150_000)}xyz`, name: 't' }], { unit: 'character', order: 1 });
    const { value, shares } = stepsOf(sourceRunsInSteps(model, 'xyz'));
    expect(value).toEqual([{ text: 'xyz', units: 3, source: 't', line: 150_001, column: 1 }]);
    // 1.05 million characters, 2^18 in each step.
    expect(shares.length).toBe(4);
  });

  it('pieces of a text that no source has', () => {
    const model = TextMarkov.train([{ text: 'abcabd', name: 't' }], { unit: 'character', order: 1 });
    expect(sourceRuns(model, 'bdxab')).toEqual([
      { text: 'bd', units: 2, source: 't', line: 1, column: 5 },
      { text: 'x', units: 1, source: null, line: null, column: null },
      { text: 'ab', units: 2, source: 't', line: 1, column: expect.any(Number) },
    ]);
  });
});
