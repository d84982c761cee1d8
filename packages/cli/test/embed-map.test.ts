// kk embed project and kk embed convert: maps with every word in its place, and formats that agree.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrincipalComponents, WordVectors } from '@kk/embeddings';
import { readWordVectors } from '@kk/embeddings/node';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fitPoints } from '../src/embed/map/fit.js';
import { groupsOf } from '../src/embed/map/groups.js';
import { placeLabels } from '../src/embed/map/place-labels.js';
import { svgOf } from '../src/embed/map/svg.js';
import { gensim, gensimVectors } from './support/gensim.js';
import { kk, temporaryFolder } from './support/kk.js';

let cwd: string;

beforeAll(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'random.txt'), gensimVectors);
  writeFileSync(join(cwd, 'odd.txt'), '5 2\n<b>&"\u00ad 1 0\n</script> 0 1\n猫 1 1\nrot 0 2\nblau -1 0\n');
});

let maps = 0;
/** Draws a map; returns the JSON of the command, and the file. */
async function draw(argv: readonly string[], ending = '.svg'): Promise<{ result: Record<string, unknown>; text: string }> {
  const out = `map-${++maps}${ending}`;
  const { exitCode, stderr, last } = await kk(['embed', 'project', ...argv, '--out', out, '--json'], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return { result: last(), text: readFileSync(join(cwd, out), 'utf8') };
}

/** Where the words stand in a picture, y growing upwards, and their colours. */
function placesIn(svg: string): Map<string, { x: number; y: number; group: number }> {
  const found = svg.matchAll(/<g class="word group(\d)" transform="translate\((\S+) (\S+)\)"><title>([^<]*)</g);
  return new Map([...found].map(([, group, x, y, word]) => [word, { x: Number(x), y: -Number(y), group: Number(group) }]));
}

describe('kk embed project', () => {
  it('shows the first words where their principal components are', async () => {
    const { result, text } = await draw(['random.txt', '--top', '30']);
    const places = placesIn(text);
    expect([...places.keys()]).toEqual(gensim.words.slice(0, 30));
    const unit = gensim.words.slice(0, 30).flatMap((_, i) => {
      const row = gensim.matrix.slice(i * gensim.width, (i + 1) * gensim.width);
      return row.map((value) => value / Math.hypot(...row));
    });
    const components = new PrincipalComponents(unit, gensim.width);
    const expected = components.project(unit);
    expect(result).toMatchObject({ words: 30, method: 'pca', groups: 8 });
    expect(result.share).toBeCloseTo(components.shares[0] + components.shares[1], 6);
    // All distances of the map are those of the components, times one factor.
    const [first, ...others] = [...places.values()];
    const ratios = others.map(({ x, y }, i) => Math.hypot(x - first.x, y - first.y) / Math.hypot(expected[2 * i + 2] - expected[0], expected[2 * i + 3] - expected[1]));
    for (const ratio of ratios) expect(ratio / ratios[0]).toBeCloseTo(1, 2);
  });

  it('shows a word with its neighbours, or words that are named', async () => {
    const near = placesIn((await draw(['random.txt', '--near', 'w0', '--top', '11'])).text);
    expect([...near.keys()]).toEqual(['w0', ...gensim.neighbours.w0.map(([word]) => word)]);
    expect([...placesIn((await draw(['random.txt', '--words', 'king', 'w1', 'Queen', 'w1', 'man'])).text).keys()]).toEqual(['king', 'w1', 'Queen', 'man']);
  });

  it('leaves out small words when told', async () => {
    writeFileSync(join(cwd, 'small.txt'), `6 2\n${['the', 'of', 'dog', 'Bread', 'he', 'milk'].map((word, i) => `${word} ${i} 1\n`).join('')}king 1 1\n`.replace('6 2', '7 2'));
    expect([...placesIn((await draw(['small.txt', '--lang', 'en'])).text).keys()]).toEqual(['dog', 'Bread', 'milk', 'king']);
  });

  it('puts words between the poles of named axes', async () => {
    const { result, text } = await draw(['odd.txt', '--x', 'blau:猫', '--y', '</script>,rot:猫', '--words', '猫', 'rot', 'blau', '</script>']);
    expect(result).toMatchObject({ method: 'axes', share: null });
    const places = placesIn(text);
    const at = (word: string): { x: number; y: number } => places.get(word)!;
    // By hand: the x axis is (0.71, 0.71) - (-1, 0) = (1.71, 0.71), on which 猫, (1, 1), lies farther right than rot, (0, 2), and blau, (-1, 0).
    expect(at('猫').x).toBeGreaterThan(at('rot').x);
    expect(at('rot').x).toBeGreaterThan(at('blau').x);
    // The y axis is (0.71, 0.71) - (0, 1) = (0.71, -0.29).
    expect(at('猫').y).toBeGreaterThan(at('rot').y);
    expect(at('rot').y).toBeGreaterThan(at('blau').y);
    expect(text).toContain('>← blau<');
    expect(text).toContain('>↓ &#60;/script&#62;, rot<');
  });

  it.each(['umap', 'tsne'])('by %s is the same with the same seed, and another with another', async (method) => {
    const [one, same, other] = await Promise.all(['1', '1', '2'].map((seed) => draw(['random.txt', '--top', '25', '--method', method, '--seed', seed])));
    expect(one.text).toBe(same.text);
    expect(one.text).not.toBe(other.text);
    expect(one.result).toMatchObject({ method, share: null });
  });

  it('writes a page that needs no other file, with all neighbours, in the language of the reader', async () => {
    const { text } = await draw(['random.txt', '--near', 'w0', '--top', '5', '--ui-lang', 'de'], '.html');
    expect(text).toMatch(/^<!doctype html>\n<html lang="de">/);
    expect(text).toContain('Wörter als Punkte: random.txt');
    expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|src=|href=|@import|url\(/);
    const { words } = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/.exec(text)![1]) as { words: { word: string; near: [string, number][] }[] };
    expect(words[0].word).toBe('w0');
    expect(words[0].near.map(([word]) => word)).toEqual(gensim.neighbours.w0.map(([word]) => word));
    words[0].near.forEach(([, similarity], i) => expect(similarity).toBeCloseTo(gensim.neighbours.w0[i][1], 3));
    expect((await draw(['random.txt'], '.html')).text).toContain('Words as points');
  });

  it('escapes words that would be markup', async () => {
    const { text: svg } = await draw(['odd.txt']);
    expect(svg).toContain('<title>&#60;b&#62;&#38;&#34;');
    const { text: page } = await draw(['odd.txt'], '.html');
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).not.toContain('<b>');
    expect(page).toContain('"word":"\\u003c/script>"');
  });

  it.each([
    [['random.txt', 'map.png'], 2, 'map.png says no format; expected a name with .svg or .html at its end.'],
    [['random.txt', 'map.svg', '--words', 'w1', 'w2'], 2, '2 words make no map; expected 4 or more.'],
    [['random.txt', 'map.svg', '--limit', '3'], 1, '3 words make no map; expected 4 or more.'],
    [['random.txt', 'map.svg', '--near', 'nobody'], 1, "random.txt has no vector for 'nobody'."],
    [['random.txt', 'map.svg', '--x', 'man', '--y', 'w1:w2'], 2, "option '--x <from:to>' argument 'man' is invalid. Expected two poles"],
    [['random.txt', 'map.svg', '--x', 'man:man', '--y', 'w1:w2'], 2, "option '--x <from:to>' argument 'man:man' is invalid. Expected two poles that differ"],
    [['odd.txt', 'map.svg', '--x', 'rot:</script>', '--y', 'blau:猫'], 1, 'The two poles of --x, rot and </script>, are in the same place.'],
    [['random.txt', 'map.svg', '--x', 'man:woman', '--y', 'w1:nobody'], 1, "random.txt has no vector for 'nobody'."],
  ] as const)('%j is an error', async (argv, exitCode, words) => {
    const result = await kk(['embed', 'project', ...argv], { cwd });
    expect(result).toMatchObject({ exitCode, stdout: '' });
    expect(result.stderr).toContain(words);
  });
});

