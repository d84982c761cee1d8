// What the benchmark makes of figures; nothing is measured here.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponentTable, fitExponent, markdownTable, measureSweeps, pointOf, pointTable, scalingMarkdown, sweeps } from '../lib/scaling.mjs';

describe('fitExponent', () => {
  it('finds the exponent of a power law', () => {
    fc.assert(
      fc.property(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (exponent, factor) => {
        expect(fitExponent([1, 2, 3, 10].map((x) => [x, factor * x ** exponent]))).toBeCloseTo(exponent, 9);
      }),
    );
  });

  it('lies between points that follow none', () => {
    // Slopes in log2: 1 and 3. Least squares on three equidistant points is the slope from the first to the last.
    expect(fitExponent([[1, 1], [2, 2], [4, 16]])).toBeCloseTo(2, 12); // prettier-ignore
  });

  it.each([[[[1, 1]]], [[[1, 1], [1, 2]]], [[[1, 0], [2, 1]]], [[[-1, 1], [2, 1]]], [[[1, NaN], [2, 1]]]])('refuses %j', (points) => {
    expect(() => fitExponent(points)).toThrow(/at least two points of numbers above 0/);
  });
});

describe('the table of growing sizes', () => {
  it('covers the sizes that were asked for, with heads that fit', () => {
    expect(Object.fromEntries(sweeps.map(({ name, values }) => [name, values]))).toEqual({
      width: [64, 128, 256, 512, 768],
      context: [64, 128, 256, 512, 1024],
      batch: [1, 2, 4, 8, 16],
    });
    for (const sweep of sweeps) {
      for (const value of sweep.values) {
        const { heads, width, ...rest } = pointOf(sweep, value);
        expect(width / heads).toBe(32);
        expect({ width, ...rest }[sweep.field]).toBe(value);
      }
    }
  });

  const measured = [];
  const results = measureSweeps(
    [
      { name: 'width', field: 'width', values: [64, 128] },
      { name: 'batch', field: 'batchSize', values: [3, 12] },
    ],
    (point) => {
      measured.push(point);
      return { milliseconds: (point.width / 64) ** 2 * point.batchSize, gigaflop: point.width * point.batchSize * 1e-3, tokens: point.batchSize * point.contextLength, backend: 'wasm' };
    },
  );

  it('measures a point that two sweeps share once', () => {
    expect(measured.map(({ width, batchSize }) => [width, batchSize])).toEqual([[64, 12], [128, 12], [128, 3]]); // prettier-ignore
  });

  it('says how time and arithmetic grow', () => {
    expect(pointTable(results).rows).toEqual([
      ['width 64', '12.0', '64000', '0.77', '64.0'],
      ['width 128', '48.0', '16000', '1.54', '32.0'],
      ['batch 3', '12.0', '16000', '0.38', '32.0'],
      ['batch 12', '48.0', '16000', '1.54', '32.0'],
    ]);
    expect(exponentTable(results).rows).toEqual([
      ['width 64 to 128', 'width^2.00', 'width^1.00'],
      ['batch 3 to 12', 'batch^1.00', 'batch^1.00'],
    ]);
  });

  it('is Markdown that every reader of tables takes', () => {
    expect(markdownTable({ head: ['a', 'b'], rows: [['x', '1'], ['y', '2']] })).toBe('| a | b |\n| --- | ---: |\n| x | 1 |\n| y | 2 |'); // prettier-ignore
    const text = scalingMarkdown(results, 'wasm: 2 threads');
    expect(text).toContain('4 layers, width 128, context 64 and batches of 12');
    expect(text).toContain('(wasm: 2 threads):\n\n| what | ms a step |');
    expect(text).toMatch(/[^\n]\n$/);
  });
});
