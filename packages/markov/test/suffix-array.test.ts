// Suffix arrays against sorting the suffixes themselves.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commonPrefixes, suffixArray } from '../src/index.js';

const compare = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? a.length - b.length : at >= b.length ? 1 : a[at] - b[at];
};

it('orders the suffixes, and says how much neighbours have in common', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }).chain((alphabet) => fc.tuple(fc.constant(alphabet), fc.array(fc.integer({ min: 0, max: alphabet - 1 }), { maxLength: 60 }))), ([alphabet, ids]) => {
      const suffix = (position: number): number[] => ids.slice(position);
      const expected = ids.map((_, position) => position).sort((a, b) => compare(suffix(a), suffix(b)));
      const text = Int32Array.from(ids);
      const sorted = suffixArray(text, alphabet);
      expect([...sorted]).toEqual(expected);
      const common = expected.map((position, i) => {
        if (i === 0) return 0;
        const [one, other] = [suffix(expected[i - 1]), suffix(position)];
        const differs = one.findIndex((value, at) => value !== other[at]);
        return differs < 0 ? one.length : differs;
      });
      expect([...commonPrefixes(text, sorted)]).toEqual(common);
    }),
    { numRuns: 1000 },
  );
});

it('refuses what is outside of the alphabet', () => {
  expect(() => suffixArray(Int32Array.of(0, 1, 2), 2)).toThrow('text[2] is 2: expected a token id from 0 to 1');
  expect(() => suffixArray(Int32Array.of(-1), 2)).toThrow(RangeError);
});
