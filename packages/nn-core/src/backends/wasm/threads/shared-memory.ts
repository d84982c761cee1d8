// Turns a module that imports an ordinary memory into one that imports a shared one. The code is the same in both; only
// the declaration of the import differs, so one binary serves with and without threads.
//
// Format: https://webassembly.github.io/spec/core/binary/modules.html#import-section

const IMPORT_SECTION = 2;
const MEMORY_IMPORT = 2;
/** Limits with a maximum, shared. */
const SHARED = 3;

/**
 * @param binary a module whose only import is a memory
 * @param maximumPages must be what the memory is made with
 */
export function withSharedMemory(binary: Uint8Array, maximumPages: number): Uint8Array<ArrayBuffer> {
  let at = 8; // after the magic number and the version
  while (at < binary.length && binary[at] !== IMPORT_SECTION) {
    const size = readUnsigned(binary, at + 1);
    at = size.next + size.value;
  }
  if (at >= binary.length) throw new Error('wasm: the kernels import no memory; build them again.');
  const section = readUnsigned(binary, at + 1);
  const count = readUnsigned(binary, section.next);
  const moduleName = skipName(binary, count.next);
  const kind = skipName(binary, moduleName);
  if (count.value !== 1 || binary[kind] !== MEMORY_IMPORT) throw new Error('wasm: the kernels import something besides a memory; build them again.');
  const minimum = readUnsigned(binary, kind + 2);
  const body = [...binary.subarray(section.next, kind + 1), SHARED, ...writeUnsigned(minimum.value), ...writeUnsigned(maximumPages)];
  const result = [...binary.subarray(0, at), IMPORT_SECTION, ...writeUnsigned(body.length), ...body];
  const rest = binary.subarray(section.next + section.value);
  const patched = new Uint8Array(result.length + rest.length);
  patched.set(result);
  patched.set(rest, result.length);
  return patched;
}

/** A number in LEB128, and where the next byte is. */
function readUnsigned(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next: at };
  }
}

function writeUnsigned(value: number): number[] {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80);
  return [...bytes, value];
}

function skipName(bytes: Uint8Array, at: number): number {
  const { value, next } = readUnsigned(bytes, at);
  return next + value;
}
