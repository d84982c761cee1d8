// Strict UTF-8 decoding; an error names the first invalid byte.

const strict = new TextDecoder('utf-8', { fatal: true });
const keepingMarks = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The offset of the first ill-formed byte sequence (Unicode 15, table 3-7), or undefined if all bytes are well-formed. */
export function illFormedAt(bytes: Uint8Array): number | undefined {
  let i = 0;
  while (i < bytes.length) {
    const length = sequenceLength(bytes, i);
    if (length === 0) return i;
    i += length;
  }
  return undefined;
}

/** Length of the well-formed sequence that begins at `i`, or 0. */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const lead = bytes[i];
  if (lead < 0x80) return 1;
  const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0 || i + length > bytes.length) return 0;
  // The second byte's range excludes overlong forms, surrogates and everything above U+10FFFF.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (bytes[i + 1] < low || bytes[i + 1] > high) return 0;
  for (let k = 2; k < length; k++) if (bytes[i + k] < 0x80 || bytes[i + k] > 0xbf) return 0;
  return length;
}

/**
 * Decodes UTF-8.
 *
 * @param where names the source, for the error
 * @param options `offset`: the offset of the first byte within the source, for the error, default 0. `keepMark`: whether to keep a byte
 * order mark at the beginning, because in the middle of a source it is an ordinary character. Default: it is removed
 * @throws Error that names the source and the byte offset if the bytes are not UTF-8
 */
export function decodeStrictly(bytes: Uint8Array, where: string, { offset = 0, keepMark = false }: { offset?: number; keepMark?: boolean } = {}): string {
  try {
    return (keepMark ? keepingMarks : strict).decode(bytes);
  } catch (error) {
    const at = illFormedAt(bytes);
    if (at === undefined) throw error;
    throw new Error(`${where} is not UTF-8: ill-formed byte 0x${bytes[at].toString(16).padStart(2, '0')} at byte offset ${offset + at}; convert it to UTF-8 first`, { cause: error });
  }
}