describe('a map', () => {
  it('names the first points for sure, and no name covers another', () => {
    const point = fc.record({ x: fc.double({ min: -20, max: 420, noNaN: true }), y: fc.double({ min: -20, max: 320, noNaN: true }), width: fc.double({ min: 5, max: 90, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 60 }), (points) => {
        const area = { width: 400, height: 300, line: 18 };
        const boxes = placeLabels(points, area).flatMap((place, at) => {
          if (!place) return [];
          const { x, y, width } = points[at];
          const left = x + place.dx - { start: 0, middle: width / 2, end: width }[place.anchor];
          const bottom = y + place.dy + 4.5;
          return [{ left, right: left + width, top: bottom - 18, bottom }];
        });
        for (const [i, a] of boxes.entries()) {
          expect(a.left >= 0 && a.right <= 400 && a.top >= 0 && a.bottom <= 300).toBe(true);
          for (const b of boxes.slice(0, i)) expect(a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom).toBe(true);
        }
      }),
    );
    expect(placeLabels([{ x: 100, y: 100, width: 50 }, { x: 100, y: 100, width: 50 }, { x: -1, y: 5, width: 5 }], { width: 400, height: 300, line: 18 })).toMatchObject([{ anchor: 'start' }, { anchor: 'end' }, null]);
    // To the right is another point: the name goes to the left, and the other one, which is beside the edge, to its only place.
    expect(placeLabels([{ x: 100, y: 100, width: 50 }, { x: 130, y: 100, width: 300 }], { width: 440, height: 300, line: 18 })).toMatchObject([{ anchor: 'end' }, { anchor: 'start' }]);
  });

  it('keeps the ratio of distances, and the middle of named axes', () => {
    const { points, width, height } = fitPoints([0, 0, 2, 0, 0, 1]);
    expect(points[2] - points[0]).toBeCloseTo(2 * (points[1] - points[5]), 9);
    expect(points[0]).toBe(90);
    expect(points[2]).toBe(width - 90);
    expect([...fitPoints([0, 0, 0.5, 0.2], true).points.slice(0, 2)]).toEqual([width / 2, height / 2]);
    expect([...fitPoints([3, 3, 3, 3]).points]).toEqual([600, 300, 600, 300]);
  });

  it('gives groups of similar words one colour: three bundles of directions, found whatever the seed', () => {
    const directions = [[1, 0], [0, 1], [-1, 0], [0.99, 0.1], [0.1, 0.99], [-0.99, 0.1], [0.99, -0.1]].map(([x, y]) => [x / Math.hypot(x, y), y / Math.hypot(x, y)]);
    for (const seed of [0, 1, 2, 3]) expect(groupsOf(directions, 3, seed)).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect(groupsOf([[1, 0], [1, 0]], 8, 0)).toEqual([0, 0]);
  });

  it('has a caption that fits its width', () => {
    const svg = svgOf({ width: 300, height: 200, words: [], title: 'T', caption: 'word '.repeat(40).trim() });
    const lines = [...svg.matchAll(/<text class="caption"[^>]*>([^<]*)</g)].map(([, line]) => line);
    expect(lines.length).toBeGreaterThan(4);
    expect(lines.join(' ')).toBe('word '.repeat(40).trim());
  });
});

