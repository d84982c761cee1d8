// Reads the bytes of a whole file as views of its tensors. Nothing is copied or converted; see `to-numbers.ts`.
import type { SafetensorsDType } from './dtypes.js';
import { parseHeader } from './header.js';

export interface SafeTensor {
  readonly dtype: SafetensorsDType;
  readonly shape: readonly number[];
  /** Little-endian, row-major; a view of the file's bytes, at any alignment. */
  readonly data: Uint8Array;
}

export interface SafetensorsFile {
  /** In the order of their data in the file. */
  readonly tensors: Map<string, SafeTensor>;
  /** The file's `__metadata__`, empty when it has none. It has no prototype: ask with Object.hasOwn or `in`. */
  readonly metadata: Record<string, string>;
}

/**
 * @param bytes a whole safetensors file
 * @throws {SafetensorsError} when it breaks a rule of the format: names the tensor, what was found and what was expected
 * @throws {TypeError} when `bytes` are no bytes
 */
export function readSafetensors(bytes: Uint8Array | ArrayBuffer): SafetensorsFile {
  if (!(bytes instanceof Uint8Array || bytes instanceof ArrayBuffer)) {
    throw new TypeError(`readSafetensors: got ${bytes === null ? 'null' : typeof bytes}; expected the file's bytes as a Uint8Array or ArrayBuffer.`);
  }
  const file = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const { entries, metadata, dataStart } = parseHeader(file);
  const tensors = new Map<string, SafeTensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    tensors.set(name, { dtype, shape, data: file.subarray(dataStart + begin, dataStart + end) });
  }
  return { tensors, metadata };
}
