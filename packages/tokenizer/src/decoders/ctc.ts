// Decodes the tokens of speech recognition (connectionist temporal classification): repeated tokens count once, padding is removed.

import type { ComponentJSON } from '../core/tokenizer.js';
import { type Decoder, joinFirst, type TokenStream } from './decoder.js';
import { cleanUp } from './word-piece.js';

export class CtcDecoder implements Decoder {
  constructor(
    readonly padToken: string,
    readonly wordDelimiterToken: string,
    readonly cleanup: boolean,
  ) {}

  start(fused: boolean): TokenStream {
    if (fused) return joinFirst(() => this.start(false));
    let previous: string | undefined;
    return {
      push: (token) => {
        if (token === previous) return [];
        previous = token;
        const text = this.contribution(token);
        return text === '' ? [] : [text];
      },
      end: () => [],
    };
  }

  contribution(token: string): string {
    const text = this.padToken === '' ? token : token.replaceAll(this.padToken, '');
    if (!this.cleanup) return text;
    const clean = cleanUp(text);
    return this.wordDelimiterToken === '' ? clean : clean.replaceAll(this.wordDelimiterToken, ' ');
  }

  toJSON(): ComponentJSON {
    return { type: 'CTC', pad_token: this.padToken, word_delimiter_token: this.wordDelimiterToken, cleanup: this.cleanup };
  }
}
