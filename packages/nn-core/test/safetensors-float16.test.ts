// Half precision in files: rounded as numpy rounds (fixtures/float16.numpy.py), every half there and back, and what is too large.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSafetensors, toFloat32, writeSafetensors } from '../src/safetensors/index.js';

const fixture = JSON.parse(await readFile(fileURLToPath(new URL('fixtures/float16.numpy.json', import.meta.url)), 'utf8')) as { float32: number[]; float16: number[] };

/** The bits that the numbers have in a file. */
function written(numbers: Float32Array): Uint16Array {
  const { data } = readSafetensors(writeSafetensors({ w: { dtype: 'F16', shape: [numbers.length], data: numbers } })).tensors.get('w')!;
  return Uint16Array.from({ length: data.length / 2 }, (_, i) => data[2 * i]! | (data[2 * i + 1]! << 8));
}

/** All finite halves of 0 and more, as numbers. */
function allHalves(): Float32Array {
  return toFloat32({ dtype: 'F16', shape: [0x7c00], data: new Uint8Array(Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits).buffer) });
}

describe('numbers written as F16', () => {
  it('are the bits of numpy', () => {
    expect(fixture.float32.length).toBeGreaterThan(600);
    const numbers = new Float32Array(Uint32Array.from(fixture.float32).buffer);
    expect(Array.from(written(numbers))).toEqual(fixture.float16);
  });

  it('are the same halves when they are halves already', () => {
    expect(written(allHalves())).toEqual(Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits));
  });

  it('go to the even neighbour when they are in the middle, for every pair of neighbours and both signs', () => {
    const halves = allHalves();
    const middles = halves.subarray(1).map((half, i) => -(half + halves[i]!) / 2);
    expect(written(middles)).toEqual(Uint16Array.from({ length: 0x7bff }, (_, bits) => 0x8000 | (bits + (bits % 2))));
  });

  it('stay NaN', () => {
    expect(written(Float32Array.of(NaN))).toEqual(Uint16Array.of(0x7e00));
  });

  it.each([65520, -70000, 3e38])('are refused by the name of the tensor when they are too large: %d', (number) => {
    expect(() => written(Float32Array.of(1, number))).toThrow(`writeSafetensors: tensor "w" has the number ${Math.fround(number)} at position 1, too large for F16, whose largest is 65504: write it as F32.`);
  });

  it('may lie anywhere in a buffer, and may be bits', () => {
    expect(written(new Float32Array(Float32Array.of(9, 1, -2).buffer, 4, 2))).toEqual(Uint16Array.of(0x3c00, 0xc000));
    const bits = writeSafetensors({ w: { dtype: 'F16', shape: [2], data: Uint16Array.of(0x3c00, 0xc000) } });
    expect(writeSafetensors({ w: { dtype: 'F16', shape: [2], data: Float32Array.of(1, -2) } })).toEqual(bits);
  });
});
