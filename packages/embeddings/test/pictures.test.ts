// Pictures of spaces: principal components, eigenvectors and alignment as numpy has them; UMAP and t-SNE with a seed.
import { Random } from '@kk/nn-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Alignment, PrincipalComponents, tsneMap, umapMap } from '../src/index.js';
import { singularValues } from '../src/pictures/singular-values.js';
import { symmetricEigen } from '../src/symmetric-eigen.js';
import { expectClose, numpy } from './support/numpy.js';

const multiply = (a: ArrayLike<number>, b: ArrayLike<number>, size: number): Float64Array =>
  Float64Array.from({ length: size * size }, (_, at) => Array.from({ length: size }, (_, k) => a[at - (at % size) + k] * b[k * size + (at % size)]).reduce((x, y) => x + y, 0));
const transpose = (a: ArrayLike<number>, size: number): Float64Array => Float64Array.from({ length: size * size }, (_, at) => a[(at % size) * size + Math.floor(at / size)]);
const identity = (size: number): number[] => Array.from({ length: size * size }, (_, at) => Number(at % (size + 1) === 0));

describe('principal components', () => {
  const { points, directions, variances, shares, projected } = numpy.pca;
  const components = new PrincipalComponents(points, 6, 3);

  it('are those of numpy', () => {
    expectClose(components.directions, directions, 10);
    expectClose(components.variances, variances, 10);
    expectClose(components.shares, shares, 12);
    expectClose(components.project(points), projected, 5);
  });

  it('put new points on the old map', () => {
    expectClose(components.project(points.slice(6, 12)), projected.slice(3, 6), 5);
    expectClose(components.project(components.mean), [0, 0, 0], 12);
  });

  it('of points in one place have no variance', () => {
    const same = new PrincipalComponents([1, 2, 1, 2, 1, 2], 2);
    expect([...same.variances, ...same.shares]).toEqual([0, 0, 0, 0]);
    expectClose(same.project([1, 2]), [0, 0], 12);
  });

  it('refuse what has none', () => {
    expect(() => new PrincipalComponents([1, 2, 3], 2)).toThrow('3 numbers does not consist of rows of 2');
    expect(() => new PrincipalComponents([1, 2], 2)).toThrow('1 rows; expected 2 or more');
    expect(() => new PrincipalComponents([1, 2, 3, 4], 2, 3)).toThrow('3 components were asked for; expected 1 to 2');
    expect(() => new PrincipalComponents([1, 2, NaN, 4], 2)).toThrow('row 1 has the number NaN');
  });
});

describe('eigenvectors', () => {
  it('have the values of numpy, where some are equal, zero or negative', () => {
    const { values, vectors } = symmetricEigen(Float64Array.from(numpy.eigen.matrix), 8);
    expectClose(values, numpy.eigen.values, 12);
    expectClose(multiply(vectors, transpose(vectors, 8), 8), identity(8), 12);
    const scaled = vectors.map((value, at) => value * values[Math.floor(at / 8)]);
    expectClose(multiply(transpose(vectors, 8), scaled, 8), numpy.eigen.matrix, 12);
  });

  it('put any symmetric matrix together again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.array(fc.oneof(fc.constant(0), fc.double({ min: -10, max: 10, noNaN: true })), { minLength: 81, maxLength: 81 }), (size, numbers) => {
        const matrix = Float64Array.from({ length: size * size }, (_, at) => numbers[Math.min(at, (at % size) * size + Math.floor(at / size))]);
        const { values, vectors } = symmetricEigen(matrix, size);
        expect([...values]).toEqual([...values].sort((a, b) => b - a));
        expectClose(multiply(vectors, transpose(vectors, size), size), identity(size), 11);
        expectClose(multiply(transpose(vectors, size), vectors.map((value, at) => value * values[Math.floor(at / size)]), size), [...matrix], 9);
      }),
    );
  });
});

