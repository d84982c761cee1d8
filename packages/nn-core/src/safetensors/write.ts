// Writes named arrays as the bytes of a file, byte for byte what the reference implementation writes.
//
// Arrays are taken as they lie in memory, which is little-endian on every machine that browsers and Node are built for,
// IBM Z excepted.
import { DTYPE_BYTES, dtypeNames, isSafetensorsDType, MAXIMUM_HEADER_BYTES, type SafetensorsDType, tensorBytes } from './dtypes.js';
import { quote } from './errors.js';
import { toBfloat16 } from './to-bfloat16.js';
import { toFloat16 } from './to-float16.js';

type NumberArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array | BigInt64Array | BigUint64Array;

export interface TensorToWrite {
  readonly dtype: SafetensorsDType;
  readonly shape: readonly number[];
  /**
   * The array of that type (Uint16Array with the bits for F16 and BF16), or the raw little-endian bytes of any. A Float32Array for F16 or
   * BF16 is rounded to the nearest, in a tie to the even one.
   */
  readonly data: NumberArray;
}

/** The array type for each element type; the others are written from raw bytes alone. */
const ARRAYS: { readonly [DType in SafetensorsDType]?: new (length: number) => NumberArray } = {
  I8: Int8Array,
  I16: Int16Array,
  U16: Uint16Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I32: Int32Array,
  U32: Uint32Array,
  F32: Float32Array,
  F64: Float64Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
};

const DTYPE_ORDER = Object.keys(DTYPE_BYTES);

/**
 * The bytes of a file with these tensors: the largest element type first, so that every tensor is aligned, then by name.
 *
 * @param tensors by name; names are any well-formed text but `__metadata__`
 * @param metadata free text by key; left out when absent
 * @throws {TypeError | RangeError} when data, shape and element type of a tensor do not fit together, or a number is too large for F16 or BF16: names the tensor
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, TensorToWrite> | Readonly<Record<string, TensorToWrite>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const given = [...(tensors instanceof Map ? (tensors as ReadonlyMap<string, TensorToWrite>).entries() : Object.entries(tensors))];
  const entries = given.map(([name, tensor]): [string, TensorToWrite] => [name, halved(name, tensor)]);
  for (const [name, tensor] of entries) checkTensor(name, tensor);
  entries.sort(([nameA, a], [nameB, b]) => DTYPE_ORDER.indexOf(b.dtype) - DTYPE_ORDER.indexOf(a.dtype) || compareCodePoints(nameA, nameB));

  const header = new TextEncoder().encode(headerText(entries, metadata));
  const paddedLength = Math.ceil(header.length / 8) * 8;
  if (paddedLength > MAXIMUM_HEADER_BYTES) {
    throw new RangeError(`writeSafetensors: the header needs ${paddedLength} bytes; readers accept at most ${MAXIMUM_HEADER_BYTES}. Use fewer tensors or less metadata.`);
  }
  const dataBytes = entries.reduce((total, [, { data }]) => total + data.byteLength, 0);
  const file = allocate(8 + paddedLength + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(paddedLength), true);
  file.set(header, 8);
  file.fill(' '.charCodeAt(0), 8 + header.length, 8 + paddedLength);
  let at = 8 + paddedLength;
  for (const [, { data }] of entries) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

/** The largest numbers of half precision, as text. */
const LARGEST = { F16: '65504', BF16: '3.3895e38' } as const;

/** Numbers for F16 and BF16 as their bits. */
function halved(name: string, tensor: TensorToWrite): TensorToWrite {
  const { dtype, data } = tensor;
  if ((dtype !== 'F16' && dtype !== 'BF16') || !(data instanceof Float32Array)) return tensor;
  const rounded = dtype === 'F16' ? toFloat16(data) : toBfloat16(data);
  if (rounded.bits) return { ...tensor, data: rounded.bits };
  throw new RangeError(`writeSafetensors: tensor ${quote(name)} has the number ${data[rounded.at]} at position ${rounded.at}, too large for ${dtype}, whose largest is ${LARGEST[dtype]}: write it as F32.`);
}

/** Put together by hand: an object would move keys that look like numbers, and `__proto__`, out of their places. */
function headerText(entries: readonly (readonly [string, TensorToWrite])[], metadata: Readonly<Record<string, string>> | undefined): string {
  const members: string[] = [];
  if (metadata) members.push(`"__metadata__":${metadataText(metadata)}`);
  let at = 0;
  for (const [name, { dtype, shape, data }] of entries) {
    members.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [at, at + data.byteLength] })}`);
    at += data.byteLength;
  }
  return `{${members.join(',')}}`;
}

function metadataText(metadata: Readonly<Record<string, string>>): string {
  const members = Object.entries(metadata).map(([key, text]) => {
    if (typeof text !== 'string') throw new TypeError(`writeSafetensors: metadata has ${quote(text)} under ${quote(key)}; expected a string.`);
    checkWellFormed(key, 'metadata key');
    checkWellFormed(text, 'metadata');
    return `${JSON.stringify(key)}:${JSON.stringify(text)}`;
  });
  return `{${members.join(',')}}`;
}

function checkTensor(name: string, { dtype, shape, data }: TensorToWrite): void {
  const where = `writeSafetensors: tensor ${quote(name)}`;
  if (name === '__metadata__') throw new RangeError(`${where} has the name that the format keeps for metadata; choose another.`);
  checkWellFormed(name, 'tensor name');
  if (!isSafetensorsDType(dtype)) throw new TypeError(`${where} has dtype ${quote(dtype)}; expected one of ${dtypeNames()}.`);
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new TypeError(`${where} has shape ${quote(shape)}; expected an array of whole numbers of 0 or more.`);
  }
  const expected = ARRAYS[dtype];
  if (!(data instanceof Uint8Array) && !(expected && data instanceof expected)) {
    const given = ArrayBuffer.isView(data) ? (data as object).constructor.name : typeof data;
    throw new TypeError(`${where} has dtype ${dtype} and its data in ${given}; expected ${expected ? `${expected.name}, or ` : ''}raw bytes in Uint8Array.`);
  }
  const size = tensorBytes(dtype, shape);
  if (size !== data.byteLength) {
    throw new RangeError(`${where} has ${data.byteLength} bytes of data; expected ${size ?? 'an impossible number'} for shape ${quote(shape)} of ${dtype}.`);
  }
}

function checkWellFormed(text: string, what: string): void {
  if (/\p{Surrogate}/u.test(text)) throw new RangeError(`writeSafetensors: the ${what} ${quote(text)} is no well-formed Unicode text.`);
}

/** By code point, which is also the order of the UTF-8 bytes; `<` on strings compares UTF-16 units. */
function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i].codePointAt(0) as number) - (right[i].codePointAt(0) as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function allocate(bytes: number): Uint8Array {
  try {
    return new Uint8Array(bytes);
  } catch (cause) {
    throw new RangeError(`writeSafetensors: no memory for a file of ${bytes} bytes; split the tensors over several files.`, { cause });
  }
}
