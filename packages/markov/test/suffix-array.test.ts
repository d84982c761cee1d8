// Suffix arrays against sorting the suffixes themselves.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commonPrefixes, commonPrefixesInSteps, suffixArray, suffixArrayInSteps } from '../src/index.js';

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
it('takes steps on a long text, with the same order at their borders', () => {
  // More than two steps of 2^20 positions; pseudo-random, so that common prefixes are short.
  const text = new Int32Array(2 ** 21 + 7);
  for (let i = 0, state = 1; i < text.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text[i] = state >>> 30;
  }
  const shares: number[] = [];
  const collected = <T>(steps: Generator<number, T, void>): T => {
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      shares.push(step.value);
    }
  };
  const sorted = collected(suffixArrayInSteps(text, 4));
  expect(shares.length).toBeGreaterThan(12);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  const common = collected(commonPrefixesInSteps(text, sorted));
  let wrong = 0;
  for (let i = 1; i < sorted.length; i++) {
    const [a, b] = [sorted[i - 1], sorted[i]];
    let same = 0;
    while (a + same < text.length && b + same < text.length && text[a + same] === text[b + same]) same++;
    if (common[i] !== same || (a + same < text.length && (b + same >= text.length || text[a + same] > text[b + same]))) wrong++;
  }
  expect(wrong).toBe(0);
});
