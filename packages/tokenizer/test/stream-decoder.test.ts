import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BytePairTokenizer, StreamDecoder } from '@kk/tokenizer';
import { isWellFormed } from '../src/text/well-formed.js';
import { texts, wellFormedText } from './support/texts.js';
import { all, bytePairs } from './support/trained.js';

/** Nothing merged: every token is one byte. */
const bytes = BytePairTokenizer.train('x', { vocabSize: 256 });

describe('StreamDecoder', () => {
  it.each([...all, ['single bytes', bytes] as const])('gives the text of %s piece by piece', (_name, tokenizer) => {
    const decoder = new StreamDecoder(tokenizer);
    for (const text of texts) {
      const ids = tokenizer.encode(text);
      expect(ids.map((id) => decoder.push(id)).join('') + decoder.end()).toBe(tokenizer.decode(ids));
    }
  });

  it('never gives a part of a character', () => {
    fc.assert(
      fc.property(wellFormedText, (text) => {
        const decoder = new StreamDecoder(bytes);
        let given = '';
        for (const id of bytes.encode(text)) {
          const part = decoder.push(id);
          expect(isWellFormed(part)).toBe(true);
          given += part;
          expect(text.startsWith(given)).toBe(true);
        }
        expect(given).toBe(text);
        expect(decoder.end()).toBe('');
      }),
    );
  });

  it('gives a character with its last byte', () => {
    const decoder = new StreamDecoder(bytes);
    expect(bytes.encode('é😀').map((id) => decoder.push(id))).toEqual(['', 'é', '', '', '', '😀']);
  });

  it('agrees with decode for ids in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(bytePairs.vocabSize - 1)), fc.boolean(), (ids, skipSpecialTokens) => {
        const decoder = new StreamDecoder(bytePairs, { skipSpecialTokens });
        expect(ids.map((id) => decoder.push(id)).join('') + decoder.end()).toBe(bytePairs.decode(ids, { skipSpecialTokens }));
      }),
    );
  });

  it('ends an unfinished character as U+FFFD, and starts again', () => {
    const decoder = new StreamDecoder(bytes);
    const [first, second] = bytes.encode('é');
    expect(decoder.push(first)).toBe('');
    expect(decoder.end()).toBe('\uFFFD');
    expect(decoder.push(first) + decoder.push(second) + decoder.end()).toBe('é');
  });

  it('keeps U+FEFF, and refuses an id that does not exist', () => {
    const decoder = new StreamDecoder(bytes);
    expect(bytes.encode('\uFEFFa').map((id) => decoder.push(id)).join('')).toBe('\uFEFFa');
    expect(() => decoder.push(1n as never)).toThrow('1n is no token id; expected an integer from 0 to 255, and it is a bigint: convert it with Number(id).');
    expect(() => decoder.push(256)).toThrow('256 is no token id; expected an integer from 0 to 255');
  });
});
