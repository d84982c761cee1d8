// Names the tokens that stand for single bytes of a character, such as <0xE2>, as SentencePiece does.

const byteToken = /^<0x([0-9A-Fa-f]{2})>$/;

/** The byte that a token stands for, or undefined. */
export function byteOfToken(token: string): number | undefined {
  const digits = byteToken.exec(token)?.[1];
  return digits === undefined ? undefined : parseInt(digits, 16);
}

/** The token of a byte, as SentencePiece spells it. */
export function tokenOfByte(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}
