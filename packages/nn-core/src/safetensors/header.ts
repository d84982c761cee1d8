// Reads the header of a safetensors file: 8 bytes with its length, then JSON that says where each tensor lies. Every rule of the
// format is checked here, so that the rest may rely on it; nothing here looks at the tensors' data.
//
// Format: https://github.com/huggingface/safetensors#format
import { dtypeNames, isSafetensorsDType, MAXIMUM_HEADER_BYTES, type SafetensorsDType, tensorBytes } from './dtypes.js';
import { quote, SafetensorsError } from './errors.js';
import { checkStrictJson } from './strict-json.js';

export interface TensorEntry {
  readonly name: string;
  readonly dtype: SafetensorsDType;
  readonly shape: readonly number[];
  /** Where its data lies, in bytes from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of their data. */
  readonly entries: readonly TensorEntry[];
  /** Without a prototype, so that any key is safe. */
  readonly metadata: Record<string, string>;
  /** Where the data begins, in bytes from the file's start. */
  readonly dataStart: number;
}

const LENGTH_BYTES = 8;
const METADATA_KEY = '__metadata__';
const ENTRY_KEYS = ['data_offsets', 'dtype', 'shape'];

/** @throws {SafetensorsError} when the file breaks a rule */
export function parseHeader(bytes: Uint8Array): Header {
  const json = parseObject(headerText(bytes));

  const entries: TensorEntry[] = [];
  let metadata: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(json)) {
    checkWellFormed(name);
    if (name === METADATA_KEY) metadata = parseMetadata(value);
    else entries.push(parseEntry(name, value));
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);

  const dataStart = LENGTH_BYTES + Number(lengthField(bytes));
  checkContiguous(entries, bytes.length - dataStart);
  return { entries, metadata, dataStart };
}

function lengthField(bytes: Uint8Array): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
}

function headerText(bytes: Uint8Array): string {
  if (bytes.length < LENGTH_BYTES) {
    throw new SafetensorsError(`safetensors: the file has ${bytes.length} bytes; expected at least the ${LENGTH_BYTES} that hold the header's length.`);
  }
  const length = lengthField(bytes);
  if (length > BigInt(MAXIMUM_HEADER_BYTES)) {
    throw new SafetensorsError(`safetensors: the header claims ${length} bytes; at most ${MAXIMUM_HEADER_BYTES} are allowed. Is this a safetensors file?`);
  }
  const end = LENGTH_BYTES + Number(length);
  if (end > bytes.length) {
    throw new SafetensorsError(`safetensors: the header claims ${length} bytes, but only ${bytes.length - LENGTH_BYTES} follow; the file is cut off.`);
  }
  try {
    // A byte order mark is left in place, to be refused as JSON. slice: a decoder may refuse shared memory.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.slice(LENGTH_BYTES, end));
  } catch (cause) {
    throw new SafetensorsError('safetensors: the header is not valid UTF-8.', { cause });
  }
}

function parseObject(text: string): Record<string, unknown> {
  if (!text.startsWith('{')) throw new SafetensorsError(`safetensors: the header begins with ${quote(text.slice(0, 16))}; expected a JSON object, "{".`);
  try {
    checkStrictJson(text);
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    if (cause instanceof SafetensorsError) throw cause;
    throw new SafetensorsError('safetensors: the header is not valid JSON.', { cause });
  }
}

/** JSON can spell half a surrogate pair, which no other reader could turn into UTF-8 again. */
function checkWellFormed(text: string): void {
  if (/\p{Surrogate}/u.test(text)) throw new SafetensorsError(`safetensors: the header holds ${quote(text)}, which is no well-formed Unicode text.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseMetadata(value: unknown): Record<string, string> {
  if (!isObject(value)) throw new SafetensorsError(`safetensors: ${METADATA_KEY} is ${quote(value)}; expected an object of strings.`);
  const metadata = Object.create(null) as Record<string, string>;
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw new SafetensorsError(`safetensors: ${METADATA_KEY} has ${quote(text)} under ${quote(key)}; expected a string.`);
    checkWellFormed(key);
    checkWellFormed(text);
    metadata[key] = text;
  }
  return metadata;
}

function parseEntry(name: string, value: unknown): TensorEntry {
  const fail = (what: string, found: unknown, expected: string): never => {
    throw new SafetensorsError(`safetensors: tensor ${quote(name)} has ${what} ${quote(found)}; expected ${expected}.`);
  };
  if (!isObject(value)) return fail('the entry', value, 'an object with dtype, shape and data_offsets');
  const keys = Object.keys(value).sort();
  if (keys.join() !== ENTRY_KEYS.join()) return fail('an entry with the keys', keys, `exactly ${quote(ENTRY_KEYS)}`);

  const { dtype, shape, data_offsets: offsets } = value;
  if (!isSafetensorsDType(dtype)) return fail('dtype', dtype, `one of ${dtypeNames()}`);
  if (!areCounts(shape)) return fail('shape', shape, `an array of whole numbers from 0 to ${Number.MAX_SAFE_INTEGER}`);
  if (!areCounts(offsets) || offsets.length !== 2) return fail('data_offsets', offsets, `two whole numbers from 0 to ${Number.MAX_SAFE_INTEGER}`);
  const [begin, end] = offsets;
  if (begin > end) return fail('data_offsets', offsets, 'a begin that is not after the end');
  const size = tensorBytes(dtype, shape);
  if (size === null) return fail('shape', shape, `one whose size in bytes stays below ${Number.MAX_SAFE_INTEGER}`);
  if (size !== end - begin) return fail('data_offsets', offsets, `${size} bytes for shape ${quote(shape)} of ${dtype}, not ${end - begin}`);
  return { name, dtype, shape, begin, end };
}

function areCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

/** Entries in the order of their data must follow each other from 0 to the end of the file. */
function checkContiguous(entries: readonly TensorEntry[], dataBytes: number): void {
  let reached = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== reached) {
      const what = begin > reached ? 'a hole before it' : 'an overlap with the tensor before it';
      throw new SafetensorsError(`safetensors: the data of tensor ${quote(name)} begins at ${begin}; expected ${reached}: there is ${what}.`);
    }
    if (end > dataBytes) {
      throw new SafetensorsError(`safetensors: the data of tensor ${quote(name)} ends at ${end}, but the file holds ${dataBytes} bytes of data; it is cut off.`);
    }
    reached = end;
  }
  if (reached !== dataBytes) {
    throw new SafetensorsError(`safetensors: the file holds ${dataBytes} bytes of data, of which tensors use ${reached}; expected no bytes after the last tensor.`);
  }
}
