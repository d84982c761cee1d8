// Decodes Base64 (RFC 4648, with padding) without an allocation per token, in Node and browsers.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = 0x3d;
const NONE = 0xff;

/** ASCII code -> its six bits, or NONE. */
const values = new Uint8Array(0x80).fill(NONE);
for (let i = 0; i < ALPHABET.length; i++) values[ALPHABET.charCodeAt(i)] = i;

/**
 * Writes the bytes of `text.slice(start, end)` to `out` from `place` on, which must have room for three bytes per four characters.
 * @returns the number of bytes, or -1 if the text is not Base64
 */
export function decodeBase64(text: string, start: number, end: number, out: Uint8Array, place: number): number {
  const length = end - start;
  if (length === 0 || (length & 3) !== 0) return -1;
  let padding = 0;
  if (text.charCodeAt(end - 1) === PADDING) padding = text.charCodeAt(end - 2) === PADDING ? 2 : 1;
  let at = place;
  let wrong = 0;
  const last = end - padding;
  for (let i = start; i < end; i += 4) {
    let bits = 0;
    for (let j = i; j < i + 4; j++) {
      const unit = j < last ? text.charCodeAt(j) : 0x41;
      const value = unit < 0x80 ? values[unit] : NONE;
      wrong |= value & 0x80;
      bits = (bits << 6) | value;
    }
    out[at++] = bits >> 16;
    out[at++] = bits >> 8;
    out[at++] = bits;
  }
  return wrong === 0 ? at - place - padding : -1;
}

export function bytesToBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += ALPHABET[bits >> 18] + ALPHABET[(bits >> 12) & 63] + (i + 1 < bytes.length ? ALPHABET[(bits >> 6) & 63] : '=') + (i + 2 < bytes.length ? ALPHABET[bits & 63] : '=');
  }
  return text;
}