describe('alignment', () => {
  const { from, to, cases } = numpy.alignment;

  it.each(cases)('is that of numpy with shift: $shift, scale: $scale', ({ shift, scale, rotation, factor, moved, distance }) => {
    const alignment = new Alignment(from, to, 4, { shift, scale });
    expectClose(alignment.rotation, rotation, 10);
    expect(alignment.scale).toBeCloseTo(factor, 10);
    expectClose(alignment.apply(from), moved, 5);
    expect(alignment.distance).toBeCloseTo(distance, 10);
  });

  it('finds the turn back, also with fewer points than dimensions', () => {
    const [cosine, sine] = [Math.cos(2), Math.sin(2)];
    const turned = [1, 2, 3, 4, 5, -1].map((value, at, all) => (at % 2 === 0 ? value * cosine - all[at + 1] * sine + 7 : all[at - 1] * sine + value * cosine - 3));
    expectClose(new Alignment(turned, [1, 2, 3, 4, 5, -1], 2).apply(turned), [1, 2, 3, 4, 5, -1], 5);
    const one = new Alignment([3, 0, 0], [0, 0, 3], 3, { shift: false });
    expectClose(one.apply([3, 0, 0]), [0, 0, 3], 5);
    expectClose(multiply(one.rotation, transpose(one.rotation, 3), 3), identity(3), 12);
    expect(() => new Alignment([1, 2], [1, 2, 3, 4], 2)).toThrow('1 points to move and 2 places');
  });

  it('rests on singular values that put any matrix together again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(fc.oneof(fc.integer({ min: -1, max: 1 }), fc.double({ min: -10, max: 10, noNaN: true })), { minLength: 36, maxLength: 36 }), (size, numbers) => {
        const matrix = Float64Array.from(numbers.slice(0, size * size));
        const { values, left, right } = singularValues(matrix, size);
        expectClose(multiply(left, transpose(left, size), size), identity(size), 10);
        expectClose(multiply(right, transpose(right, size), size), identity(size), 10);
        expectClose(multiply(left.map((value, at) => value * values[at % size]), transpose(right, size), size), [...matrix], 9);
      }),
    );
  });
});

describe.each([['UMAP', umapMap], ['t-SNE', tsneMap]] as const)('%s', (name, map) => {
  // Three groups of ten in eight dimensions.
  const random = new Random(5);
  const points = Float64Array.from({ length: 30 * 8 }, (_, at) => Number(at % 8 === Math.floor(at / 80)) * 4 + random.normal() / 4);
  const steps = 120;

  it('gives the same map for the same seed, and another for another', async () => {
    const options = { seed: 1, steps };
    const [first, again, other] = [await map(points, 8, options), await map(points, 8, options), await map(points, 8, { ...options, seed: 2 })];
    expect(first.length).toBe(60);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('keeps groups together', async () => {
    const found = await map(points, 8, { seed: 1, steps });
    const distance = (a: number, b: number): number => Math.hypot(found[2 * a] - found[2 * b], found[2 * a + 1] - found[2 * b + 1]);
    for (let point = 0; point < 30; point++) {
      const others = Array.from({ length: 30 }, (_, other) => other).filter((other) => other !== point);
      const nearest = others.reduce((a, b) => (distance(point, a) <= distance(point, b) ? a : b));
      expect(Math.floor(nearest / 10)).toBe(Math.floor(point / 10));
    }
  });

  it('tells each step, and stops when it is told', async () => {
    const seen: number[] = [];
    const points3d = await map(points, 8, { dimensions: 3, steps: 12, metric: 'euclidean', onProgress: (step, total, at) => seen.push(step, total, at.length) });
    expect(points3d.length).toBe(90);
    expect(seen.slice(-3)).toEqual([12, 12, 90]);
    const controller = new AbortController();
    const stopped = map(points, 8, { steps, signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
    await expect(map([1, 2], 1)).rejects.toThrow(/there are 2 rows; expected [34] or more/);
  });
});
