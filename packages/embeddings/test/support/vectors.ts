// Word vectors for tests of files: random ones, their comparison, and pieces of bytes.
import fc from 'fast-check';
import { expect } from 'vitest';
import { WordVectors } from '../../src/index.js';

/** Any finite float32. */
export const float32 = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.float({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -9, max: 9 }));

/** Words of any script, without blanks and newlines; at least one of them and one number. */
export const wordVectors = fc
  .tuple(fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).filter((word) => !/[\s\0\ufeff]/u.test(word)), { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 5 }))
  .chain(([words, width]) =>
    fc.array(float32, { minLength: words.length * width, maxLength: words.length * width }).map((numbers) => new WordVectors({ words, width, matrix: Float32Array.from(numbers) })),
  );

export function expectEqual(found: WordVectors, expected: WordVectors): void {
  expect(found.words).toEqual(expected.words);
  expect(found.width).toBe(expected.width);
  // -0 becomes 0 in some texts, which is the same number.
  expect(Array.from(found.matrix, (value) => value + 0)).toEqual(Array.from(expected.matrix, (value) => value + 0));
}

export function join(pieces: Iterable<Uint8Array>): Uint8Array {
  return Uint8Array.from([...pieces].flatMap((piece) => [...piece]));
}

/** The same bytes in pieces of some sizes, which begin anew when they are used up. */
export async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length];
    yield bytes.slice(at, at + size);
    at += size;
  }
}

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
