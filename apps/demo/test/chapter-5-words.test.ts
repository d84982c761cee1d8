// Chapter 5: what its jobs return, and that the code of each figure prints what the figure shows.
import { readFileSync } from 'node:fs';
import { courseSentences, wordKinds, wordPairs } from '@kk/corpora/sentences';
import { subwordBuckets, WordVectors, writeGlove, writeVectorsSafetensors, writeWord2vecBinary, writeWord2vecText } from '@kk/embeddings';
import { describe, expect, it } from 'vitest';
import { axisCode, biasCode, mapCode, oddCode, piecesCode, walkCode } from '../src/chapters/05-words/code.js';
import de from '../src/chapters/05-words/de.js';
import en from '../src/chapters/05-words/en.js';
import { changedWords, movedArrows, planePoints } from '../src/chapters/05-words/moved.js';
import { boxAround, placeLabels, placeOnArrows } from '../src/chapters/05-words/place-labels.js';
import { readWalk, writeWalk } from '../src/chapters/05-words/walk.js';
import { wordList } from '../src/chapters/05-words/word-list.js';
import axisJob from '../src/lab/jobs/word-axis.js';
import biasJob, { type WordBias } from '../src/lab/jobs/word-bias.js';
import mapJob from '../src/lab/jobs/word-map.js';
import oddJob from '../src/lab/jobs/word-odd.js';
import piecesJob, { piecesOf } from '../src/lab/jobs/word-pieces.js';
import reasonsJob from '../src/lab/jobs/word-reasons.js';
import walkJob from '../src/lab/jobs/word-walk.js';
import { SUBWORDS } from '../src/lab/word-settings.js';
import { firstTexts, madeUpWord, otherMine, readEdits, readMine, sentencesOf, shortened, writeEdits, type WordTexts } from '../src/lab/word-texts.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';

/** As the worker keeps it, so that each text is trained on once. */
const kept = new Map<string, unknown>();
const tools = {
  async keep<Value>(key: string, make: () => Value | Promise<Value>): Promise<Value> {
    if (!kept.has(key)) kept.set(key, await make());
    return kept.get(key) as Value;
  },
};

const eaten: Record<'de' | 'en', WordTexts> = { de: { ...firstTexts('de'), mine: otherMine.de }, en: { ...firstTexts('en'), mine: otherMine.en } };
const chapterText = { de: readFileSync(new URL('../src/chapters/05-words/de.md', import.meta.url), 'utf8'), en: readFileSync(new URL('../src/chapters/05-words/en.md', import.meta.url), 'utf8') };

