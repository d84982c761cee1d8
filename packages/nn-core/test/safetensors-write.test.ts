// Writing safetensors: the reference's own bytes, the way there and back, and what is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors, type SafetensorsDType, toFloat32, type TensorToWrite, writeSafetensors } from '../src/safetensors/index.js';

const f32 = (shape: number[], numbers: number[]): TensorToWrite => ({ dtype: 'F32', shape, data: Float32Array.from(numbers) });

/** The header's text, padding included, after a check of its length field. */
function headerOf(file: Uint8Array): string {
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  return new TextDecoder().decode(file.subarray(8, 8 + length));
}

describe('the bytes of the reference implementation', () => {
  // What the tests of https://github.com/huggingface/safetensors expect of its writer.
  const known: { what: string; tensors: Record<string, TensorToWrite>; metadata?: Record<string, string>; header: string }[] = [
    {
      what: 'one tensor',
      tensors: { 'attn.0': f32([1, 2, 3], [0, 1, 2, 3, 4, 5]) },
      header: '{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}',
    },
    {
      what: 'a header that needs padding',
      tensors: { attn0: f32([1, 1, 2, 3], [0, 1, 2, 3, 4, 5]) },
      header: '{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}       ',
    },
    { what: 'nothing', tensors: {}, header: '{}      ' },
    { what: 'metadata alone', tensors: {}, metadata: { framework: 'pt' }, header: '{"__metadata__":{"framework":"pt"}}     ' },
  ];

  it.each(known)('$what', ({ tensors, metadata, header }) => {
    const file = writeSafetensors(tensors, metadata);
    expect(headerOf(file)).toBe(header);
    const data = file.subarray(8 + header.length);
    expect(data).toEqual(new Uint8Array(Object.values(tensors).flatMap((tensor) => [...new Uint8Array(tensor.data.buffer)])));
  });
});

describe('the order of tensors', () => {
  it('is by element type, the largest first, then by name in UTF-8', () => {
    const one = (dtype: SafetensorsDType, data: TensorToWrite['data']): TensorToWrite => ({ dtype, shape: [1], data });
    const tensors = new Map<string, TensorToWrite>([
      ['a', one('U8', Uint8Array.of(1))],
      ['\u{10000}', one('F32', Float32Array.of(1))],
      ['\ufffd', one('F32', Float32Array.of(1))],
      ['10', one('F32', Float32Array.of(1))],
      ['2', one('F32', Float32Array.of(1))],
      ['z', one('I64', BigInt64Array.of(1n))],
      ['h', one('BF16', Uint16Array.of(1))],
      ['', one('F32', Float32Array.of(1))],
      ['11', one('F32', Float32Array.of(1))],
    ]);
    expect([...readSafetensors(writeSafetensors(tensors)).tensors.keys()]).toEqual(['z', '', '10', '11', '2', '\ufffd', '\u{10000}', 'h', 'a']);
  });

  it('does not depend on the order they came in', () => {
    const [a, b] = [f32([1], [1]), f32([1], [2])];
    expect(writeSafetensors({ b, a })).toEqual(writeSafetensors(new Map([['a', a], ['b', b]])));
  });
});

