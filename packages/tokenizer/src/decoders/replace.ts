// Replaces every match of a pattern within a token. As in the reference, a pattern finds nothing in an empty token.

import type { Pattern } from '../patterns/split-pattern.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import { type Decoder, joinFirst, mapTokens, type TokenStream } from './decoder.js';

export class ReplaceDecoder implements Decoder {
  constructor(
    readonly pattern: Pattern,
    readonly content: string,
  ) {}

  start(fused: boolean): TokenStream {
    if (fused) return joinFirst(() => this.start(false));
    return mapTokens((token) => this.contribution(token));
  }

  contribution(token: string): string {
    return token === '' ? '' : token.replace(this.pattern.expression, () => this.content);
  }

  toJSON(): ComponentJSON {
    return { type: 'Replace', pattern: this.pattern.json, content: this.content };
  }
}
