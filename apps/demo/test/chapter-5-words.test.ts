// Chapter 5: what its jobs return, and that the code of each figure prints what the figure shows.
import { courseSentences, wordPairs } from '@kk/corpora/sentences';
import { describe, expect, it } from 'vitest';
import { mapCode, walkCode } from '../src/chapters/05-words/code.js';
import { changedWords, movedArrows, planePoints } from '../src/chapters/05-words/moved.js';
import { placeLabels } from '../src/chapters/05-words/place-labels.js';
import { readWalk, writeWalk } from '../src/chapters/05-words/walk.js';
import mapJob from '../src/lab/jobs/word-map.js';
import reasonsJob from '../src/lab/jobs/word-reasons.js';
import walkJob from '../src/lab/jobs/word-walk.js';
import { firstTexts, madeUpWord, readEdits, readMine, sentencesOf, writeEdits, type WordTexts } from '../src/lab/word-texts.js';
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

const eaten: Record<'de' | 'en', WordTexts> = {
  de: { ...firstTexts('de'), mine: ['Der Wumpel schmeckt süß.', 'Zum Frühstück gibt es Wumpel mit Butter.', 'Wir essen ein Stück Wumpel und trinken Milch.'] },
  en: { ...firstTexts('en'), mine: ['The wumpel tastes sweet.', 'For breakfast there is wumpel with butter.', 'I ate a piece of wumpel and drank milk.'] },
};

describe.each(['de', 'en'] as const)('in %s', (language) => {
  const texts = firstTexts(language);
  const word = madeUpWord[language];

  it('the map settles moment by moment, and its code prints the word’s place and neighbours', async () => {
    const { updates, result } = await runJob(mapJob, { texts, pace: 0 }, tools);
    expect(updates.map(({ epoch }) => epoch)).toEqual([...new Set(updates.map(({ epoch }) => epoch))].sort((a, b) => a - b));
    expect([updates[0]!.epoch, updates.at(-1)!.epoch]).toEqual([0, result.epochs]);
    expect(updates[0]!.neighbours).toEqual({});
    expect(result.loss).toBeLessThan(updates[1]!.loss);
    const place = planePoints(result).find((point) => point.word === word)!;
    expect(place.kind).toBe('new');
    const code = mapCode({ texts, epochs: result.epochs, word, place, neighbours: result.neighbours[word]! });
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
    const code = mapCode({ texts: eaten[language], epochs: result.epochs, word, place: now.find((point) => point.word === word)!, neighbours: result.neighbours[word]! });
    expect(await runCode(code.source)).toBe(code.prints);
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