describe('kk embed convert', () => {
  it.each(['a.safetensors', 'a.vec', 'a.bin', 'glove.a.txt', 'vectors.tsv', 'b.txt.gz'])('writes %s, which comes back', async (out) => {
    const { exitCode, stderr, last } = await kk(['embed', 'convert', 'random.txt', out, '--json'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(last()).toMatchObject({ vocabSize: 125, width: 8, subwords: false, out: join(cwd, out) });
    const { words, matrix } = await readWordVectors(join(cwd, out));
    expect(words).toEqual(gensim.words);
    expect(matrix).toEqual(Float32Array.from(gensim.matrix));
  });

  it('writes the first words only, and fewer digits', async () => {
    await kk(['embed', 'convert', 'random.txt', 'few.vec', '--limit', '2', '--digits', '1'], { cwd });
    const rounded = (i: number): string => gensim.matrix.slice(i * 8, i * 8 + 8).map((value) => String(Number(Math.fround(value).toPrecision(2)))).join(' ');
    expect(new WordVectors(await readWordVectors(join(cwd, 'few.vec'))).words).toEqual(['w0', 'w1']);
    expect(readFileSync(join(cwd, 'few.vec'), 'utf8').split('\n')[1].split(' ').slice(1).map((text) => String(Number(text))).join(' ')).toBe(rounded(0));
  });

  it('counts one word as one', async () => {
    expect((await kk(['embed', 'convert', 'random.txt', 'one.txt', '--limit', '1'], { cwd })).stdout).toMatch(/Vectors +1 word of \d+ numbers each\n/);
  });

  it('keeps n-grams in safetensors only, and says so', async () => {
    const { subwords } = JSON.parse(readFileSync(new URL('../../embeddings/test/fixtures/fasttext.json', import.meta.url), 'utf8')) as { subwords: { file: string; gensim: Record<string, number[]> } };
    writeFileSync(join(cwd, 'fasttext.bin'), Buffer.from(subwords.file, 'base64'));
    expect((await kk(['embed', 'convert', 'fasttext.bin', 'kept.safetensors', '--json'], { cwd })).last()).toMatchObject({ subwords: true });
    const unseen = (await readWordVectors(join(cwd, 'kept.safetensors'))).vector('hunde')!;
    subwords.gensim['hunde'].forEach((value, i) => expect(unseen[i]).toBeCloseTo(value, 5));
    // With a limit only the n-grams of the words that are read: 'der' has 4 of two characters, marks included, 3 of three and 2 of four.
    expect((await kk(['embed', 'convert', 'fasttext.bin', 'few.safetensors', '--limit', '1', '--json'], { cwd })).last()).toMatchObject({ vocabSize: 1, subwords: true });
    const few = await readWordVectors(join(cwd, 'few.safetensors'));
    expect(few.words).toEqual(['der']);
    expect(few.subwords!.present!.length).toBeLessThanOrEqual(9);
    subwords.gensim['der'].forEach((value, i) => expect(few.vector('der')![i]).toBeCloseTo(value, 5));
    expect((await kk(['embed', 'convert', 'fasttext.bin', 'lost.vec'], { cwd })).stdout).toMatch(/N-grams +left out: only \.safetensors keeps them/);
  });

  it('names a word that the format cannot hold', async () => {
    await kk(['embed', 'convert', 'odd.txt', 'odd.safetensors'], { cwd });
    writeFileSync(join(cwd, 'metadata.tsv'), 'New York\nParis\n');
    writeFileSync(join(cwd, 'vectors.tsv'), '1\t2\n3\t4\n');
    const { exitCode, stderr } = await kk(['embed', 'convert', 'vectors.tsv', 'cities.vec'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^kk: Cannot write cities\.vec: The word "New York" cannot be written: .*\n {4}Write \.safetensors, which takes every word\.\n$/);
  });
});
