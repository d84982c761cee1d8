// BPE with a sign for the end of a word, such as </w>: it becomes the space after the word.

import { type ComponentJSON } from '../tokenizer.js';
import { type Decoder, joinFirst, type TokenStream } from './decoder.js';

export class BpeDecoder implements Decoder {
  constructor(readonly suffix: string) {}

  start(fused: boolean): TokenStream {
    if (fused) return joinFirst(() => this.start(false));
    // No space after the last word, so one token always waits for the next.
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
