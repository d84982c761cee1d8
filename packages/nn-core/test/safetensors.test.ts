// Reading safetensors: files that PyTorch's side wrote, and files that somebody made to hurt.
//
// fixtures/safetensors.torch.json comes from the script beside it; fixtures/safetensors.gpt2.json names the command whose
// model.safetensors it holds.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSafetensors, SafetensorsError, toFloat32 } from '../src/safetensors/index.js';

interface Fixture {
  /** Base64. */
  readonly file: string;
  readonly tensors: Record<string, { readonly shape: number[]; readonly float32: number[] }>;
}

function fixture(name: string): { bytes: Uint8Array; tensors: Fixture['tensors'] } {
  const { file, tensors } = JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as Fixture;
  return { bytes: Uint8Array.from(Buffer.from(file, 'base64')), tensors };
}

/** A file from its parts; the header's length is right unless another is given. */
function fileOf(header: string | Uint8Array, dataBytes = 0, length?: bigint): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

/** A file with one tensor `w`, whose parts can be replaced. */
function fileWith(parts: { dtype?: unknown; shape?: unknown; data_offsets?: unknown; [key: string]: unknown }, dataBytes = 8): Uint8Array {
  return fileOf(JSON.stringify({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...parts } }), dataBytes);
}

describe.each(['safetensors.torch', 'safetensors.gpt2'])('%s', (name) => {
  const { bytes, tensors } = fixture(name);

  it('reads to the same float32 bits', () => {
    const file = readSafetensors(bytes);
    const read = [...file.tensors].map(([key, tensor]) => [key, { shape: tensor.shape, float32: [...new Uint32Array(toFloat32(tensor).buffer)] }]);
    expect(Object.fromEntries(read)).toEqual(tensors);
    expect(file.metadata.format).toBe('pt');
  });

  it('is refused when cut off anywhere, or with a byte too many', () => {
    for (let length = 0; length < bytes.length; length += 7) {
      expect(() => readSafetensors(bytes.slice(0, length)), `${length} bytes`).toThrow(SafetensorsError);
    }
    expect(() => readSafetensors(Uint8Array.of(...bytes, 0))).toThrow('expected no bytes after the last tensor');
  });
});

describe('readSafetensors', () => {
  it('gives views, not copies, also of a file inside a larger buffer', () => {
    const file = fileWith({});
    const buffer = new Uint8Array(file.length + 3);
    buffer.set(file, 3);
    const inside = buffer.subarray(3);
    const { data } = readSafetensors(inside).tensors.get('w')!;
    expect(data.buffer).toBe(buffer.buffer);
    inside.set([0, 0, 0x80, 0x3f], inside.length - 4);
    expect(toFloat32(readSafetensors(inside).tensors.get('w')!)).toEqual(Float32Array.of(0, 1));
    expect(toFloat32(readSafetensors(file.buffer as ArrayBuffer).tensors.get('w')!)).toEqual(Float32Array.of(0, 0));
  });

  it('puts tensors in the order of their data, whatever the header says first', () => {
    const entry = (begin: number): string => `{"dtype":"U8","shape":[1],"data_offsets":[${begin},${begin + 1}]}`;
    const file = fileOf(`{"b":${entry(1)},"a":${entry(2)},"7":${entry(0)}}`, 3);
    expect([...readSafetensors(file).tensors.keys()]).toEqual(['7', 'b', 'a']);
  });

  it('takes files without tensors, tensors without elements, and padded headers', () => {
    expect(readSafetensors(fileOf('{}      '))).toEqual({ tensors: new Map(), metadata: {} });
    const empty = '{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"b":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"c":{"dtype":"F64","shape":[3,0],"data_offsets":[1,1]}}';
    expect([...readSafetensors(fileOf(empty, 1)).tensors.values()].map(({ data }) => data.length)).toEqual([0, 1, 0]);
  });

  it('keeps names such as __proto__ as plain names', () => {
    const entry = '{"dtype":"U8","shape":[1],"data_offsets":[0,1]}';
    const file = readSafetensors(fileOf(`{"__metadata__":{"__proto__":"x","constructor":"y"},"__proto__":${entry}}`, 1));
    expect([...file.tensors.keys()]).toEqual(['__proto__']);
    expect(Object.entries(file.metadata)).toEqual([['__proto__', 'x'], ['constructor', 'y']]);
    expect(file.metadata.toString).toBeUndefined();
  });

  it('refuses what is no bytes', () => {
    expect(() => readSafetensors('abc' as never)).toThrow(new TypeError("readSafetensors: got string; expected the file's bytes as a Uint8Array or ArrayBuffer."));
    expect(() => readSafetensors(null as never)).toThrow('got null');
  });
});

