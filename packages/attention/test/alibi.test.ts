// ALiBi: the published slopes, and the biases that they give.
import { expect, it } from 'vitest';
import { alibiBiases, alibiSlopes } from '../src/index.js';

it('has the slopes of the paper, and those of the authors for other numbers of heads', () => {
  expect([...alibiSlopes(8)]).toEqual([1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128, 1 / 256]);
  expect([...alibiSlopes(16)].slice(0, 2)).toEqual([Math.SQRT1_2, 0.5].map((value) => expect.closeTo(value, 12)));
  const twelve = [...[1, 2, 3, 4, 5, 6, 7, 8].map((h) => 2 ** -h), ...[1, 3, 5, 7].map((h) => 2 ** (-h / 2))];
  alibiSlopes(12).forEach((slope, i) => expect(slope).toBeCloseTo(twelve[i]!, 12));
  expect([...alibiSlopes(1)]).toEqual([1 / 256]);
  expect(() => alibiSlopes(0)).toThrow('heads is 0');
});

it('subtracts in proportion to the distance, in both directions', () => {
  const [steep, flat] = [1 / 16, 1 / 256];
  expect([...alibiBiases(3, 2)]).toEqual([steep, flat].flatMap((slope) => [0, -slope, -2 * slope, -slope, 0, -slope, -2 * slope, -slope, 0]));
});
