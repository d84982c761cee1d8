// Joins all tokens into one, so that the decoders after it see the beginning and end of the whole text.

import type { ComponentJSON } from '../core/tokenizer.js';
import { type Decoder, mapTokens, type TokenStream } from './decoder.js';

export class Fuse implements Decoder {
  readonly fuses = true;

  /** Passes every part on at once; the `fused` flag tells the next decoder that they are one token. */
  start(): TokenStream {
    return mapTokens((token) => token);
  }

  contribution(token: string): string {
    return token;
  }

  toJSON(): ComponentJSON {
    return { type: 'Fuse' };
  }
}
