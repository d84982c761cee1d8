// Nearest neighbours are exact: the same as those of a search that computes every cosine in double precision.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosineSimilarity, NeighbourSearch } from '../src/index.js';

/** All cosines, sorted. */
function slowly(matrix: Float32Array, width: number, vector: ArrayLike<number>, exclude: readonly number[] = []): { id: number; similarity: number }[] {
  const all = Array.from({ length: matrix.length / width }, (_, id) => ({ id, similarity: cosineSimilarity(matrix.subarray(id * width, (id + 1) * width), vector) }));
  return all.filter(({ id }) => !exclude.includes(id)).sort((a, b) => b.similarity - a.similarity || a.id - b.id);
}

/** Numbers of many magnitudes, often equal, so that rows tie and rounding to 8 bits hurts. */
const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, 1e-20, -1e-30, 1e15, 127, -126.5).map(Math.fround));

const table = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 33 })).chain(([rows, width]) =>
  fc.record({ width: fc.constant(width), matrix: fc.array(number, { minLength: rows * width, maxLength: rows * width }).map((numbers) => Float32Array.from(numbers)), vector: fc.array(number, { minLength: width, maxLength: width }) }),
);

describe.each([{ simd: true }, { simd: false }])('neighbours with %j', (options) => {
  it('are those of a slow search', () => {
    fc.assert(
      fc.property(table, fc.nat(12), fc.array(fc.nat(40), { maxLength: 5 }), ({ matrix, width, vector }, count, exclude) => {
        fc.pre(vector.some((value) => value !== 0));
        const found = new NeighbourSearch(matrix, width, options).nearest(vector, count, { exclude });
        const expected = slowly(matrix, width, vector, exclude).slice(0, count);
        expect(found.length).toBe(expected.length);
        // Cosines that are equal on paper differ in the last bits, so rows may trade places there and nowhere else.
        found.forEach(({ id, similarity }, i) => {
          expect(similarity).toBeCloseTo(expected[i].similarity, 12);
          expect(cosineSimilarity(matrix.subarray(id * width, (id + 1) * width), vector)).toBeCloseTo(expected[i].similarity, 12);
          expect(exclude).not.toContain(id);
        });
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      }),
    );
  });

  it('come in the order of cosines, then of rows', () => {
    const search = new NeighbourSearch(Float32Array.of(1, 0, 0, 1, 1, 1, -1, 0, 2, 0), 2, options);
    expect(search.nearest([2, 0], 4)).toEqual([
      { id: 0, similarity: 1 },
      { id: 4, similarity: 1 },
      { id: 2, similarity: expect.closeTo(Math.SQRT1_2, 12) },
      { id: 1, similarity: 0 },
    ]);
    expect(search.nearest([2, 0], 1, { exclude: [0, 4, -1, 99] })[0].id).toBe(2);
    expect(search.nearest([2, 0], 9, { limit: 2 }).map(({ id }) => id)).toEqual([0, 1]);
    expect(search.nearest([2, 0], 0)).toEqual([]);
    expect(search.nearest([2, 0], 1)[0].id).toBe(0); // what was excluded before is back
  });

  it('by product are those of the formula', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 5 }), ({ matrix, width, vector }, count) => {
        const negative = vector.map((value, i) => value * (i % 3) - 1);
        const other = vector.map((value, i) => (i % 2 ? value : 1));
        fc.pre([vector, negative].every((numbers) => numbers.some((value) => value !== 0)));
        const score = (id: number): number => {
          const shifted = (b: readonly number[]): number => (1 + cosineSimilarity(matrix.subarray(id * width, (id + 1) * width), b)) / 2;
          return (shifted(vector) * shifted(other)) / (shifted(negative) + 1e-6);
        };
        const found = new NeighbourSearch(matrix, width, options).byProduct([vector, other], [negative], count);
        const expected = Array.from({ length: matrix.length / width }, (_, id) => score(id)).sort((a, b) => b - a);
        found.forEach(({ id, similarity }, i) => {
          expect(Math.abs(similarity - expected[i])).toBeLessThanOrEqual(1e-7 * Math.max(1, expected[i]));
          expect(Math.abs(score(id) - expected[i])).toBeLessThanOrEqual(1e-7 * Math.max(1, expected[i]));
        });
        expect(found.length).toBe(Math.min(count, expected.length));
      }),
    );
  });

  it('are none in an empty table', () => {
    expect(new NeighbourSearch(new Float32Array(0), 3, options).nearest([1, 2, 3], 5)).toEqual([]);
  });
});

