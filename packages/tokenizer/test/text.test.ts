import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLevelAlphabet } from 'tokenizers';
import { byteAlphabet, byteToCharacter, bytesOfToken } from '../src/text/byte-alphabet.js';
import { compareByCodePoint } from '../src/text/code-point-order.js';
import { MAX_BYTES_PER_UNIT, writeUtf8 } from '../src/text/utf8.js';
import { describeCharacter, quote, toWellFormed } from '../src/text/well-formed.js';
import { NO_WHITE_SPACE_CLASS, WHITE_SPACE_CLASS } from '../src/text/white-space.js';
import { anyText } from './support/texts.js';

describe('the byte alphabet', () => {
  it('is the one of the reference', () => {
    expect([...byteAlphabet].sort()).toEqual(byteLevelAlphabet().sort());
    expect(byteToCharacter[0x20]).toBe('Ġ');
    expect(byteToCharacter[0x0a]).toBe('Ċ');
    expect(byteToCharacter[0xad]).toBe('\u0143');
    expect([byteAlphabet[0], byteAlphabet[255]]).toEqual(['!', '\u0143']);
  });

  it('gives every byte back', () => {
    expect([...(bytesOfToken(byteToCharacter.join('')) ?? [])]).toEqual(Array.from({ length: 256 }, (_, byte) => byte));
    expect(bytesOfToken('a b')).toBeUndefined();
  });
});

describe('writeUtf8', () => {
  it('writes what TextEncoder writes, lone surrogates included', () => {
    fc.assert(
      fc.property(anyText, fc.string({ unit: 'binary' }), (before, text) => {
        const whole = before + text;
        const out = new Uint8Array(MAX_BYTES_PER_UNIT * whole.length);
        const length = writeUtf8(whole, 0, whole.length, out);
        expect([...out.subarray(0, length)]).toEqual([...new TextEncoder().encode(whole)]);
      }),
    );
  });

  it('does not look beyond the end', () => {
    const out = new Uint8Array(9);
    expect(writeUtf8('a😀', 0, 2, out)).toBe(4);
    expect([...out.subarray(0, 4)]).toEqual([0x61, 0xef, 0xbf, 0xbd]);
  });
});

describe('strings', () => {
  it('compare by code point as UTF-8 compares by byte', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareByCodePoint(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    expect(compareByCodePoint('\uFB01', '😀')).toBeLessThan(0);
  });

  it('lose lone surrogates as in TextEncoder', () => {
    fc.assert(fc.property(anyText, (text) => void expect(toWellFormed(text)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text)))));
  });

  it('are shown on one line and shortened in messages', () => {
    expect(quote('a\nb')).toBe('"a\\nb"');
    expect(quote('x'.repeat(1000))).toHaveLength(62);
    expect([quote([1, 2]), quote({}), quote(null), quote(undefined), quote(7)]).toEqual(['a list of 2', 'an object', 'null', 'undefined', '7']);
    expect(describeCharacter('é')).toBe('"é" (U+00E9)');
  });
});

describe('white space', () => {
  it('is Unicode White_Space, and the rest is the rest', () => {
    const property = /\p{White_Space}/u;
    const inside = new RegExp(`[${WHITE_SPACE_CLASS}]`, 'u');
    const outside = new RegExp(`[${NO_WHITE_SPACE_CLASS}]`, 'u');
    const different = Array.from({ length: 0x110000 }, (_, codePoint) => String.fromCodePoint(codePoint)).filter((character) => property.test(character) !== inside.test(character) || property.test(character) === outside.test(character));
    expect(different).toEqual([]);
  });
});
