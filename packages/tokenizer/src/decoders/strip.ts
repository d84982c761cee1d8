// Removes a character from the beginning and end of every token, up to a given number of times.

import type { ComponentJSON } from '../core/tokenizer.js';
import { type Decoder, joinFirst, mapTokens, type TokenStream } from './decoder.js';

export class StripDecoder implements Decoder {
  /** @param content  one character */
  constructor(
    readonly content: string,
    readonly left: number,
    readonly right: number,
  ) {}

  start(fused: boolean): TokenStream {
    if (!fused) return mapTokens((token) => this.#strip(token, this.left, this.right));
    if (this.right > 0) return joinFirst(() => this.start(false));
    // Only the beginning of the one fused token is stripped; later parts pass unchanged.
    let left = this.left;
    return mapTokens((part) => {
      const text = this.#strip(part, left, 0);
      left = text === '' ? left - (part.length - text.length) / this.content.length : 0;
      return text;
    });
  }

  contribution(token: string): string {
    return token;
  }

  toJSON(): ComponentJSON {
    return { type: 'Strip', content: this.content, start: this.left, stop: this.right };
  }

  #strip(token: string, left: number, right: number): string {
    const { content } = this;
    let start = 0;
    while (left-- > 0 && token.startsWith(content, start)) start += content.length;
    let end = token.length;
    while (right-- > 0 && end - content.length >= start && token.startsWith(content, end - content.length)) end -= content.length;
    return token.slice(start, end);
  }
}