it('wide rows do not overflow', () => {
  const width = 5000;
  const matrix = new Float32Array(3 * width).fill(1);
  matrix.fill(-1, width, 2 * width);
  matrix[2 * width] = 2;
  expect(new NeighbourSearch(matrix, width).nearest(new Float32Array(width).fill(7), 3).map(({ id }) => id)).toEqual([0, 2, 1]);
});

it('tables and vectors that do not fit are refused', () => {
  expect(() => new NeighbourSearch(new Float32Array(5), 2)).toThrow('5 numbers does not consist of rows of 2');
  expect(() => new NeighbourSearch(Float32Array.of(1, 2, 3, NaN), 2)).toThrow('row 1 has a number that is not finite');
  expect(() => new NeighbourSearch(Float32Array.of(1, 2), 2).nearest([1], 1)).toThrow('the vector has 1 numbers; the rows have 2');
  expect(() => new NeighbourSearch(Float32Array.of(1, 2), 2).nearest([1, Infinity], 1)).toThrow('not finite');
  expect(() => new NeighbourSearch(Float32Array.of(1, 2), 2).nearest([1, 2], -1)).toThrow('-1 neighbours');
  for (const limit of [-1, NaN, 1.5]) expect(() => new NeighbourSearch(Float32Array.of(1, 2), 2).nearest([1, 2], 1, { limit })).toThrow(`limit is ${limit}; expected a whole number of 0 or more`);
  expect(new NeighbourSearch(Float32Array.of(1, 2), 2).nearest([1, 2], 1, { limit: Infinity })).toHaveLength(1);
  expect(() => new NeighbourSearch(Float32Array.of(1, 2), 2).nearest([0, -0], 1)).toThrow('all zeros, and so has no direction');
  expect(() => new NeighbourSearch(Float32Array.of(1, 2), 2).byProduct([[1, 2]], [[0, 0]], 1)).toThrow('all zeros');
});

it('without WebAssembly the plain search says why', () => {
  const own = globalThis.WebAssembly;
  try {
    Reflect.set(globalThis, 'WebAssembly', undefined);
    const search = new NeighbourSearch(Float32Array.of(1, 2), 2);
    expect(search.kernel).toMatch(/^plain TypeScript \(.*(WebAssembly|undefined).*\)$/);
    expect(search.nearest([1, 2], 1)).toEqual([{ id: 0, similarity: expect.closeTo(1, 12) }]);
  } finally {
    Reflect.set(globalThis, 'WebAssembly', own);
  }
});

describe('cosine similarity', () => {
  it('knows the angle between vectors whose squares overflow or vanish', () => {
    for (const size of [1e200, 1e-200, 5e-324]) {
      expect(cosineSimilarity([size, size], [size, 0])).toBeCloseTo(Math.SQRT1_2, 12);
      expect(cosineSimilarity([size, size], [-1, -1])).toBeCloseTo(-1, 12);
      expect(new NeighbourSearch(Float32Array.of(1, 0, 1, 1), 2).nearest([0, size], 1)[0]).toEqual({ id: 1, similarity: expect.closeTo(Math.SQRT1_2, 12) });
    }
    expect(cosineSimilarity([0, 0], [1e200, 1])).toBe(0);
  });

  it('lies between -1 and 1, is symmetric, and ignores length', () => {
    const vector = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(vector, vector, fc.double({ min: 0.1, max: 10, noNaN: true }), (a, b, factor) => {
        const similarity = cosineSimilarity(a, b);
        expect(Math.abs(similarity)).toBeLessThanOrEqual(1);
        expect(cosineSimilarity(b, a)).toBe(similarity);
        fc.pre(Math.hypot(...a) > 1e-3 && Math.hypot(...b) > 1e-3);
        expect(cosineSimilarity(a.map((x) => x * factor), b)).toBeCloseTo(similarity, 9);
      }),
    );
  });
});
