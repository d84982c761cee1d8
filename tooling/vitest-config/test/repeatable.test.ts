// What tests draw without naming a seed is the same in every run, in every order, and alone.
import fc from 'fast-check';
import { expect, it } from 'vitest';

const first = 0.5883937727194279;

it.each(['the first', 'any other'])('%s test draws the same numbers from Math.random', () => {
  expect(Math.random()).toBe(first);
  expect(Math.random()).not.toBe(first);
});

it('Math.random is uniform enough to stand in for the real one', () => {
  const counts = new Array<number>(16).fill(0);
  for (let i = 0; i < 16_000; i++) counts[Math.floor(Math.random() * counts.length)]!++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150); // five standard deviations
});

it('properties see the same values in every run, and one that fails says how to repeat it', () => {
  expect(fc.sample(fc.integer(), 3)).toEqual([2079928142, -28, 956665664]);
  expect(() => fc.assert(fc.property(fc.integer(), () => false))).toThrow(/seed: 1, path:/);
});
