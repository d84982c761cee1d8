// The order of the data: permutations without a list, every window once in an epoch, packing, and mixtures in exact proportions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestFit, MixedRows, PackedDocuments, permutedIndex, ShuffledWindows, tokensInMemory, type RowBatch, type TrainingRows } from '../src/data.js';

const order = (length: number, seed: number, epoch = 0): number[] => Array.from({ length }, (_, i) => permutedIndex(i, length, { seed, epoch }));
const numbersTo = (end: number, start = 0): number[] => Array.from({ length: end - start }, (_, i) => start + i);

describe('permutedIndex', () => {
  it('visits each of any number of items once', () => {
    for (let length = 1; length <= 70; length++) expect(order(length, 3, length).sort((a, b) => a - b)).toEqual(numbersTo(length));
    fc.assert(fc.property(fc.integer({ min: 1, max: 3000 }), fc.maxSafeNat(), fc.nat(), (length, seed, epoch) => new Set(order(length, seed, epoch)).size === length), { numRuns: 20 });
  });

  it('stays below the greatest lengths', () => {
    for (const length of [2 ** 31 + 11, 2 ** 52]) for (const index of [0, 1, length - 1]) expect(permutedIndex(index, length, { seed: 1, epoch: 2 })).toBeLessThan(length);
    expect(() => permutedIndex(5, 5, { seed: 1, epoch: 0 })).toThrow('the position is 5; expected a whole number from 0 to below 5');
  });

  it('differs between seeds and epochs, and looks like a shuffle', () => {
    const orders = [order(1000, 1), order(1000, 2), order(1000, 1, 1)];
    expect(new Set(orders.map(String)).size).toBe(3);
    for (const items of orders) {
      // In a uniform shuffle the numbers of fixed points and of kept neighbours are about 1 each, and rises are half of all.
      expect(items.filter((item, i) => item === i).length).toBeLessThan(8);
      expect(items.filter((item, i) => item + 1 === items[i + 1]).length).toBeLessThan(8);
      const rises = items.filter((item, i) => item < items[i + 1]!).length;
      expect(Math.abs(rises - 500)).toBeLessThan(40); // 4 standard deviations, sqrt(1001 / 12)
    }
  });

  it('puts each item at each position equally often', () => {
    const counts = Array.from({ length: 36 }, () => 0);
    for (let seed = 0; seed < 6000; seed++) order(6, seed).forEach((item, i) => counts[6 * i + item]!++);
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(52.6); // 25 degrees of freedom, p = 0.001
  });
});

describe('ShuffledWindows', () => {
  const source = tokensInMemory(Uint16Array.from({ length: 103 }, (_, i) => i), 200);

  it('has each window once in an epoch, each epoch in another order, with the next tokens as targets', async () => {
    const rows = new ShuffledWindows(source, { contextLength: 10 });
    expect(rows.rowsPerEpoch).toBe(10);
    const starts: number[] = [];
    for (let epoch = 0; epoch < 3; epoch++) {
      const { inputs, targets } = await rows.rows(numbersTo(10 * epoch + 10, 10 * epoch));
      targets.forEach((target, i) => expect(target).toBe(inputs[i]! + 1));
      const first = inputs.filter((_, i) => i % 10 === 0);
      expect([...first].sort((a, b) => a - b)).toEqual(numbersTo(10).map((window) => 10 * window));
      starts.push(...first);
    }
    expect(starts.slice(0, 10)).not.toEqual(starts.slice(10, 20));
    expect(starts.slice(10, 20)).not.toEqual(starts.slice(20));
  });

  it('refuses a text that is too short, and options that are none', () => {
    expect(() => new ShuffledWindows(source, { contextLength: 103 })).toThrow('the text has 103 tokens, but one window needs 104');
    expect(new ShuffledWindows(source, { contextLength: 102 }).rowsPerEpoch).toBe(1);
    expect(() => new ShuffledWindows(source, { contextLength: 0 })).toThrow('contextLength is 0');
    expect(() => new ShuffledWindows(source, { context: 3 } as never)).toThrow("unknown option 'context'");
  });
});