describe('hostile files', () => {
  const good = '{"dtype":"U8","shape":[1],"data_offsets":[0,1]}';
  const twoTensors = (a: string, b: string, dataBytes: number): Uint8Array =>
    fileOf(`{"a":{"dtype":"U8","shape":[4],"data_offsets":${a}},"b":{"dtype":"U8","shape":[4],"data_offsets":${b}}}`, dataBytes);

  const refused: [string, Uint8Array, string][] = [
    ['nothing', new Uint8Array(0), 'the file has 0 bytes; expected at least the 8'],
    ['less than a length', new Uint8Array(7), 'the file has 7 bytes'],
    ['a header of 0 bytes', fileOf(''), 'the header begins with ""; expected a JSON object'],
    ['a header longer than the file', fileOf('{}', 0, 3n), 'the header claims 3 bytes, but only 2 follow'],
    ['a header of more than 100 MB', fileOf('{}', 0, 100_000_001n), 'the header claims 100000001 bytes; at most 100000000 are allowed'],
    ['a header of 2^64 - 1 bytes', fileOf('{}', 0, 2n ** 64n - 1n), 'the header claims 18446744073709551615 bytes'],
    ['another format', new TextEncoder().encode('GGUF\x03\0\0\0 and more'), 'at most 100000000 are allowed. Is this a safetensors file?'],
    ['no UTF-8', fileOf(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)), 'the header is not valid UTF-8'],
    ['UTF-8 of a surrogate', fileOf(Uint8Array.of(0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d)), 'the header is not valid UTF-8'],
    ['a byte order mark', fileOf('\ufeff{}'), 'expected a JSON object'],
    ['white space first', fileOf(' {}'), 'the header begins with " {}"'],
    ['no JSON', fileOf('{"a":}'), 'the header is not valid JSON'],
    ['a string without end', fileOf('{"a'), 'the header is not valid JSON'],
    ['a string that ends in a backslash', fileOf('{"a\\'), 'the header is not valid JSON'],
    ['a key with a bad escape', fileOf('{"\\x": 1}'), 'the header is not valid JSON'],
    ['brackets that close too often', fileOf('{}]}"": '), 'the header is not valid JSON'],
    ['JSON and more', fileOf('{}{}'), 'the header is not valid JSON'],
    ['zero bytes as padding', fileOf('{}\0\0'), 'the header is not valid JSON'],
    ['an array', fileOf('[]'), 'the header begins with "[]"'],
    ['a tensor twice', fileOf(`{"a":${good},"a":${good}}`, 1), 'the header has the key "a" twice; expected each key once'],
    ['a tensor twice, spelled otherwise', fileOf(`{"a":${good},"\\u0061" :${good}}`, 1), 'the header has the key "a" twice'],
    ['a key of an entry twice', fileOf('{"a":{"dtype":"F64","dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1), '"a" in the header has the key "dtype" twice'],
    ['a metadata key twice', fileOf('{"__metadata__":{"k":"1","k":"2"}}'), '"__metadata__" in the header has the key "k" twice'],
    ['metadata twice', fileOf('{"__metadata__":{},"__metadata__":{}}'), 'has the key "__metadata__" twice'],
    ['deep nesting', fileOf(`{"a":${'['.repeat(1_000_000)}`), '"a" in the header is nested deeper than 3 levels'],
    ['half a surrogate pair as a name', fileOf(`{"\\ud800":${good}}`, 1), 'the header holds "\\ud800", which is no well-formed Unicode text'],
    ['half a surrogate pair in metadata', fileOf('{"__metadata__":{"k":"\\udc00"}}'), 'which is no well-formed Unicode text'],
    ['metadata that is no object', fileOf('{"__metadata__":["a"]}'), '__metadata__ is ["a"]; expected an object of strings'],
    ['metadata of null', fileOf('{"__metadata__":null}'), '__metadata__ is null'],
    ['metadata with a number', fileOf('{"__metadata__":{"k":1}}'), '__metadata__ has 1 under "k"; expected a string'],
    ['an entry that is a string', fileOf('{"a":"F32"}'), 'tensor "a" has the entry "F32"; expected an object with dtype, shape and data_offsets'],
    ['an entry that is null', fileOf('{"a":null}'), 'tensor "a" has the entry null'],
    ['an entry that is an array', fileOf('{"a":[1]}'), 'tensor "a" has the entry [1]'],
    ['a missing key', fileOf('{"a":{"dtype":"U8","shape":[0]}}'), 'tensor "a" has an entry with the keys ["dtype","shape"]; expected exactly ["data_offsets","dtype","shape"]'],
    ['one key too many', fileWith({ extra: 1 }), 'tensor "w" has an entry with the keys ["data_offsets","dtype","extra","shape"]'],
    ['an entry that inherits', fileOf(`{"a":{"__proto__":${good}}}`, 1), 'is nested deeper than 3 levels'],
    ['an unknown dtype', fileWith({ dtype: 'F31' }), 'tensor "w" has dtype "F31"; expected one of BOOL, U8'],
    ['a dtype in small letters', fileWith({ dtype: 'f32' }), 'tensor "w" has dtype "f32"'],
    ['a dtype that every object has', fileWith({ dtype: 'constructor' }), 'tensor "w" has dtype "constructor"'],
    ['a dtype that is no string', fileWith({ dtype: ['F32'] }), 'tensor "w" has dtype ["F32"]'],
    ['a shape that is no array', fileWith({ shape: 2 }), 'tensor "w" has shape 2; expected an array of whole numbers'],
    ['a shape with a string', fileWith({ shape: ['2'] }), 'tensor "w" has shape ["2"]'],
    ['a shape with null', fileWith({ shape: [null] }), 'tensor "w" has shape [null]'],
    ['a negative size', fileWith({ shape: [-1] }), '"w" in the header has the number -1; expected plain whole numbers'],
    ['half a size', fileWith({ shape: [0.5] }), 'has the number 0.5'],
    ['a size with a point', fileOf('{"w":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}', 8), 'has the number 2.0'],
    ['a size with an exponent', fileOf('{"w":{"dtype":"F32","shape":[2e0],"data_offsets":[0,8]}}', 8), 'has the number 2e0'],
    ['a size of minus zero', fileOf('{"w":{"dtype":"F32","shape":[-0],"data_offsets":[0,0]}}'), 'has the number -0'],
    ['a size that doubles cannot hold', fileOf('{"w":{"dtype":"F32","shape":[9007199254740993],"data_offsets":[0,8]}}', 8), 'tensor "w" has shape [9007199254740992]; expected an array of whole numbers from 0 to 9007199254740991'],
    ['a size of infinity', fileOf(`{"w":{"dtype":"F32","shape":[1${'0'.repeat(400)}],"data_offsets":[0,8]}}`, 8), 'tensor "w" has shape [null]'],
    ['a product that overflows', fileWith({ shape: [2 ** 30, 2 ** 30] }), 'tensor "w" has shape [1073741824,1073741824]; expected one whose size in bytes stays below'],
    ['a product that overflows on its way to 0', fileWith({ shape: [2 ** 40, 2 ** 40, 0], data_offsets: [0, 0] }, 0), 'expected one whose size in bytes stays below'],
    ['a product that overflows 2^64 back to 8', fileWith({ shape: [2 ** 32, 2 ** 32, 2] }), 'expected one whose size in bytes stays below'],
    ['bytes that overflow', fileWith({ dtype: 'F64', shape: [2 ** 52] }), 'expected one whose size in bytes stays below'],
    ['one offset', fileWith({ data_offsets: [0] }), 'tensor "w" has data_offsets [0]; expected two whole numbers'],
    ['three offsets', fileWith({ data_offsets: [0, 8, 8] }), 'tensor "w" has data_offsets [0,8,8]'],
    ['offsets in an object', fileWith({ data_offsets: { 0: 0, 1: 8, length: 2 } }), 'tensor "w" has data_offsets {'],
    ['offsets backwards', fileWith({ data_offsets: [8, 0] }), 'tensor "w" has data_offsets [8,0]; expected a begin that is not after the end'],
    ['a shape too small for the bytes', fileWith({ shape: [1] }), 'tensor "w" has data_offsets [0,8]; expected 4 bytes for shape [1] of F32, not 8'],
    ['a shape too large for the bytes', fileWith({ shape: [3] }), 'expected 12 bytes for shape [3] of F32, not 8'],
    ['data cut off', fileWith({}, 7), 'the data of tensor "w" ends at 8, but the file holds 7 bytes of data; it is cut off'],
    ['data beyond any file', fileWith({ dtype: 'U8', shape: [2 ** 53 - 1], data_offsets: [0, 2 ** 53 - 1] }), 'but the file holds 8 bytes of data'],
    ['bytes after the last tensor', fileWith({}, 9), 'the file holds 9 bytes of data, of which tensors use 8; expected no bytes after the last tensor'],
    ['bytes without tensors', fileOf('{}', 1), 'of which tensors use 0'],
    ['a hole at the start', fileWith({ data_offsets: [4, 12] }, 12), 'the data of tensor "w" begins at 4; expected 0: there is a hole before it'],
    ['a hole between', twoTensors('[0,4]', '[5,9]', 9), 'the data of tensor "b" begins at 5; expected 4: there is a hole before it'],
    ['an overlap', twoTensors('[0,4]', '[3,7]', 7), 'the data of tensor "b" begins at 3; expected 4: there is an overlap with the tensor before it'],
    ['two tensors in one place', twoTensors('[0,4]', '[0,4]', 4), 'the data of tensor "b" begins at 0; expected 4: there is an overlap'],
    ['a name that would paint the terminal', fileOf('{"\\u001b[31m\\u009b31m":1}'), 'tensor "\\u001b[31m\\u009b31m" has the entry 1'],
    ['a name without end', fileOf(`{"${'x'.repeat(5000)}":1}`), `tensor "${'x'.repeat(99)}… (5002 characters) has the entry 1`],
  ];

  it.each(refused)('%s', (_, file, message) => {
    let error: unknown;
    try {
      readSafetensors(file);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(SafetensorsError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message.length).toBeLessThan(400);
    expect((error as Error).name).toBe('SafetensorsError');
  });
});

describe('toFloat32', () => {
  const tensor = (dtype: 'I64' | 'U64' | 'F64', value: bigint): Parameters<typeof toFloat32>[0] => {
    const data = new Uint8Array(8);
    new DataView(data.buffer).setBigInt64(0, BigInt.asIntN(64, value), true);
    return { dtype, shape: [1], data };
  };

  it('refuses integers that numbers cannot hold', () => {
    expect(toFloat32(tensor('U64', 2n ** 53n - 1n))).toEqual(Float32Array.of(2 ** 53));
    expect(() => toFloat32(tensor('U64', 2n ** 64n - 1n))).toThrow('The integer 18446744073709551615 lies beyond +-(2^53 - 1)');
    expect(() => toFloat32(tensor('I64', -(2n ** 53n)))).toThrow('The integer -9007199254740992 lies beyond');
  });

  it('refuses types that have no one float32', () => {
    const data = new Uint8Array(8);
    expect(() => toFloat32({ dtype: 'C64', shape: [1], data })).toThrow('cannot convert elements of type "C64"; expected one of BOOL, U8');
    expect(() => toFloat32({ dtype: 'F8_E4M3', shape: [8], data })).toThrow('cannot convert elements of type "F8_E4M3"');
  });

  it('refuses a tensor whose shape and data differ', () => {
    expect(() => toFloat32({ dtype: 'F32', shape: [2], data: new Uint8Array(7) })).toThrow('toFloat32: got 7 bytes for shape [2] of F32; expected 8.');
  });
});
