// Tokens as a reader sees them: text instead of bytes, so that "ä" is "ä" and not "Ã¤". A character that is split between tokens is in
// each of them as a slice. This file computes, in the worker; TokenText draws, everywhere.
import { unseenAsCodes, unseenCode } from './unseen.js';

/** A part of a character: its bytes from `from` to below `to`, of `of` bytes. */
export interface Slice {
  character: string;
  from: number;
  to: number;
  of: number;
}

/** A token to be drawn: its whole characters, and slices of characters that it shares with its neighbours. */
export interface TokenPiece {
  id: number;
  text: string;
  /** The end of a character that began in the token before, or the middle of one. */
  head?: Slice;
  /** The beginning of a character that ends in the next token. */
  tail?: Slice;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The pieces of a text's tokens, in their order.
 * @param bytesOf  the UTF-8 bytes of an id, `(id) => tokenizer.tokenBytes(id)`
 */
export function tokenPieces(ids: ArrayLike<number>, bytesOf: (id: number) => Uint8Array): TokenPiece[] {
  const parts = Array.from(ids, bytesOf);
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  const ends: number[] = [];
  let length = 0;
  for (const part of parts) {
    all.set(part, length);
    ends.push((length += part.length));
  }
  const pieces = Array.from(ids, (id): TokenPiece => ({ id, text: '' }));
  let token = 0;
  for (let at = 0; at < all.length; ) {
    const { character, bytes } = characterAt(all, at);
    while (ends[token]! <= at) token++;
    if (at + bytes <= ends[token]!) pieces[token]!.text += character;
    else {
      for (let part = token, from = 0; from < bytes; part++) {
        const to = Math.min(bytes, ends[part]! - at);
        if (to > from) pieces[part]![from === 0 ? 'tail' : 'head'] = { character, from, to, of: bytes };
        from = Math.max(from, to);
      }
    }
    at += bytes;
  }
  return pieces;
}

/** The character that begins at a place, and how many bytes it has; a byte that belongs to none is shown by its number, as ‹E2›. */
function characterAt(bytes: Uint8Array, at: number): { character: string; bytes: number } {
  const lead = bytes[at]!;
  const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  try {
    return { character: decoder.decode(bytes.subarray(at, at + length)), bytes: length };
  } catch {
    return { character: `‹${lead.toString(16).toUpperCase()}›`, bytes: 1 };
  }
}

/** The piece of a token that comes after others: with them it may complete a character. */
export function pieceAfter(before: readonly number[], id: number, bytesOf: (id: number) => Uint8Array): TokenPiece {
  return tokenPieces([...before.slice(-MOST_BYTES), id], bytesOf).at(-1)!;
}

/** The bytes of a character at most: so many tokens before one can share a character with it. */
export const MOST_BYTES = 4;

/** A byte that belongs to no character. */
const LOOSE_BYTE = /‹[0-9A-F]{2}›/;

/** The first loose byte in a piece, as it is shown. */
export const looseByte = ({ text }: TokenPiece): string | undefined => LOOSE_BYTE.exec(text)?.[0];

/** The code of the first unseen character in a piece, as it is shown. */
export const unseenIn = ({ head, text, tail }: TokenPiece): string | undefined => [head?.character, text, tail?.character].map((part) => unseenCode((part ?? '').replaceAll('\t', ''))).find((code) => code !== undefined);

/** Spaces, line breaks and unseen characters at an edge made visible; they would vanish between two tokens. */
export const visibleText = (text: string): string => unseenAsCodes(text.replace(/^ | $/g, '·').replaceAll('\n', '⏎').replaceAll('\t', '⇥'));

/** A piece as plain text, for tables and screen readers: a slice of "ä" is "ä (1/2)". */
export function pieceText({ text, head, tail }: TokenPiece): string {
  return [head, visibleText(text), tail].map((part) => (typeof part === 'object' ? sliceText(part) : (part ?? ''))).filter((part) => part !== '').join(' + ');
}

function sliceText({ character, from, to, of }: Slice): string {
  return `${visibleText(character)} (${to - from === 1 ? to : `${from + 1}–${to}`}/${of})`;
}
