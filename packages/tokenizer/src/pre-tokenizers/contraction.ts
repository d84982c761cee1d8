// English contractions, which the patterns of OpenAI cut off as pieces of their own: 's 't 're 've 'm 'll 'd.

/** The bit that sets upper and lower case of ASCII letters apart. */
const CASE = 0x20;

/** Where the contraction of lower case letters at the apostrophe `i` ends, or `i` when there is none. */
export function endOfLowerCaseContraction(bytes: Uint8Array, i: number): number {
  return endOf(bytes, i, 0);
}

/** The same with letters of any case: `(?i:'s|'t|'re|'ve|'m|'ll|'d)`. To the reference U+017F, the long s, is an s in another case. */
export function endOfContraction(bytes: Uint8Array, i: number): number {
  if (bytes[i + 1] === 0xc5 && bytes[i + 2] === 0xbf) return i + 3;
  return endOf(bytes, i, CASE);
}

/** @param ignored  bits that are set in a letter before it is compared */
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