describe('there and back', () => {
  const widths = { BOOL: 1, U8: 1, I8: 1, F8_E5M2: 1, F8_E4M3: 1, I16: 2, U16: 2, F16: 2, BF16: 2, I32: 4, U32: 4, F32: 4, C64: 8, F64: 8, I64: 8, U64: 8 } as const;
  const rawTensor = fc.record({ dtype: fc.constantFrom(...(Object.keys(widths) as (keyof typeof widths)[])), shape: fc.array(fc.nat({ max: 4 }), { maxLength: 4 }), seed: fc.nat({ max: 255 }) }).map(({ dtype, shape, seed }): TensorToWrite => {
    const bytes = shape.reduce((a, b) => a * b, 1) * widths[dtype];
    return { dtype, shape, data: Uint8Array.from({ length: bytes }, (_, i) => (seed + i * 37) % 256) };
  });
  const text = fc.string({ unit: 'binary', maxLength: 12 });
  const name = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '0', '"\\\n\u2028', 'ü日本')).filter((value) => value !== '__metadata__');

  it('every dtype, shape, name and metadata survives', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, rawTensor), { maxLength: 6 }), fc.dictionary(text, text), (list, metadata) => {
        const tensors = new Map(list);
        const file = writeSafetensors(tensors, metadata);
        const read = readSafetensors(file);
        expect(new Map(read.tensors)).toEqual(tensors);
        expect(Object.entries(read.metadata)).toEqual(Object.entries(metadata));
        // Aligned: a view of the element type could lie on the file's own buffer.
        for (const { dtype, data } of read.tensors.values()) expect(data.byteOffset % widths[dtype as keyof typeof widths]).toBe(0);
        // What was read can be written again, to the same bytes.
        expect(writeSafetensors(read.tensors, read.metadata)).toEqual(file);
      }),
    );
  });

  it('numbers in arrays of their type survive', () => {
    const arrays: [SafetensorsDType, TensorToWrite['data']][] = [
      ['I8', Int8Array.of(-128, 3)], ['I16', Int16Array.of(-32768, 3)], ['U16', Uint16Array.of(65535, 3)], ['I32', Int32Array.of(-5, 3)],
      ['U32', Uint32Array.of(65536, 3)], ['F32', Float32Array.of(-1.5, 3)], ['F64', Float64Array.of(0.5, 3)], ['I64', BigInt64Array.of(-5n, 3n)], ['U64', BigUint64Array.of(5n, 3n)],
    ];
    const { tensors } = readSafetensors(writeSafetensors(new Map(arrays.map(([dtype, data]) => [dtype, { dtype, shape: [2], data }]))));
    for (const [dtype, data] of arrays) expect([...toFloat32(tensors.get(dtype)!)], dtype).toEqual([...data].map(Number));
  });

  it('takes the part of a buffer that an array shows', () => {
    const part = new Float32Array(Float32Array.of(1, 2, 3, 4).buffer, 4, 2);
    const { tensors } = readSafetensors(writeSafetensors({ part: { dtype: 'F32', shape: [2], data: part } }));
    expect(toFloat32(tensors.get('part')!)).toEqual(Float32Array.of(2, 3));
  });
});

describe('bad input', () => {
  const data = Float32Array.of(1, 2);
  const refused: [string, string, unknown, string][] = [
    ['the reserved name', '__metadata__', { dtype: 'F32', shape: [2], data }, 'tensor "__metadata__" has the name that the format keeps for metadata'],
    ['half a surrogate pair', '\ud800', { dtype: 'F32', shape: [2], data }, 'the tensor name "\\ud800" is no well-formed Unicode text'],
    ['an unknown dtype', 'w', { dtype: 'float32', shape: [2], data }, 'tensor "w" has dtype "float32"; expected one of BOOL'],
    ['a shape that is no array', 'w', { dtype: 'F32', shape: 2, data }, 'tensor "w" has shape 2; expected an array of whole numbers'],
    ['a negative size', 'w', { dtype: 'F32', shape: [-2], data }, 'tensor "w" has shape [-2]'],
    ['a shape of another size', 'w', { dtype: 'F32', shape: [3], data }, 'tensor "w" has 8 bytes of data; expected 12 for shape [3] of F32'],
    ['a shape that overflows', 'w', { dtype: 'F32', shape: [2 ** 40, 2 ** 40], data }, 'expected an impossible number for shape'],
    ['another array type', 'w', { dtype: 'F64', shape: [2], data }, 'tensor "w" has dtype F64 and its data in Float32Array; expected Float64Array, or raw bytes in Uint8Array'],
    ['numbers for a type without array', 'w', { dtype: 'C64', shape: [1], data }, 'its data in Float32Array; expected raw bytes in Uint8Array'],
    ['a plain array', 'w', { dtype: 'F32', shape: [2], data: [1, 2] }, 'its data in object; expected Float32Array'],
  ];

  it.each(refused)('%s', (_, name, tensor, message) => {
    expect(() => writeSafetensors(new Map([[name, tensor as TensorToWrite]]))).toThrow(message);
  });

  it('metadata that is no text', () => {
    expect(() => writeSafetensors({}, { steps: 3 as never })).toThrow('writeSafetensors: metadata has 3 under "steps"; expected a string.');
    expect(() => writeSafetensors({}, { k: '\udc00' })).toThrow('the metadata "\\udc00" is no well-formed Unicode text');
  });

  it('a header that no reader would accept', () => {
    expect(() => writeSafetensors({}, { k: 'x'.repeat(100_000_000) })).toThrow('readers accept at most 100000000');
  });
});
