// The names of a WebAssembly module's functions, from its name section (WebAssembly core specification, appendix "Name Section").

const FUNCTIONS = 1;

/**
 * @param {BufferSource} binary  compiled with names
 * @returns {Map<number, string>} the last part of each path, by the function's index
 */
export function functionNames(binary) {
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(binary), 'name');
  const bytes = new Uint8Array(section);
  const names = new Map();
  let at = 0;
  /** An unsigned number in groups of seven bits, the lowest first (LEB128). */
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const kind = bytes[at++];
    const length = number();
    const end = at + length;
    if (kind === FUNCTIONS) {
      for (let count = number(); count > 0; count--) {
        const index = number();
        const size = number();
        names.set(index, Buffer.from(bytes.subarray(at, at + size)).toString().split('/').at(-1));
        at += size;
      }
    }
    at = end;
  }
  return names;
}
