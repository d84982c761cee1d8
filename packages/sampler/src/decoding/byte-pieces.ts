// Turns tokens that are bytes into text, for streams: whole characters of UTF-8 only, however the tokens cut them.
import type { TokenDecoder } from './stream-text.js';

/** Knows the bytes of every token, as every tokenizer of @kk/tokenizer does. */
export interface TokenBytes {
  /** The bytes that a token adds to a text; undefined if it adds none, as special tokens do. */
  tokenBytes(id: number): Uint8Array | undefined;
}

/** A decoder for these tokens. Bytes that are no UTF-8, also those of a character that the end of the text cuts, become U+FFFD. */
export function byteDecoder(tokens: TokenBytes): TokenDecoder {
  // A byte order mark is a character of the text like any other.
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    push: (id) => utf8.decode(tokens.tokenBytes(id), { stream: true }),
    end: () => utf8.decode(),
  };
}
