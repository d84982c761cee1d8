// What training draws from: negative examples, the words that subsampling keeps, and the codes of the Huffman tree. And the exact
// exponential and logarithm that the tables are made of.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasTable, negativeTable } from '../src/training/alias-table.js';
import { exponential, naturalLog, power } from '../src/training/exact-math.js';
import { huffmanPaths } from '../src/training/huffman.js';
import { sigmoidTable } from '../src/training/sigmoid-table.js';
import { keepThresholds } from '../src/training/subsampling.js';
import { Sfc32 } from './support/sfc32.js';

/** The probability of each word, by adding up what each column gives. */
function probabilities({ thresholds, aliases }: { thresholds: Uint32Array; aliases: Uint32Array }): number[] {
  const result = new Array<number>(thresholds.length).fill(0);
  thresholds.forEach((threshold, column) => {
    const own = threshold / 2 ** 32;
    result[column] += own / thresholds.length;
    result[aliases[column]] += (1 - own) / thresholds.length;
  });
  return result;
}

describe('the alias table', () => {
  it('gives each word its exact share', () => {
    const weights = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 50 }).filter((list) => list.some((weight) => weight > 1e-3));
    fc.assert(
      fc.property(weights, (list) => {
        const sum = list.reduce((total, weight) => total + weight, 0);
        const found = probabilities(aliasTable(list));
        list.forEach((weight, i) => expect(Math.abs(found[i] - weight / sum)).toBeLessThan(2 ** -31));
      }),
    );
  });

  it('never draws a word of weight 0', () => {
    expect(probabilities(aliasTable([0, 3, 0, 1]))).toEqual([0, 0.75, 0, 0.25]);
  });

  it('of negative examples follows count^0.75', () => {
    const [a, b, c] = probabilities(negativeTable([16, 81, 0], 0.75));
    expect(a).toBeCloseTo(8 / 35, 9);
    expect(b).toBeCloseTo(27 / 35, 9);
    expect(c).toBe(0);
  });

  it('under a fixed seed gives the counts that were drawn once', () => {
    // Expected are 40,000 times 0.1, 0.2, 0.3 and 0.4, with deviations below 100.
    const { thresholds, aliases } = aliasTable([1, 2, 3, 4]);
    const random = new Sfc32(1, 0, 2);
    const drawn = [0, 0, 0, 0];
    for (let i = 0; i < 40_000; i++) {
      const column = random.below(4);
      drawn[random.next() < thresholds[column] ? column : aliases[column]]++;
    }
    [4000, 8000, 12_000, 16_000].forEach((expected, i) => expect(Math.abs(drawn[i] - expected)).toBeLessThan(300));
    expect(drawn).toMatchInlineSnapshot(`
      [
        4054,
        8086,
        11840,
        16020,
      ]
    `);
  });
});

it('subsampling keeps sqrt(t / f) + t / f of the occurrences', () => {
  const counts = [900, 90, 10];
  const thresholds = keepThresholds(counts, 0.01);
  [0.9, 0.09, 0.01].forEach((share, word) => {
    expect(thresholds[word] / 2 ** 32).toBeCloseTo(Math.min(1, Math.sqrt(0.01 / share) + 0.01 / share), 9);
  });
  expect([...keepThresholds(counts, 0)]).toEqual([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1]);
});

describe('the Huffman tree', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 40 });
  const codes = (list: number[]): { node: number; bit: number }[][] => {
    const { starts, steps } = huffmanPaths(list);
    return list.map((_, word) => [...steps.subarray(starts[word], starts[word + 1])].map((step) => ({ node: step >>> 1, bit: step & 1 })));
  };

  it('has the codes of the textbook example', () => {
    const bits = codes([45, 13, 12, 16, 9, 5]).map((path) => path.map(({ bit }) => bit).join(''));
    expect(bits).toEqual(['0', '101', '100', '111', '1101', '1100']);
  });

  it('is a tree: from the root, each node with both of its bits leads to one place, and no code begins another', () => {
    fc.assert(
      fc.property(counts, (list) => {
        const paths = codes(list);
        const root = list.length - 2;
        const next = new Map<string, number | string>();
        paths.forEach((path, word) => {
          expect(path[0].node).toBe(root);
          path.forEach(({ node, bit }, depth) => {
            const key = `${node} ${bit}`;
            const target = depth + 1 < path.length ? path[depth + 1].node : `word ${word}`;
            expect(next.get(key) ?? target).toBe(target);
            next.set(key, target);
          });
        });
        expect(next.size).toBe(2 * (list.length - 1));
        expect(paths.reduce((sum, { length }) => sum + 2 ** -length, 0)).toBe(1);
      }),
    );
  });

  it('has the smallest mean length of a code', () => {
    fc.assert(
      fc.property(counts, (list) => {
        const cost = codes(list).reduce((sum, path, word) => sum + path.length * list[word], 0);
        // Huffman's way with a list that is sorted again and again: the cost is the sum of all merged weights.
        let best = 0;
        for (const queue = [...list]; queue.length > 1; ) {
          queue.sort((a, b) => a - b);
          const [first, second] = queue.splice(0, 2);
          best += first + second;
          queue.push(first + second);
        }
        expect(cost).toBe(best);
      }),
    );
  });
});

describe('exact mathematics', () => {
  it('agrees with Math', () => {
    for (let x = -600; x <= 600; x += 0.37) expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
    for (let x = 1e-300; x < 1e300; x *= 3.7) expect(Math.abs(naturalLog(x) - Math.log(x))).toBeLessThan(1e-13 * Math.max(1, Math.abs(Math.log(x))));
    expect(naturalLog(1)).toBe(0);
    expect(power(81, 0.75)).toBeCloseTo(27, 11);
    expect([power(0, 0.5), power(0, 0), power(7, 0)]).toEqual([0, 1, 1]);
  });

  it('fills the table of the logistic function and its loss', () => {
    const table = sigmoidTable();
    for (const i of [0, 1, 900, 1024, 1100, 2048]) {
      const x = i / 64 - 16;
      expect(table[i]).toBe(Math.fround(1 / (1 + Math.exp(-x))));
      expect(table[2049 + i]).toBeCloseTo(Math.log1p(Math.exp(-x)), 6);
    }
  });
});
