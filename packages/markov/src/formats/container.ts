// A binary file of arrays: a JSON header with the position of each, then the arrays in their memory layout. Reading takes one read, and the
// arrays are views on it.
//
//   bytes 0 to 7    the signature "kkmarkov"
//   8 to 11         version (2)
//   12 to 15        length of the header in bytes
//   16 to 23        length of the file in bytes (low and high word)
//   24 to 27        CRC-32 of all other bytes
//   32 ...          the header, UTF-8; then every array at a multiple of 8, with zeros between
//
// All numbers are little-endian, as on every platform that runs JavaScript engines today.
import { wrongKind } from '@kk/options';
import { crc32 } from './crc32.js';

const SIGNATURE = 'kkmarkov';
const VERSION = 2;
const CHECKSUM = 24;
const FIXED = 32;

export type NumberArray = Int32Array | Float64Array;
type TypeName = 'int32' | 'float64';

interface ArrayEntry {
  name: string;
  type: TypeName;
  length: number;
}

/** @throws RangeError if the machine is big-endian */
export function packArrays(header: object, arrays: Readonly<Record<string, NumberArray>>): Uint8Array<ArrayBuffer> {
  requireLittleEndian();
  const entries = Object.entries(arrays).map(([name, values]): ArrayEntry => ({ name, type: values instanceof Int32Array ? 'int32' : 'float64', length: values.length }));
  const head = new TextEncoder().encode(JSON.stringify({ ...header, arrays: entries }));
  let size = aligned(FIXED + head.length);
  const places = Object.values(arrays).map((values) => {
    const place = size;
    size = aligned(size + values.byteLength);
    return place;
  });
  const bytes = new Uint8Array(size);
  new TextEncoder().encodeInto(SIGNATURE, bytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, head.length, true);
  view.setUint32(16, size % 2 ** 32, true);
  view.setUint32(20, Math.floor(size / 2 ** 32), true);
  bytes.set(head, FIXED);
  Object.values(arrays).forEach((values, i) => bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), places[i]));
  view.setUint32(CHECKSUM, checksum(bytes), true);
  return bytes;
}

/**
 * Returns the header and views on the arrays. Nothing is copied unless the bytes start at an offset in their buffer that is not a multiple
 * of 8.
 *
 * @throws RangeError if the bytes are not such a file, or it is truncated or damaged
 */
export function unpackArrays(given: Uint8Array): { header: Record<string, unknown>; arrays: Map<string, NumberArray> } {
  requireLittleEndian();
  if (!(given instanceof Uint8Array)) throw wrongKind('bytes', given, 'a Uint8Array');
  if (given.length < FIXED || new TextDecoder('latin1').decode(given.subarray(0, 8)) !== SIGNATURE) throw new RangeError('this is no model file: expected one that begins with "kkmarkov"');
  const bytes = given.byteOffset % 8 === 0 ? given : given.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint32(8, true);
  if (version !== VERSION) throw new RangeError(`this model file has version ${version}: expected ${VERSION}; write it anew with this package`);
  const headLength = view.getUint32(12, true);
  const size = view.getUint32(16, true) + view.getUint32(20, true) * 2 ** 32;
  if (size !== bytes.length || FIXED + headLength > size) throw new RangeError(`this model file is ${bytes.length} bytes long, its header says ${size}: is it cut off?`);
  if (checksum(bytes) !== view.getUint32(CHECKSUM, true)) throw new RangeError('this model file is damaged: its checksum is wrong; copy it again, or train it again');
  const header = parseHeader(bytes.subarray(FIXED, FIXED + headLength));
  const arrays = new Map<string, NumberArray>();
  let at = aligned(FIXED + headLength);
  for (const { name, type, length } of entriesOf(header.arrays)) {
    const bytesOfArray = length * (type === 'int32' ? 4 : 8);
    if (at + bytesOfArray > size) throw new RangeError(`the array ${name} of this model file reaches beyond its end`);
    arrays.set(name, type === 'int32' ? new Int32Array(bytes.buffer, bytes.byteOffset + at, length) : new Float64Array(bytes.buffer, bytes.byteOffset + at, length));
    at = aligned(at + bytesOfArray);
  }
  return { header, arrays };
}

const checksum = (bytes: Uint8Array): number => crc32(bytes.subarray(CHECKSUM + 4), crc32(bytes.subarray(0, CHECKSUM)));

const aligned = (place: number): number => Math.ceil(place / 8) * 8;

function parseHeader(head: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(head));
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header as Record<string, unknown>;
  } catch (error) {
    throw new RangeError('the header of this model file is not JSON', { cause: error });
  }
  throw new RangeError('the header of this model file is no JSON object');
}

function entriesOf(value: unknown): ArrayEntry[] {
  const entries: unknown[] = Array.isArray(value) ? value : [];
  return entries.map((entry) => {
    const { name, type, length } = (entry ?? {}) as Partial<Record<keyof ArrayEntry, unknown>>;
    if (typeof name !== 'string' || (type !== 'int32' && type !== 'float64') || !Number.isSafeInteger(length) || (length as number) < 0) throw new RangeError('the header of this model file lists something that is no array');
    return { name, type, length: length as number };
  });
}

function requireLittleEndian(): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) throw new RangeError('model files are little-endian, this machine is not; use JSON or ARPA files');
}
