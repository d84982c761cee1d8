// Writes short pieces of a string as UTF-8 without an allocation per piece. For whole strings, use TextEncoder.

/** The most bytes that one UTF-16 unit can take. */
export const MAX_BYTES_PER_UNIT = 3;

/**
 * Writes the UTF-8 of `text.slice(start, end)` to `out` and returns the number of bytes.
 * `out` must have room for `MAX_BYTES_PER_UNIT * (end - start)` bytes; lone surrogates are written as U+FFFD.
 */
export function writeUtf8(text: string, start: number, end: number, out: Uint8Array): number {
  let length = 0;
  for (let i = start; i < end; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      out[length++] = code;
      continue;
    }
    if (code < 0x800) {
      out[length++] = 0xc0 | (code >> 6);
      out[length++] = 0x80 | (code & 0x3f);
      continue;
    }
    if ((code & 0xf800) === 0xd800) {
      const low = code < 0xdc00 && i + 1 < end ? text.charCodeAt(i + 1) : 0;
      if ((low & 0xfc00) === 0xdc00) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i++;
        out[length++] = 0xf0 | (code >> 18);
        out[length++] = 0x80 | ((code >> 12) & 0x3f);
        out[length++] = 0x80 | ((code >> 6) & 0x3f);
        out[length++] = 0x80 | (code & 0x3f);
        continue;
      }
      code = 0xfffd;
    }
    out[length++] = 0xe0 | (code >> 12);
    out[length++] = 0x80 | ((code >> 6) & 0x3f);
    out[length++] = 0x80 | (code & 0x3f);
  }
  return length;
}
