// Philox4x32-10 against its authors' known answers and against plain arithmetic on big integers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { philox4x32 } from '../src/philox.js';

/** The same with BigInt, as the paper writes it. */
function philoxOfBigIntegers(counter: readonly number[], key: readonly number[]): number[] {
  const mask = 0xffffffffn;
  let [c0, c1, c2, c3] = counter.map(BigInt);
  let [k0, k1] = key.map(BigInt);
  for (let round = 0; round < 10; round++) {
    const p0 = 0xd2511f53n * c0;
    const p1 = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & mask, (p0 >> 32n) ^ c3 ^ k1, p0 & mask];
    k0 = (k0 + 0x9e3779b9n) & mask;
    k1 = (k1 + 0xbb67ae85n) & mask;
  }
  return [c0, c1, c2, c3].map(Number);
}

describe('philox4x32', () => {
  // "philox4x32 10" in tests/kat_vectors of Random123, the authors' own implementation.
  it.each([
    { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
    {
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ])('known answer for counter $counter', ({ counter, key, words }) => {
    expect([...philox4x32(counter, key)]).toEqual(words);
  });

  it('agrees with big integers', () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(fc.array(word, { minLength: 4, maxLength: 4 }), fc.array(word, { minLength: 2, maxLength: 2 }), (counter, key) => {
        expect([...philox4x32(counter, key)]).toEqual(philoxOfBigIntegers(counter, key));
      }),
      { numRuns: 500 },
    );
  });

  it('cuts words to 32 bits, negative ones too, as int32 buffers hold them', () => {
    expect(philox4x32([-1, -1, 2 ** 32 + 5, 0], [-1, 3])).toEqual(philox4x32([0xffffffff, 0xffffffff, 5, 0], [0xffffffff, 3]));
  });

  it('writes into the array it is given and leaves counter and key alone', () => {
    const counter = [1, 2, 3, 4];
    const key = [5, 6];
    const out = new Uint32Array(5);
    expect(philox4x32(counter, key, out)).toBe(out);
    expect([...out]).toEqual([...philoxOfBigIntegers(counter, key), 0]);
    expect([counter, key]).toEqual([[1, 2, 3, 4], [5, 6]]);
  });
});
