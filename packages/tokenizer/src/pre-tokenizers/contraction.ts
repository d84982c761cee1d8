// Finds English contractions, which OpenAI's patterns make pieces of their own: 's 't 're 've 'm 'll 'd.

/** The bit that distinguishes upper and lower case in ASCII letters. */
const CASE = 0x20;

/** The end of the lower-case contraction at the apostrophe `i`, or `i` if there is none. */
export function endOfLowerCaseContraction(bytes: Uint8Array, i: number): number {
  return endOf(bytes, i, 0);
}

/** The same in any case: `(?i:'s|'t|'re|'ve|'m|'ll|'d)`. As in the reference, U+017F (long s) counts as an s. */
export function endOfContraction(bytes: Uint8Array, i: number): number {
  if (bytes[i + 1] === 0xc5 && bytes[i + 2] === 0xbf) return i + 3;
  return endOf(bytes, i, CASE);
}

/** @param ignored  bits that are set in each letter before comparing it */
function endOf(bytes: Uint8Array, i: number, ignored: number): number {
  switch (bytes[i + 1] | ignored) {
    case 0x73: // s
    case 0x74: // t
    case 0x6d: // m
    case 0x64: // d
      return i + 2;
    case 0x72: // re
    case 0x76: // ve
      return (bytes[i + 2] | ignored) === 0x65 ? i + 3 : i;
    case 0x6c: // ll
      return (bytes[i + 2] | ignored) === 0x6c ? i + 3 : i;
    default:
      return i;
  }
}
