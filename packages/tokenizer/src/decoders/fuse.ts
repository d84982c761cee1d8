// All tokens become one, so that the decoders after it see the beginning and end of the whole text.

import { type ComponentJSON } from '../tokenizer.js';
import { type Decoder, mapTokens, type TokenStream } from './decoder.js';

export class Fuse implements Decoder {
  /** The parts pass at once; that they are one token is what the `fused` of the next decoder says. */
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
