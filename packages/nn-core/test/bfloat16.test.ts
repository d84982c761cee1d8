// Rounding to bfloat16 is PyTorch's, bit for bit.
import { describe, expect, it } from 'vitest';
import { readSafetensors, toFloat32, writeSafetensors } from '../src/index.js';
import fixture from './fixtures/bfloat16.torch.json' with { type: 'json' };

const fromBits = (words: readonly number[]): Float32Array => new Float32Array(Uint32Array.from(words).buffer);
const written = (data: Float32Array): Uint16Array => {
  const bytes = readSafetensors(writeSafetensors({ x: { dtype: 'BF16', shape: [data.length], data } })).tensors.get('x')!.data;
  return new Uint16Array(bytes.slice().buffer);
};

describe('numbers written as BF16', () => {
  it('are rounded to the nearest, in a tie to the even one', () => {
    expect([...written(fromBits(fixture.words))]).toEqual(fixture.rounded);
  });

  it('are the same when they are written again, and NaN is NaN', () => {
    const once = toFloat32(readSafetensors(writeSafetensors({ x: { dtype: 'BF16', shape: [76], data: fromBits(fixture.words) } })).tensors.get('x')!);
    expect([...written(once)]).toEqual(fixture.rounded);
    expect(written(Float32Array.of(NaN, 1))).toEqual(Uint16Array.of(0x7fc0, 0x3f80));
    expect(written(fromBits([0x7f800001]))[0]).toBe(0x7fc0); // cut off, it would be infinite
  });

  it('are refused where they would become infinite', () => {
    const largest = fromBits([0x7f7f7fff]);
    expect(written(largest)[0]).toBe(0x7f7f);
    expect(() => written(fromBits([0, 0x7f7f8000]))).toThrow('tensor "x" has the number 3.396177');
  });
});