describe.each(['de', 'en'] as const)('in %s', (language) => {
  const texts = firstTexts(language);
  const word = madeUpWord[language];

  it('the map settles moment by moment, and its code prints the word’s place and neighbours', async () => {
    const { updates, result } = await runJob(mapJob, { texts, pace: 0 }, tools);
    expect(updates.map(({ epoch }) => epoch)).toEqual([...new Set(updates.map(({ epoch }) => epoch))].sort((a, b) => a - b));
    expect([updates[0]!.epoch, updates.at(-1)!.epoch]).toEqual([0, result.epochs]);
    expect(updates[0]!.neighbours.size).toBe(0);
    expect(result.neighbours.get('constructor')).toBeUndefined();
    expect(result.loss).toBeLessThan(updates[1]!.loss);
    const place = planePoints(result).find((point) => point.word === word)!;
    expect(place.kind).toBe('new');
    const code = mapCode({ texts, epochs: result.epochs, word, place, neighbours: result.neighbours.get(word)! });
    expect(await runCode(code.source)).toBe(code.prints);
  });

  it('a word that is eaten after a change moves from the animals to the food, and the map does not jump', async () => {
    const before = (await runJob(mapJob, { texts, pace: 0 }, tools)).result;
    const { result } = await runJob(mapJob, { texts: eaten[language], pace: 0 }, tools);
    const [old, now] = [planePoints(before), planePoints(result)];
    const middle = (points: typeof now, kind: string): { x: number; y: number } => {
      const some = points.filter((point) => point.kind === kind);
      return { x: some.reduce((sum, { x }) => sum + x, 0) / some.length, y: some.reduce((sum, { y }) => sum + y, 0) / some.length };
    };
    const far = (points: typeof now, kind: string): number => {
      const [a, b] = [points.find((point) => point.word === word)!, middle(points, kind)];
      return Math.hypot(a.x - b.x, a.y - b.y);
    };
    expect(far(old, 'animals')).toBeLessThan(far(old, 'food'));
    expect(far(now, 'food')).toBeLessThan(far(now, 'animals'));
    const moves = old.map((point) => ({ word: point.word, far: Math.hypot(point.x - now.find((other) => other.word === point.word)!.x, point.y - now.find((other) => other.word === point.word)!.y) }));
    const own = moves.find((move) => move.word === word)!.far;
    expect(own).toBeGreaterThan(2 * (moves.reduce((sum, move) => sum + move.far, 0) / moves.length));
    const bold = changedWords(texts, eaten[language]);
    expect(bold.has(word)).toBe(true);
    expect(movedArrows(old, now, bold, 0.2).filter(({ kind }) => kind === 'moved').map(({ to }) => (to as { word?: string }).word)).toContain(word);
    const code = mapCode({ texts: eaten[language], epochs: result.epochs, word, place: now.find((point) => point.word === word)!, neighbours: result.neighbours.get(word)! });
    expect(await runCode(code.source)).toBe(code.prints);
  });

  it('the word begins among the animals, and what the text suggests makes it food', async () => {
    for (const [texts, kind] of [[firstTexts(language), 'animals'], [eaten[language], 'food']] as const) {
      const { result } = await runJob(mapJob, { texts, pace: 0 }, tools);
      const of = (words: readonly string[]): number => words.filter((other) => wordKinds[language][kind].includes(other)).length;
      expect(of(result.neighbours.get(word)!.map((other) => other.word))).toBeGreaterThanOrEqual(2);
      expect(wordKinds[language][kind === 'food' ? 'animals' : 'food'].filter((other) => result.neighbours.get(word)!.some((near) => near.word === other))).toEqual([]);
      const points = planePoints(result);
      const own = points.find((point) => point.word === word)!;
      const near = points.filter((point) => point !== own).sort((a, b) => Math.hypot(a.x - own.x, a.y - own.y) - Math.hypot(b.x - own.x, b.y - own.y)).slice(0, 3);
      expect(near.map((point) => point.kind)).toEqual([kind, kind, kind]);
    }
    const { shown } = (await runJob(mapJob, { texts: firstTexts(language), pace: 0 }, tools)).result;
    expect(shown.filter((one) => one.kind === 'new').map((one) => one.word)).toEqual([word]);
    for (const sentence of otherMine[language]) expect(chapterText[language]).toContain(sentence);
  });

  it('what connects king and queen is what the text says', async () => {
    const [king, queen] = wordPairs[language].find(([one]) => ['König', 'king'].includes(one))!;
    const { together, apart } = (await runJob(reasonsJob, { texts, pair: [king, queen] }, tools)).result;
    const says = (text: string, other: string): boolean => new RegExp(`(?<!\\p{L})${other}(?!\\p{L})`, 'iu').test(text);
    expect(together[0]!.text).toMatch(/tanzt|dances/);
    for (const { text } of apart) {
      expect([king, queen].filter((other) => says(text, other))).toHaveLength(1);
      expect((language === 'de' ? ['er', 'sein', 'sie', 'ihr'] : ['he', 'his', 'she', 'her']).some((other) => says(text, other))).toBe(true);
    }
    expect(apart.length).toBeGreaterThan(0);
    expect((await runJob(reasonsJob, { texts, pair: [king, 'Quark'] }, tools)).result).toMatchObject({ unknown: ['Quark'], together: [], apart: [] });
  });

  it('a walk that goes back to its beginning leads nowhere', async () => {
    const steps = [{ sign: 1 as const, word }, { sign: -1 as const, word }];
    expect((await runJob(walkJob, { texts, steps }, tools)).result).toMatchObject({ isNowhere: true, answers: [], stops: [] });
  });

  it('a walk ends where its code says; the pairs answer each other', async () => {
    const [man, woman] = wordPairs[language][2]!;
    for (const [male, female] of wordPairs[language].filter(([one]) => one !== man).slice(0, 2)) {
      const steps = [{ sign: 1 as const, word: male }, { sign: -1 as const, word: man }, { sign: 1 as const, word: woman }];
      const { result } = await runJob(walkJob, { texts, steps }, tools);
      expect(result.answers[0]!.word).toBe(female);
      expect(result.stops.map(({ steps: some }) => some.map(({ word: one }) => one))).toEqual([[male], [man, woman]]);
      const code = walkCode({ texts, epochs: result.epochs, steps, answers: result.answers });
      expect(await runCode(code.source)).toBe(code.prints);
    }
    const { result } = await runJob(walkJob, { texts, steps: [{ sign: 1, word: 'xyz' }] }, tools);
    expect([result.unknown, result.answers, result.stops.length]).toEqual([['xyz'], [], 0]);
  });

  it('the sentences behind a neighbour, with the rest, add up to the cosine', async () => {
    const [a, b] = language === 'de' ? ['Hund', 'Katze'] : ['dog', 'cat'];
    const { result } = await runJob(reasonsJob, { texts, pair: [a!, b!] }, tools);
    expect(result.together).toHaveLength(5);
    expect(result.together[0]!.contribution).toBeGreaterThan(result.together[4]!.contribution);
    expect(result.together[0]!.text).toContain(a);
    expect(result.apart.every(({ contribution }) => contribution < 0)).toBe(true);
    const { result: walk } = await runJob(walkJob, { texts, steps: [{ sign: 1, word: a! }] }, tools);
    expect(result.similarity).toBeCloseTo(walk.answers.find(({ word: other }) => other === b)!.similarity, 6);
  });
});

