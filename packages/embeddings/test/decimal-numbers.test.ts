// Decimal numbers from bytes are those of Number(), rounded to float32, to the last bit.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumbers } from '../src/formats/decimal-numbers.js';

const parse = (text: string, count = 1): Float32Array | undefined => {
  const bytes = new TextEncoder().encode(`x${text}`);
  const into = new Float32Array(count + 1);
  return readNumbers(bytes, 1, bytes.length, count, into, 1) ? into.slice(1) : undefined;
};

const digits = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength });
const text = fc
  .record({ sign: fc.constantFrom('', '-', '+'), whole: digits(25), part: digits(25), point: fc.boolean(), exponent: fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined }), capital: fc.boolean() })
  .map(({ sign, whole, part, point, exponent, capital }) => `${sign}${whole}${point ? `.${part}` : ''}${exponent === undefined ? '' : `${capital ? 'E' : 'e'}${exponent}`}`)
  .filter((written) => /\d/.test(written.split(/e/i)[0]));

describe('numbers', () => {
  it('of any form are those of Number()', () => {
    fc.assert(
      fc.property(text, (written) => {
        const expected = Math.fround(Number(written));
        expect(parse(written)?.[0]).toBe(Number.isFinite(expected) ? expected : undefined);
      }),
      { numRuns: 3000 },
    );
  });

  it('that float32, float64 and programs write come back', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.double({ min: -3e38, max: 3e38, noNaN: true }), (float, double) => {
        for (const written of [String(float), float.toPrecision(9), float.toExponential(8)]) expect(parse(written)![0] === float).toBe(true);
        for (const written of [String(double), double.toFixed(6), double.toPrecision(17)]) expect(parse(written)![0]).toBe(Math.fround(Number(written)));
      }),
      { numRuns: 2000 },
    );
  });

  it('at the borders of rounding are right', () => {
    for (const written of ['9007199254740993', '9007199254740992.5', '0.1', '1e22', '1e23', '123456789012345678901234567890e-20', '3.4028235677973366e38', '1e-45', '7.006492321624085e-46', '16777217', '0.00000000000000000000000000000000000000000001', '-0', '5e-324', '00000000000000000000000000001', '.5', '5.']) {
      const expected = Math.fround(Number(written));
      expect([written, parse(written)?.[0]]).toEqual([written, Number.isFinite(expected) ? expected : undefined]);
    }
  });

  it('are several with a blank between two, and blanks behind the last', () => {
    expect(parse('1 -2.5\t3', 3)).toEqual(Float32Array.of(1, -2.5, 3));
    expect(parse('1 2  \r', 2)).toEqual(Float32Array.of(1, 2));
  });

  it('are refused when they are none', () => {
    for (const wrong of ['', '-', '.', 'e5', '1e', '1e+', 'nan', 'inf', '0x1', '1,5', '1_0', '--1', '1e39', '1 2', '1a', ' 1', '٣']) expect([wrong, parse(wrong)]).toEqual([wrong, undefined]);
    expect(parse('1', 2)).toBeUndefined();
    expect(parse('1  2', 2)).toBeUndefined();
  });
});
