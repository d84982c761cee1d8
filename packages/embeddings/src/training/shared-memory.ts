// Turns the kernels into a module that imports a shared memory, which threads need. Only the declaration of the import differs, so one
// binary is enough.
//
// Format: https://webassembly.github.io/spec/core/binary/modules.html#import-section

const HEADER_BYTES = 8;
const IMPORT_SECTION = 2;
/** Limits: no maximum; with a maximum, shared. */
const WITHOUT_MAXIMUM = 0;
const SHARED = 3;
/** The import of `env.memory`, up to the kind of limits: one import, two names with their lengths, the kind "memory". */
const MEMORY_IMPORT = [1, 3, ...ascii('env'), 6, ...ascii('memory'), 2];

/**
 * @param binary  a module whose only import is the memory `env.memory` without a maximum
 * @param maximumPages  that of the memory
 */
export function withSharedMemory(binary: Uint8Array, maximumPages: number): Uint8Array<ArrayBuffer> {
  let at = HEADER_BYTES;
  while (at < binary.length && binary[at] !== IMPORT_SECTION) {
    const { value, next } = readNumber(binary, at + 1);
    at = next + value;
  }
  const body = readNumber(binary, at + 1);
  const limits = body.next + MEMORY_IMPORT.length;
  if (MEMORY_IMPORT.some((byte, i) => binary[body.next + i] !== byte) || binary[limits] !== WITHOUT_MAXIMUM) throw new Error('The training kernels import something other than a memory; build them again.');
  const minimum = readNumber(binary, limits + 1).value;
  const section = [...MEMORY_IMPORT, SHARED, ...writeNumber(minimum), ...writeNumber(maximumPages)];
  return Uint8Array.from([...binary.subarray(0, at + 1), ...writeNumber(section.length), ...section, ...binary.subarray(body.next + body.value)]);
}

/** LEB128: seven bits a byte, the lowest first. */
function readNumber(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (!(byte >= 0x80)) return { value, next: at };
  }
}

function writeNumber(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...writeNumber(Math.floor(value / 0x80))];
}

function ascii(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0));
}
