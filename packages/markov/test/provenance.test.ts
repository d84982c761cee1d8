// Where things stand, checked against plain searches.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished, SourceIndex, TextMarkov, within } from '../src/index.js';
import { suffixArray } from '../src/provenance/suffix-array.js';

const run = (highest: number, maxLength: number): fc.Arbitrary<number[]> => fc.array(fc.nat(highest), { maxLength });
const compare = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
};

describe('suffix array', () => {
  it('is all suffixes in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }).chain((highest) => run(highest, 60)), (text) => {
        const expected = text.map((_, i) => i).sort((a, b) => compare(text.slice(a), text.slice(b)));
        expect([...suffixArray(Int32Array.from(text), 6)]).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('of a large repetitive text takes no longer than it should', () => {
    const text = Int32Array.from({ length: 200_000 }, (_, i) => i % 3);
    const sorted = suffixArray(text, 3);
    expect([...sorted.subarray(0, 2)]).toEqual([199_998, 199_995]);
  });
});

describe('SourceIndex', () => {
  const texts = fc.array(run(3, 30), { minLength: 1, maxLength: 3 });
  const places = (all: number[][], query: number[]): string[] =>
    all.flatMap((ids, text) => ids.map((_, position) => ({ text, position })).filter(({ position }) => query.length > 0 && query.every((id, i) => ids[position + i] === id)).map(({ text, position }) => `${text}:${position}`));

  it('finds every place, and nothing else', () => {
    fc.assert(
      fc.property(texts, run(4, 5), (all, query) => {
        const index = new SourceIndex(all.map((ids, i) => ({ name: `t${i}`, ids })));
        const found = index.occurrences(query);
        expect(found.map(({ text, position }) => `${text}:${position}`)).toEqual(places(all, query));
        if (query.length > 0) expect(index.count(query)).toBe(found.length);
        expect(index.occurrences(query, 1)).toEqual(found.slice(0, 1));
      }),
      { numRuns: 500 },
    );
  });

  it('knows what is copied', () => {
    fc.assert(
      fc.property(texts, run(4, 40), fc.integer({ min: 1, max: 4 }), (all, ids, minimumRun) => {
        const index = new SourceIndex(all.map((text, i) => ({ name: `t${i}`, ids: text })));
        // Plainly: the longest match from each position, those that an earlier one does not cover, and the positions that long ones cover.
        const lengths = ids.map((_, from) => {
          let length = 0;
          while (from + length < ids.length && places(all, ids.slice(from, from + length + 1)).length > 0) length++;
          return length;
        });
        const maximal = lengths.map((length, start) => ({ start, length })).filter(({ start, length }) => length >= minimumRun && (start === 0 || lengths[start - 1] < length + 1));
        const covered = new Set(maximal.flatMap(({ start, length }) => Array.from({ length }, (_, i) => start + i)));
        const report = index.copies(ids, minimumRun);
        expect(report.runs.map(({ start, length }) => ({ start, length }))).toEqual(maximal);
        expect(report.share).toBeCloseTo(ids.length === 0 ? 0 : covered.size / ids.length, 12);
        expect(report.longest?.length ?? 0).toBe(Math.max(0, ...maximal.map(({ length }) => length)));
        for (const { start, length, text, position } of report.runs) expect(all[text].slice(position, position + length)).toEqual(ids.slice(start, start + length));
        lengths.forEach((length, from) => expect(index.longestMatch(ids, from).length).toBe(length));
      }),
      { numRuns: 500 },
    );
  });

  it('takes a whole text as its own copy', () => {
    const ids = Array.from({ length: 50_000 }, (_, i) => (i * i) % 7);
    const { share, runs } = new SourceIndex([{ name: 'itself', ids }]).copies(ids, 10);
    expect(share).toBe(1);
    expect(runs).toEqual([{ start: 0, length: 50_000, source: 'itself', text: 0, position: 0 }]);
  });

  it('refuses what are no ids', () => {
    expect(() => new SourceIndex([{ name: 'x', ids: [1, -1] }])).toThrow('ids[1] of x is -1: expected an integer from 0');
    expect(() => new SourceIndex([]).copies([1], 0)).toThrow('minimumRun must be an integer from 1');
    expect(new SourceIndex([]).occurrences([1])).toEqual([]);
  });
});

describe('a text of words', () => {
  const first = '  Es war einmal ein König,\r\nder hatte eine Tochter.';
  const second = 'Der Wolf war einmal ein Hund.';
  const nonsense = TextMarkov.train([{ text: first, name: 'König' }, { text: second, name: 'Wolf' }], { unit: 'word', order: 3 });

  it('says where a run of words stands', () => {
    const found = nonsense.occurrences('war einmal ein');
    expect(found).toEqual([
      { source: 'König', position: 1, start: 5, end: 19 },
      { source: 'Wolf', position: 2, start: 9, end: 23 },
    ]);
    expect(first.slice(found[0].start, found[0].end)).toBe('war einmal ein');
    expect(nonsense.occurrences('hatte')[0]).toEqual({ source: 'König', position: 8, start: 32, end: 37 });
    expect(nonsense.occurrences('Katze')).toEqual([]);
  });

  it('says what every word of a written text continues', () => {
    const trace = nonsense.trace('Es war einmal ein Hund Katze', 1);
    expect(trace.map(({ token, contextLength, count }) => [token, contextLength, count])).toEqual([
      ['Es', 0, 1],
      ['war', 1, 1],
      ['einmal', 2, 1],
      ['ein', 3, 1],
      ['Hund', 3, 1],
      ['', -1, 0],
    ]);
    const [{ source, start, end }] = trace[4].occurrences;
    expect([source, second.slice(start, end)]).toEqual(['Wolf', 'Hund']);
  });

  it('says what is copied, and the longest copy', () => {
    const { share, longest, longestText } = nonsense.copies('Der Hund war einmal ein König,', { minimumRun: 3 });
    expect(share).toBeCloseTo(5 / 7, 12);
    expect(longest).toMatchObject({ start: 2, length: 5, source: 'König' });
    expect(longestText?.text).toBe('war einmal ein König,');
    expect(nonsense.copies('Katze', { minimumRun: 1 })).toEqual({ share: 0, runs: [], longest: undefined });
  });

  it('works with sentences', () => {
    const sentences = TextMarkov.train([{ text: first, name: 'König' }], { unit: 'word', order: 2, sentences: true });
    const [{ start, end }] = sentences.occurrences('hatte eine');
    expect(first.slice(start, end)).toBe('hatte eine');
    expect(sentences.copies(first, { minimumRun: 2 }).share).toBe(1);
  });
});

it('an index that is built in steps finds what one that is built on first use finds, as a part of larger work, too', () => {
  const texts = [Array.from({ length: 5000 }, (_, i) => (i * i) % 7), [1, 2, 3]];
  const make = (): SourceIndex => new SourceIndex(texts.map((ids, i) => ({ name: `text ${i}`, ids })));
  const [first, built] = [make(), make()];
  expect(Array.from(within(built.buildInSteps(), 0.5, 1)).every((share) => share >= 0.5 && share <= 1)).toBe(true);
  finished(built.buildInSteps()); // there is nothing left to do
  for (const ids of [[1, 2], [0, 1, 4], [6], [1, 2, 3]]) {
    expect(built.count(ids)).toBe(first.count(ids));
    expect(built.occurrences(ids, 5)).toEqual(first.occurrences(ids, 5));
  }
});
