// Decodes BPE with an end-of-word suffix such as </w>: the suffix becomes the space after the word.

import type { ComponentJSON } from '../core/tokenizer.js';
import { type Decoder, joinFirst, type TokenStream } from './decoder.js';

export class BpeDecoder implements Decoder {
  constructor(readonly suffix: string) {}

  start(fused: boolean): TokenStream {
    if (fused) return joinFirst(() => this.start(false));
    // The last word gets no space, so each token is held back until the next one arrives.
    let waiting: string | undefined;
    return {
      push: (token) => {
        const ready = waiting === undefined ? [] : [this.contribution(waiting)];
        waiting = token;
        return ready;
      },
      end: () => (waiting === undefined ? [] : [this.#replace(waiting, '')]),
    };
  }

  contribution(token: string): string {
    return this.#replace(token, ' ');
  }

  toJSON(): ComponentJSON {
    return { type: 'BPEDecoder', suffix: this.suffix };
  }

  #replace(token: string, replacement: string): string {
    return this.suffix === '' ? token : token.replaceAll(this.suffix, replacement);
  }
}
