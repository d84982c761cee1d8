// Defines the last step of the pipeline, which turns tokens back into text. A decoder is a stream: it takes tokens one by one and returns
// the text that is final. Decoding a whole list and decoding during generation therefore share the same code and give the same text. To add
// a decoder, implement Decoder in a new file and add a line to read.ts.

import type { ComponentJSON } from '../core/tokenizer.js';

export interface TokenStream {
  /**
   * Takes one token and returns the texts that it completes, possibly none.
   * @param isAdded  whether it is an added token, whose text is not spelled as the model spells its own. Default false
   */
  push(token: string, isAdded?: boolean): string[];
  /** Returns the remaining texts after the last token. The stream must not be used afterwards. */
  end(): string[];
}

export interface Decoder {
  /** Whether it makes one token of all of them. Default false. */
  readonly fuses?: boolean;
  /** @param fused  true after a decoder that fuses: everything pushed is part of one token */
  start(fused: boolean): TokenStream;
  /** What one token, not the first, adds to the text: a string, or bytes. */
  contribution(token: string): string | Uint8Array;
  /** What an added token adds to the text, if it is not the token itself. */
  addedText?(token: string): string;
  toJSON(): ComponentJSON;
}

/** A stream that maps each token to one text. */
export function mapTokens(map: (token: string, index: number) => string): TokenStream {
  let index = 0;
  return { push: (token) => [map(token, index++)], end: () => [] };
}

/** A stream that collects all tokens and decodes them as one token at the end. */
export function joinFirst(make: () => TokenStream): TokenStream {
  let joined = '';
  return {
    push(token) {
      joined += token;
      return [];
    },
    end() {
      const stream = make();
      return [...stream.push(joined), ...stream.end()];
    },
  };
}