it('sentences are changed, left out and added', () => {
  const all = sentencesOf({ ...firstTexts('de'), edits: [{ at: 0, text: '' }, { at: 2, text: 'Neu.' }], own: 'Eins. Zwei!\nDrei' });
  const course = courseSentences('de');
  expect(all.slice(0, 3)).toEqual(['', course[1], 'Neu.']);
  expect(all.slice(course.length)).toEqual([...firstTexts('de').mine, 'Eins.', 'Zwei!', 'Drei']);
  const edits = [{ at: 3, text: 'A: b' }, { at: 40, text: '' }];
  expect(readEdits(writeEdits(edits))).toEqual(edits);
  expect(readEdits('x|9999999:a|5')).toEqual([]);
  expect(readMine('a||  |b')).toEqual(['a', 'b']);
});

it('a walk is written into the address and read again; what is none is left out', () => {
  const steps = [{ sign: 1 as const, word: 'König' }, { sign: -1 as const, word: 'Mann-Frau' }];
  expect(readWalk(writeWalk(steps))).toEqual(steps);
  expect(readWalk('König,+,*x,-a')).toEqual([{ sign: -1, word: 'a' }]);
});

it('names of arrows lie on no other, and a sentence is cut between characters', () => {
  const arrows = [1, 2, 3].map((i) => ({ from: { x: 100, y: 100 }, to: { x: 110 + i, y: 180 }, text: '− Mann + Frau' }));
  const boxes = placeOnArrows(arrows, 260, 320).map((place) => boxAround('− Mann + Frau', place));
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false)));
  const point = { x: 106, y: 130 };
  const [beside] = placeOnArrows([arrows[0]!], 260, 320, [point]).map((place) => boxAround('− Mann + Frau', place));
  expect(point.x > beside!.left && point.x < beside!.right && point.y > beside!.top && point.y < beside!.bottom).toBe(false);
  expect([shortened('a😀b', 2), shortened('a😀b', 3), shortened('ab', 5)]).toEqual(['a', 'a😀', 'ab']);
});

it('names lie on no other name and on no other point, and stay in the picture', () => {
  const points = Array.from({ length: 40 }, (_, i) => ({ word: `wort${i}`, x: 40 + (i % 8) * 30, y: 30 + Math.floor(i / 8) * 40, must: i === 9 }));
  const placed = placeLabels(points, 320, 240);
  expect(placed.map(({ word }) => word)).toContain('wort9');
  expect(placed.length).toBeLessThan(points.length);
  const boxes = placed.map(({ word, x, y, anchor }) => {
    const long = word.length * 7;
    const left = anchor === 'start' ? x : anchor === 'end' ? x - long : x - long / 2;
    return { left, right: left + long, top: y - 11, bottom: y + 3 };
  });
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false)));
  expect(boxes.every(({ left, right }) => left >= 0 && right <= 320)).toBe(true);
});