describe('packing', () => {
  it('puts every piece into one row, none too long, and in few rows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 60 }), (lengths) => {
        const { rows, starts, pieces } = bestFit(Int32Array.from(lengths), 16);
        expect([...pieces].sort((a, b) => a - b)).toEqual(numbersTo(lengths.length));
        const filled = numbersTo(rows).map((row) => [...pieces.slice(starts[row], starts[row + 1])].reduce((sum, piece) => sum + lengths[piece]!, 0));
        expect(Math.max(...filled)).toBeLessThanOrEqual(16);
        expect(Math.min(...filled)).toBeGreaterThan(0);
        const least = Math.ceil(lengths.reduce((sum, length) => sum + length, 0) / 16);
        expect(rows).toBeLessThanOrEqual(Math.floor((11 / 9) * Math.max(least, lengths.filter((length) => length > 8).length) + 4));
      }),
    );
    expect(bestFit(Int32Array.of(5, 3, 3, 5), 8).rows).toBe(2);
  });

  const END = 9;
  // Documents of 4, 1, 12, 3 and 2 tokens with their ends; the last one has none.
  const ids = [1, 2, 3, END, END, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, END, 4, 5, END, 6, 7];
  const source = tokensInMemory(Int32Array.from(ids), 30);

  it('predicts each token of each document once but the first, within the document', async () => {
    const rows = await PackedDocuments.from(source, { contextLength: 6, endOfText: END });
    const { inputs, targets, segments, positions } = await rows.rows(numbersTo(rows.rowsPerEpoch));
    const pairs: string[] = [];
    targets.forEach((target, i) => {
      if (target >= 0) pairs.push(`${inputs[i]!}>${target}`);
    });
    const expected = ids.flatMap((id, i) => (i + 1 < ids.length && id !== END ? [`${id}>${ids[i + 1]!}`] : []));
    expect(pairs.sort()).toEqual(expected.sort());
    expect(rows.filled).toBeCloseTo(expected.length / inputs.length, 12);
    // 11 places to predict in the longest document: pieces of 6 and 5.
    segments.forEach((segment, i) => {
      const isFirst = i % 6 === 0 || segments[i - 1] !== segment;
      expect(positions[i]).toBe(targets[i]! < 0 ? 0 : isFirst ? 0 : positions[i - 1]! + 1);
    });
  });

  it('counts positions through the row if asked', async () => {
    const rows = await PackedDocuments.from(source, { contextLength: 6, endOfText: END, restartPositions: false });
    const { targets, positions } = await rows.rows([0, 1, 2]);
    positions.forEach((position, i) => expect(position).toBe(targets[i]! < 0 ? 0 : i % 6));
  });

  it('refuses what has no documents', async () => {
    await expect(PackedDocuments.from(tokensInMemory(Int32Array.of(END, END), 30), { contextLength: 6, endOfText: END })).rejects.toThrow('in 2 tokens there is no document of at least 2');
    await expect(PackedDocuments.from(source, { contextLength: 6, endOfText: 30 })).rejects.toThrow('endOfText is 30; expected a token id from 0 to 29');
  });
});

describe('mixtures', () => {
  /** Rows that are their own number, marked with the corpus. */
  const corpus = (mark: number, isPacked = false): TrainingRows => ({
    contextLength: 2,
    vocabSize: 10 * mark,
    isPacked,
    fingerprint: String(mark),
    rows: (numbers) => {
      const inputs = Int32Array.from(numbers.flatMap((number) => [mark, number]));
      const targets = inputs.slice();
      return Promise.resolve(isPacked ? { inputs, targets, segments: inputs.map((_, i) => i % 2), positions: new Int32Array(inputs.length) } : { inputs, targets });
    },
  });
  const drawn = ({ inputs }: RowBatch): [mark: number, row: number][] => Array.from({ length: inputs.length / 2 }, (_, i) => [inputs[2 * i]!, inputs[2 * i + 1]!]);

  it('are exact over a long draw, and nothing is repeated or left out', async () => {
    const mixed = new MixedRows([{ rows: corpus(1), weight: 70 }, { rows: corpus(2), weight: 25 }, { rows: corpus(3), weight: 5 }], { seed: 4 });
    expect(mixed.blockRows).toBe(20);
    const all = drawn(await mixed.rows(numbersTo(20_000)));
    for (const [mark, weight] of [[1, 14], [2, 5], [3, 1]] as const) {
      const rows = all.filter(([from]) => from === mark).map(([, row]) => row);
      expect(rows.sort((a, b) => a - b)).toEqual(numbersTo(1000 * weight));
    }
    for (let block = 0; block < 1000; block++) expect(all.slice(20 * block, 20 * block + 20).filter(([mark]) => mark === 1)).toHaveLength(14);
  });

  it('depend on the seed and the number alone', async () => {
    const parts = [{ rows: corpus(1), weight: 3 }, { rows: corpus(2), weight: 1 }];
    const [one, two] = [new MixedRows(parts, { seed: 1 }), new MixedRows(parts, { seed: 2 })];
    const all = drawn(await one.rows(numbersTo(100)));
    expect(drawn(await one.rows([99, 5, 40]))).toEqual([all[99], all[5], all[40]]);
    expect(drawn(await two.rows(numbersTo(100)))).not.toEqual(all);
    expect(one.fingerprint).not.toBe(two.fingerprint);
    expect(one.vocabSize).toBe(20);
  });

  it('of packed and other rows are packed', async () => {
    const mixed = new MixedRows([{ rows: corpus(1), weight: 1 }, { rows: corpus(2, true), weight: 1 }]);
    const { inputs, segments, positions } = await mixed.rows(numbersTo(8));
    for (let row = 0; row < 8; row++) {
      expect([...segments!.slice(2 * row, 2 * row + 2)]).toEqual(inputs[2 * row] === 1 ? [0, 0] : [0, 1]);
      expect([...positions!.slice(2 * row, 2 * row + 2)]).toEqual(inputs[2 * row] === 1 ? [0, 1] : [0, 0]);
    }
  });

  it('are refused with weights that are none, and rows that do not fit', () => {
    expect(() => new MixedRows([])).toThrow('the list of parts is empty');
    expect(() => new MixedRows([{ rows: corpus(1), weight: 0.5 }])).toThrow('part 0: weight is 0.5; expected a whole number of at least 1');
    expect(() => new MixedRows([{ rows: corpus(1), weight: 1 }, { rows: { ...corpus(2), contextLength: 3 }, weight: 1 }])).toThrow('part 0 has rows of 2 and part 1 of 3');
  });
});
