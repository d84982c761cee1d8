// Rows of examples: each target once and from the right tokens, what truncation counts, and what is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MixedRows, type RowBatch } from '@kk/gpt/data';
import { TuningRows, type LabelledTokens, type TuningRowsOptions } from '../src/index.js';

const example = (ids: readonly number[], learned: readonly number[]): LabelledTokens => ({ ids: Int32Array.from(ids), learned: Uint8Array.from(learned) });
const all = async (rows: TuningRows): Promise<RowBatch> => rows.rows(Array.from({ length: rows.rowsPerEpoch }, (_, i) => i));
const shape = { contextLength: 6, vocabSize: 50 };

/** What each target is predicted from: the tokens of its segment up to it. */
function predictions({ inputs, targets, segments }: RowBatch, contextLength: number): string[] {
  return [...targets].flatMap((target, at) => {
    if (target < 0) return [];
    let start = at - (at % contextLength);
    if (segments) while (segments[start] !== segments[at]) start++;
    return [`${inputs.slice(start, at + 1).join(',')}>${target}`];
  });
}

const arbitraryExample = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 49 }), fc.integer({ min: 0, max: 1 })), { minLength: 2, maxLength: 7 })
  .map((tokens) => example(tokens.map(([id]) => id), tokens.map(([, learned], i) => (i === 0 ? 0 : i === tokens.length - 1 ? 1 : learned))));

describe('TuningRows', () => {
  it('predict each learned token once, from its own example alone, packed and apart', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryExample, { minLength: 1, maxLength: 12 }), fc.boolean(), fc.nat(), async (examples, packed, seed) => {
        const rows = new TuningRows(examples, { ...shape, packed, seed });
        const expected = examples.flatMap(({ ids, learned }) => [...ids].flatMap((id, i) => (learned[i] ? [`${ids.slice(0, i).join(',')}>${id}`] : [])));
        const batch = await all(rows);
        expect(predictions(batch, 6).sort()).toEqual(expected.sort());
        expect(rows.counts).toEqual({ examples: examples.length, dropped: 0, truncated: 0, rows: rows.rowsPerEpoch, targets: expected.length, lostTargets: 0 });
        expect(rows.rowsPerEpoch).toBeLessThanOrEqual(examples.length);
        if (packed) batch.positions!.forEach((position, at) => expect(position).toBe(at % 6 === 0 || batch.segments![at] !== batch.segments![at - 1] || batch.targets[at]! < 0 && position === 0 ? 0 : batch.positions![at - 1]! + 1));
      }),
    );
  });

  it('leave out what follows the last target, which nothing is predicted from', async () => {
    const rows = new TuningRows([example([1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 0, 1, 0, 1, 0, 0, 0, 0])], { ...shape, contextLength: 4, packed: false });
    expect(rows.counts).toMatchObject({ dropped: 0, truncated: 0, targets: 2 });
    expect(await all(rows)).toEqual({ inputs: Int32Array.of(1, 2, 3, 4), targets: Int32Array.of(-1, 3, -1, 5) });
  });

  it('learn the end of a text where padding is the same token', async () => {
    const batch = await all(new TuningRows([example([1, 2, 9], [0, 1, 1])], { ...shape, packed: false, padding: 9 }));
    expect(batch).toEqual({ inputs: Int32Array.of(1, 2, 9, 9, 9, 9), targets: Int32Array.of(2, 9, -1, -1, -1, -1) });
  });
});

describe('truncation', () => {
  const long = example([1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 0, 1, 0, 0, 0, 0, 1, 1]);
  const promptOnly = example([10, 11, 12, 13, 14, 15, 16, 17, 18], [0, 0, 0, 0, 0, 0, 0, 0, 1]);
  const short = example([20, 21], [0, 1]);
  const rowsWith = (truncation?: TuningRowsOptions['truncation']): TuningRows => new TuningRows([long, short, promptOnly], { ...shape, ...(truncation && { truncation }) });

  it('leaves long examples out unless asked for, and says so', async () => {
    const rows = rowsWith();
    expect(rows.counts).toEqual({ examples: 3, dropped: 2, truncated: 0, rows: 1, targets: 1, lostTargets: 4 });
    expect([rows.dropped, rows.truncated]).toEqual([[0, 2], []]);
    expect(predictions(await all(rows), 6)).toEqual(['20>21']);
  });

  it('at the left keeps the answer', async () => {
    const rows = rowsWith('left');
    expect(rows.counts).toEqual({ examples: 3, dropped: 0, truncated: 2, rows: 3, targets: 4, lostTargets: 1 });
    expect(rows.truncated).toEqual([0, 2]);
    expect(predictions(await all(rows), 6).sort()).toEqual(['12,13,14,15,16,17>18', '20>21', '3,4,5,6,7,8>9', '3,4,5,6,7>8']);
  });

  it('at the right never takes an answer away silently', async () => {
    const rows = rowsWith('right');
    expect(rows.counts).toEqual({ examples: 3, dropped: 1, truncated: 1, rows: 1, targets: 2, lostTargets: 3 });
    expect([rows.dropped, rows.truncated]).toEqual([[2], [0]]);
    expect(predictions(await all(rows), 6).sort()).toEqual(['1,2>3', '20>21']);
  });

  it('accounts for every target', () => {
    fc.assert(
      fc.property(fc.array(arbitraryExample, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 7 }), fc.constantFrom('drop', 'left', 'right'), (examples, contextLength, truncation) => {
        let rows: TuningRows;
        try {
          rows = new TuningRows(examples, { contextLength, vocabSize: 50, truncation });
        } catch (error) {
          expect((error as Error).message).toContain(`of ${examples.length} examples none is left`);
          return;
        }
        const { counts } = rows;
        expect(counts.targets + counts.lostTargets).toBe(examples.reduce((sum, { learned }) => sum + learned.filter(Boolean).length, 0));
        expect([rows.dropped.length, rows.truncated.length]).toEqual([counts.dropped, counts.truncated]);
      }),
    );
  });

  it('says when nothing is left', () => {
    expect(() => new TuningRows([long], shape)).toThrow('of 1 examples none is left, since each is longer than the context of 6');
  });
});