describe.each(['de', 'en'] as const)('the games and measures in %s', (language) => {
  const texts = firstTexts(language);
  const words = { de, en }[language];

  it('of four drawn words one is a stranger, and the code prints how well each goes with the others', async () => {
    const rounds = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(async (round) => (await runJob(oddJob, { texts, round, own: [] }, tools)).result));
    for (const { words: four, stranger, kind } of rounds) {
      expect(new Set(four).size).toBe(4);
      expect(four.filter((word) => wordKinds[language][kind!].includes(word)).sort()).toEqual(four.filter((word) => word !== stranger).sort());
    }
    expect(new Set(rounds.map(({ words: four }) => four.indexOf(rounds[0]!.stranger))).size).toBeGreaterThan(1);
    expect(rounds.filter(({ ranked, stranger }) => ranked[0]!.word === stranger).length).toBeGreaterThanOrEqual(7);
    const code = oddCode({ texts, ...rounds[0]! });
    expect(await runCode(code.source)).toBe(code.prints);
    const few = (await runJob(oddJob, { texts, round: 1, own: [wordKinds[language].animals[0]!, 'xyz'] }, tools)).result;
    expect([few.unknown, few.ranked]).toEqual([['xyz'], []]);
  });

  it('words line up between the ends of an axis, and the code prints where', async () => {
    const [from, to] = [wordList(words.axis.from), wordList(words.axis.to)];
    const { result } = await runJob(axisJob, { texts, from, to }, tools);
    expect(result.rows).toHaveLength(12);
    expect(result.rows.map(({ position }) => position)).toEqual(result.rows.map(({ position }) => position).sort((a, b) => a - b));
    const code = axisCode({ texts, epochs: result.epochs, from, to, rows: result.rows });
    expect(await runCode(code.source)).toBe(code.prints);
    expect((await runJob(axisJob, { texts, from, to: from }, tools)).result.rows).toEqual([]);
    expect((await runJob(axisJob, { texts, from: ['xyz'], to }, tools)).result).toMatchObject({ unknown: ['xyz'], rows: [] });
  });

  it('things of boys and girls are apart in the sentences, and nearly together when these are mirrored', async () => {
    const { things, others, ones, opposite } = words.bias.groups;
    const groups = { file: null, targets: [wordList(things), wordList(others)], attributes: [wordList(ones), wordList(opposite)] } as const;
    const gapOf = ({ result }: WordBias): number => {
      const mean = (group: 0 | 1): number => {
        const some = result!.associations.filter((one) => one.group === group);
        return some.reduce((sum, { association }) => sum + association, 0) / some.length;
      };
      return mean(0) - mean(1);
    };
    const { result: plain } = await runJob(biasJob, { ...groups, texts }, tools);
    const { result: mirrored } = await runJob(biasJob, { ...groups, texts: { ...texts, mirror: true } }, tools);
    expect(plain.unknown).toEqual([]);
    expect(gapOf(plain)).toBeLessThan(-0.3); // the first things are further left
    expect(Math.abs(gapOf(mirrored))).toBeLessThan(-gapOf(plain) / 2);
    expect(plain.result!.pValue).toBeLessThan(0.05);
    const { result: swapped } = await runJob(biasJob, { ...groups, targets: [groups.targets[1], groups.targets[0]], texts }, tools);
    expect(swapped.result!.pValue).toBe(plain.result!.pValue); // the groups are as far apart, whichever is named first
    const { result: double } = await runJob(biasJob, { ...groups, targets: [groups.targets[0], [groups.targets[0][0]!, ...groups.targets[1]]], texts }, tools);
    expect([double.twice, double.targets]).toEqual([[groups.targets[0][0]], groups.targets]);
    for (const [used, state] of [[texts, plain], [{ ...texts, mirror: true }, mirrored]] as const) {
      const code = biasCode({ texts: used, epochs: state.epochs, file: null, targets: state.targets, attributes: state.attributes, result: state.result! });
      expect(await runCode(code.source)).toBe(code.prints);
    }
    expect((await runJob(biasJob, { ...groups, texts, targets: [['xyz'], wordList(others)] }, tools)).result.result).toBeNull();
  });

  it('a word that no sentence has lies near the words that it is made of', async () => {
    const [first, a, b] = language === 'de' ? ['Honigkuchen', 'Honig', 'Kuchen'] : ['honeycake', 'honey', 'cake'];
    expect(words.pieces.first).toBe(first);
    const { result } = await runJob(piecesJob, { texts, word: first }, tools);
    expect(result.isKnown).toBe(false);
    expect(result.pieces[0]!.text).toBe(`<${first.slice(0, 2)}`);
    expect(result.neighbours.map(({ word }) => word)).toEqual(expect.arrayContaining([a, b]));
    expect(result.pieces.find(({ text }) => text === a.slice(0, 4))!.from).toContain(a);
    const code = piecesCode({ texts, epochs: result.epochs, word: first, neighbours: result.neighbours });
    expect(await runCode(code.source)).toBe(code.prints);
    expect(words.pieces.count(1, 0, false, String)).not.toMatch(/\b[01] /);
    expect((await runJob(piecesJob, { texts, word: 'xyzqw' }, tools)).result.neighbours).toEqual([]);
  });
});

