// Spells bytes in GPT-2's byte alphabet: one printable character per byte, so that any bytes can be written as a token in a JSON file.
// Bytes that are printable in Latin-1 stand for themselves; the others, in order, become U+0100, U+0101, ...
// A space is therefore "Ġ" (U+0120) and a line feed "Ċ" (U+010A). Source: OpenAI's GPT-2, `bytes_to_unicode`.

function standsForItself(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
}

/** Byte -> its character; 256 entries. */
export const byteToCharacter: readonly string[] = (() => {
  let shifted = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(standsForItself(byte) ? byte : 0x100 + shifted++));
})();

const NONE = 0xffff;

/** UTF-16 unit -> the byte it stands for, or NONE. */
const byteOfUnit = /* @__PURE__ */ (() => {
  const bytes = new Uint16Array(0x200).fill(NONE);
  byteToCharacter.forEach((character, byte) => (bytes[character.charCodeAt(0)] = byte));
  return bytes;
})();

/** The 256 characters in the order of their code points, which is the order of their ids in GPT-2's vocabulary. */
export const byteAlphabet: readonly string[] = [...byteToCharacter].sort();

/** The bytes that a byte-level token spells, or undefined if it has a character outside the alphabet. */
export function bytesOfToken(token: string): Uint8Array | undefined {
  const bytes = new Uint8Array(token.length);
  for (let i = 0; i < token.length; i++) {
    const byte = byteOfUnit[token.charCodeAt(i)] ?? NONE;
    if (byte === NONE) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}
