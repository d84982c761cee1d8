// Looks at a library's file before the system loads it: a pipe would be waited for, with no way to interrupt it; and of a file that is cut short the system maps what
// the header promises, and reading behind the end kills the process.

/** The parts of Node's `fs` that are used here. */
export interface NodeFiles {
  statSync(path: string): { isFile(): boolean; isDirectory(): boolean };
  openSync(path: string, flags: 'r'): number;
  fstatSync(file: number): { readonly size: number };
  readSync(file: number, bytes: Uint8Array, offset: number, length: number, position: number): number;
  closeSync(file: number): void;
}

const ELF = 0x7f454c46;
/** A program header that says what is mapped. */
const LOADED = 1;

/**
 * What is wrong, in words. Undefined for a file that is whole, and for one that is no 64-bit ELF, which the system refuses or which is of another system.
 * @throws Error when there is no such file, or it may not be read
 */
export function whatIsWrong(files: NodeFiles, path: string): string | undefined {
  const kind = files.statSync(path);
  if (!kind.isFile()) return `it is ${kind.isDirectory() ? 'a folder' : 'a pipe or a device'} and no file; expected a library`;
  const file = files.openSync(path, 'r');
  try {
    const { size } = files.fstatSync(file);
    const read = (position: number, length: number): DataView => {
      const bytes = new Uint8Array(length);
      return new DataView(bytes.buffer, 0, files.readSync(file, bytes, 0, length, position));
    };
    const header = read(0, 64);
    // Of 64 bits, the least significant byte first.
    if (header.byteLength < 64 || header.getUint32(0) !== ELF || header.getUint8(4) !== 2 || header.getUint8(5) !== 1) return undefined;
    const [start, length, count] = [Number(header.getBigUint64(32, true)), header.getUint16(54, true), header.getUint16(56, true)];
    let end = start + length * count;
    const table = read(start, length * count);
    for (let at = 0; at + length <= table.byteLength; at += length) {
      if (table.getUint32(at, true) === LOADED) end = Math.max(end, Number(table.getBigUint64(at + 8, true) + table.getBigUint64(at + 32, true)));
    }
    return end > size ? `the file is cut short: it has ${size} bytes, and its header asks for ${end}` : undefined;
  } finally {
    files.closeSync(file);
  }
}
