// Turns a tensor of a file into numbers, whatever element type it was stored in.
import { DTYPE_BYTES, type SafetensorsDType, tensorBytes } from './dtypes.js';
import { quote, SafetensorsError } from './errors.js';
import type { SafeTensor } from './read.js';

/** How to read the element at byte `at`. The 8-bit floats and complex numbers are missing: they have no one float32. */
const READERS: { readonly [DType in SafetensorsDType]?: (view: DataView, at: number) => number } = {
  BOOL: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
  U8: (view, at) => view.getUint8(at),
  I8: (view, at) => view.getInt8(at),
  U16: (view, at) => view.getUint16(at, true),
  I16: (view, at) => view.getInt16(at, true),
  F16: (view, at) => fromFloat16(view.getUint16(at, true)),
  BF16: (view, at) => fromBfloat16(view.getUint16(at, true)),
  U32: (view, at) => view.getUint32(at, true),
  I32: (view, at) => view.getInt32(at, true),
  F32: (view, at) => view.getFloat32(at, true),
  F64: (view, at) => view.getFloat64(at, true),
  U64: (view, at) => safeNumber(view.getBigUint64(at, true)),
  I64: (view, at) => safeNumber(view.getBigInt64(at, true)),
};

/** Element types whose numbers float32 cannot hold, all of them. */
const BEYOND_FLOAT32: ReadonlySet<SafetensorsDType> = new Set(['U32', 'I32', 'F64', 'U64', 'I64']);

/**
 * A copy of the numbers, row-major, rounded to the nearest float32: F64 beyond its range become infinite, whole numbers
 * beyond 2^24 lose digits; BOOL becomes 0 or 1.
 *
 * @throws {SafetensorsError} when shape and data do not fit together, for an element type that has no such numbers, and for 64-bit integers beyond +-(2^53 - 1)
 */
export function toFloat32(tensor: SafeTensor): Float32Array {
  return readAll('toFloat32', tensor, (length) => new Float32Array(length));
}

/**
 * The exact numbers, in float32 where that holds all numbers of the element type, else in float64.
 * @param operation for error messages
 * @throws SafetensorsError as `toFloat32`
 */
export function toNumbers(operation: string, tensor: SafeTensor): Float32Array | Float64Array {
  return readAll(operation, tensor, (length) => (BEYOND_FLOAT32.has(tensor.dtype) ? new Float64Array(length) : new Float32Array(length)));
}

function readAll<Numbers extends Float32Array | Float64Array>(operation: string, { dtype, shape, data }: SafeTensor, make: (length: number) => Numbers): Numbers {
  const read = READERS[dtype];
  if (!read) throw new SafetensorsError(`${operation}: cannot convert elements of type ${quote(dtype)}; expected one of ${Object.keys(READERS).join(', ')}.`);
  if (tensorBytes(dtype, shape) !== data.byteLength) {
    throw new SafetensorsError(`${operation}: got ${data.byteLength} bytes for shape ${quote(shape)} of ${dtype}; expected ${tensorBytes(dtype, shape) ?? 'fewer elements'}.`);
  }
  const step = DTYPE_BYTES[dtype];
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const numbers = make(data.byteLength / step);
  for (let i = 0; i < numbers.length; i++) numbers[i] = read(view, i * step);
  return numbers;
}

/** IEEE 754 half precision: 1 sign bit, 5 of exponent (bias 15), 10 of fraction. */
function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const word = new Uint32Array(1);
const wordAsFloat = new Float32Array(word.buffer);

/** The upper half of a float32. */
function fromBfloat16(bits: number): number {
  word[0] = bits << 16;
  return wordAsFloat[0];
}

function safeNumber(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new SafetensorsError(`The integer ${value} lies beyond +-(2^53 - 1), where numbers are exact.`);
  return number;
}