describe('the order of rows', () => {
  const examples = Array.from({ length: 9 }, (_, i) => example([i, i + 1], [0, 1]));

  it('depends on seed and number alone; an epoch has each example once', async () => {
    const [one, two] = [1, 2].map((seed) => new TuningRows(examples, { ...shape, packed: false, seed }));
    const first = await one!.rows([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const second = await one!.rows([9, 10, 11, 12, 13, 14, 15, 16, 17]);
    expect(second.inputs).not.toEqual(first.inputs);
    expect([...second.targets].sort()).toEqual([...first.targets].sort());
    expect((await one!.rows([5])).inputs).toEqual(first.inputs.slice(30, 36));
    expect((await two!.rows([0, 1, 2, 3, 4, 5, 6, 7, 8])).inputs).not.toEqual(first.inputs);
  });

  it('is part of the fingerprint, as are ids, labels and form', () => {
    const variants = [
      new TuningRows(examples, shape),
      new TuningRows(examples, { ...shape, seed: 2 }),
      new TuningRows(examples, { ...shape, packed: false }),
      new TuningRows(examples.slice(1), shape),
      new TuningRows([example([0, 1, 2], [0, 1, 1])], shape),
      new TuningRows([example([0, 1, 2], [0, 0, 1])], shape),
      new TuningRows([example([0, 3, 2], [0, 1, 1])], shape),
    ];
    expect(new Set(variants.map(({ fingerprint }) => fingerprint)).size).toBe(variants.length);
    expect(new TuningRows(examples, shape).fingerprint).toBe(variants[0]!.fingerprint);
  });
});

it('several sets are mixed by weight', async () => {
  const set = (id: number): TuningRows => new TuningRows(Array.from({ length: 5 }, () => example([id, id], [0, 1])), { contextLength: 1, vocabSize: 50 });
  const mixed = new MixedRows([{ rows: set(1), weight: 3 }, { rows: set(2), weight: 1 }]);
  const { targets } = await mixed.rows(Array.from({ length: 40 }, (_, i) => i));
  expect([...targets].filter((target) => target === 1)).toHaveLength(30);
  expect([...targets].filter((target) => target === 2)).toHaveLength(10);
});

it('what is no labelled example is refused', () => {
  expect(() => new TuningRows([example([1, 2], [0, 0])], shape)).toThrow('TuningRows: example 0 has no token to learn');
  expect(() => new TuningRows([example([1, 2], [1, 1])], shape)).toThrow('example 0 has labels other than 0 and 1, or 1 at its first token');
  expect(() => new TuningRows([example([1, 2], [0, 3, 1])], shape)).toThrow('example 0 has 2 ids, but 3 labels');
  expect(() => new TuningRows([example([1, 50], [0, 1])], shape)).toThrow('example 0 holds ids from 1 to 50, but the vocabulary ends at 49');
  expect(() => new TuningRows([{ ids: [1, 2], learned: [0, 1] } as never], shape)).toThrow('example 0 does not hold ids as an Int32Array');
  expect(() => new TuningRows([], shape)).toThrow('of 0 examples none is left');
  expect(() => new TuningRows([example([1, 2], [0, 1])], { ...shape, padding: 50 })).toThrow('padding is 50; expected a token id from 0 to 49');
  expect(() => new TuningRows([example([1, 2], [0, 1])], { ...shape, truncation: 'middle' as never })).toThrow("truncation is middle; expected 'drop', 'left' or 'right'");
  expect(() => new TuningRows([example([1, 2], [0, 1])], { ...shape, pakced: true } as never)).toThrow("unknown option 'pakced', did you mean 'packed'?");
});
