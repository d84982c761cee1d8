// The text of single tokens, for people: also of those that hold only a part of a character.
import type { Tokenizer } from '@kk/tokenizer';
import type { TokenPiece } from './token-rows.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text that each id adds. */
export function* piecesOf(tokenizer: Tokenizer, ids: Iterable<number>): Generator<TokenPiece> {
  for (const id of ids) yield { id, text: tokenText(tokenizer, id) };
}

/** The text that an id adds; a byte that is no whole character is shown as its number, such as `<C3>` for the first half of `ä`. */
export const tokenText = (tokenizer: Tokenizer, id: number): string => textOfBytes(tokenizer.tokenBytes(id));

/** Whether an id adds whole characters. */
export const isWholeText = (tokenizer: Tokenizer, id: number): boolean => decoded(tokenizer.tokenBytes(id)) !== undefined;

/** The text of bytes in UTF-8, with `<C3>` and the like for those that are no whole character. */
export function textOfBytes(bytes: Uint8Array): string {
  const whole = decoded(bytes);
  if (whole !== undefined) return whole;
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes[at]);
    const character = at + length <= bytes.length ? decoded(bytes.subarray(at, at + length)) : undefined;
    text += character ?? `<${bytes[at].toString(16).toUpperCase().padStart(2, '0')}>`;
    at += character === undefined ? 1 : length;
  }
  return text;
}

/** How many bytes a character has that begins with this one (RFC 3629). */
const lengthOfCharacter = (first: number): number => (first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);

/** Undefined for bytes that are not UTF-8. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