it('pieces of a word are those of its buckets', () => {
  expect(piecesOf('aä').map(({ text }) => text)).toEqual(['<aä', '<aä>', 'aä>']);
  expect(piecesOf('Käsebrot').map(({ bucket }) => bucket)).toEqual(subwordBuckets('Käsebrot', SUBWORDS));
});

describe('vectors that the visitor brings', () => {
  let files = 0;
  const measure = async (file: File, limit = 100): Promise<WordBias> => (await runJob(biasJob, { texts: firstTexts('en'), file: { file, id: ++files, limit }, targets: [['rose', 'tulip'], ['spider', 'bug']], attributes: [['joy'], ['pain']] }, { ...tools, keep: async (_, make) => make() })).result;
  const vectors = new WordVectors({ words: ['joy', 'pain', 'rose', 'tulip', 'spider', 'bug'], width: 2, matrix: Float32Array.of(1, 0, 0, 1, 1, 0.1, 1, 0.2, 0.1, 1, 0.3, 1) });
  const bytes = (pieces: Iterable<Uint8Array>): BlobPart[] => [...pieces] as Uint8Array<ArrayBuffer>[];

  it('are read in every format', async () => {
    const text = new File(bytes(writeWord2vecText(vectors)), 'own.txt');
    const packed = new File([await new Response(text.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()], 'own.vec.gz');
    const files = [text, packed, new File(bytes(writeGlove(vectors)), 'glove.txt'), new File(bytes(writeWord2vecBinary(vectors)), 'own.bin'), new File([writeVectorsSafetensors(vectors) as Uint8Array<ArrayBuffer>], 'own.safetensors')];
    for (const file of files) {
      const { problem, words, width, result } = await measure(file);
      expect([file.name, problem, words, width]).toEqual([file.name, null, 6, 2]);
      expect(result!.effectSize).toBeLessThan(-1);
      expect(result!.pValue).toBeCloseTo(2 / 6); // this division and its mirror image
    }
    const few = await measure(text, 3);
    expect([few.words, few.unknown, few.result]).toEqual([3, ['tulip', 'spider', 'bug'], null]);
  });

  it('say whose numbers these are, and a vector of zeros is none', async () => {
    const file = new File(['joy 1 0\npain 0 1\nrose 1 0.1\ntulip 1 0.2\nspider 0.1 1\nbug 0 0\n'], 'own.txt');
    const { source, unknown } = await measure(file);
    expect([source, unknown]).toEqual([{ file: 'own.txt', limit: 100 }, ['bug']]);
    expect([de.bias.fromFile('a', { words: 1, width: 3 }, String), de.bias.fromFile('a', { words: 2, width: 1 }, String)]).toEqual(['Gemessen an a: 1 Wort mit 3 Zahlen.', 'Gemessen an a: 2 Wörter mit je 1 Zahl.']);
    expect([en.bias.fromFile('a', { words: 1, width: 3 }, String), en.bias.fromFile('a', { words: 2, width: 1 }, String)]).toEqual(['Measured on a: 1 word with 3 numbers.', 'Measured on a: 2 words with 1 number each.']);
  });

  it('are refused with the place where they are wrong', async () => {
    expect((await measure(new File(['rose 1 2\ntulip 1 x\n'], 'own.txt'))).problem).toMatchObject({ line: 2 });
    expect((await measure(new File([], 'own.txt'))).problem!.message).toContain('empty');
    expect((await measure(new File(['0 3\n'], 'own.txt'))).problem).not.toBeNull();
    expect((await measure(new File([Uint8Array.of(1, 2, 3, 4, 5)], 'own.bin'))).problem).not.toBeNull();
    expect((await measure(new File(['no zip'], 'own.vec.gz'))).problem).not.toBeNull();
    expect((await measure(new File(['{}'], 'own.safetensors'))).problem).not.toBeNull();
  });
});
