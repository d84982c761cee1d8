// Lists of numbers that vitest compares with our loop are equal exactly where its own comparison says so.
import { describe, expect, it } from 'vitest';

/** Lists with a gap are equal to those with undefined only for `toEqual`. */
const gap: unknown[] = [1];
gap[2] = 3;
const named = Object.assign([1, 2], { index: 0 });

describe('toEqual and toStrictEqual', () => {
  it.each<[string, unknown, unknown]>([
    ['typed arrays', Float32Array.of(1, NaN, -0), Float32Array.of(1, NaN, -0)],
    ['empty ones', new Int32Array(0), new Int32Array(0)],
    ['whole numbers of 64 bits', BigInt64Array.of(1n), BigInt64Array.of(1n)],
    ['lists of numbers', [1, NaN, -0], [1, NaN, -0]],
    ['lists in objects', { a: [['x'], Float32Array.of(2)] }, { a: [['x'], Float32Array.of(2)] }],
    ['lists of other values', [1, { a: 1 }, undefined], [1, { a: 1 }, undefined]],
    ['what matches', [1, 2], [1, expect.any(Number)]],
  ])('take as equal: %s', (_, a, b) => {
    expect(a).toEqual(b);
    expect(a).toStrictEqual(b);
  });

  it.each<[string, unknown, unknown]>([
    ['another number', Float32Array.of(1, 2), Float32Array.of(1, 3)],
    ['0 and -0', Float32Array.of(0), Float32Array.of(-0)],
    ['0 and -0 in lists', [0], [-0]],
    ['another length', Float32Array.of(1, 2), Float32Array.of(1)],
    ['another type', Float32Array.of(1, 2), Float64Array.of(1, 2)],
    ['a list and a typed array', [1, 2], Float32Array.of(1, 2)],
    ['another number in a list', [1, 2], [1, 3]],
    ['a number and its text', [1], ['1']],
    ['a shorter list', [1, 2], [1]],
    ['a named property', named, [1, 2]],
  ])('take as different: %s', (_, a, b) => {
    for (const [one, other] of [[a, b], [b, a]]) {
      expect(() => expect(one).toEqual(other)).toThrow(/to deeply equal/);
      expect(() => expect(one).toStrictEqual(other)).toThrow(/to strictly equal/);
    }
  });

  it('differ in gaps', () => {
    expect(gap).toEqual([1, undefined, 3]);
    expect(() => expect(gap).toStrictEqual([1, undefined, 3])).toThrow(/to strictly equal/);
  });
});
