// Training gives the same bits on every machine: these were computed once. test-browser/ has the same test.
import { expect, it } from 'vitest';
import { checksum, knownBits, trainings } from './support/known-bits.js';

it.each(Object.keys(trainings))('the bits of %s', async (name) => {
  expect(checksum(await trainings[name]())).toBe(knownBits[name]);
});
