// Turns ▁ back into spaces and removes the one that was put before the text.

import type { PrependScheme } from '../pre-tokenizers/metaspace.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import { type Decoder, joinFirst, mapTokens, type TokenStream } from './decoder.js';

export class MetaspaceDecoder implements Decoder {
  constructor(
    readonly replacement: string,
    readonly prependScheme: PrependScheme,
    readonly cuts: boolean,
  ) {}

  start(fused: boolean): TokenStream {
    if (fused) return joinFirst(() => this.start(false));
    return mapTokens((token, index) => token.replaceAll(this.replacement, index === 0 && this.prependScheme !== 'never' ? '' : ' '));
  }

  contribution(token: string): string {
    return token.replaceAll(this.replacement, ' ');
  }

  toJSON(): ComponentJSON {
    return { type: 'Metaspace', replacement: this.replacement, prepend_scheme: this.prependScheme, split: this.cuts };
  }
}
