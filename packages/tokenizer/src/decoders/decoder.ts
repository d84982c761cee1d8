// The last step of the pipeline: tokens back to text. A decoder is a stream: it is given the tokens one by one and gives the texts
// that are certain, so that decoding a whole list and decoding while a model generates are the same code and give the same text.
// A new decoder is a new file that implements Decoder, and a line in read.ts.

import { type ComponentJSON } from '../tokenizer.js';

export interface TokenStream {
  /** The texts that a token completes, possibly none. */
  push(token: string): string[];
  /** What is left when the last token has come. The stream is not used afterwards. */
  end(): string[];
}

export interface Decoder {
  /** @param fused  true after Fuse: what is pushed are parts of one single token */
  start(fused: boolean): TokenStream;
  /** What one token adds to a text that has already begun: as text, or as the bytes that it stands for. */
  contribution(token: string): string | Uint8Array;
  toJSON(): ComponentJSON;
}

/** A stream that turns each token into one text by itself. */
export function mapTokens(map: (token: string, index: number) => string): TokenStream {
  let index = 0;
  return { push: (token) => [map(token, index++)], end: () => [] };
}

/** A stream that waits for the end and is then given everything as one token. */
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
