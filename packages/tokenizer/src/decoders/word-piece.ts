// Decodes WordPiece: a token that begins with ## continues the word before it; every other token starts a new word.

import type { ComponentJSON } from '../core/tokenizer.js';
import { type Decoder, joinFirst, mapTokens, type TokenStream } from './decoder.js';

/** Removes the spaces that English does not write, such as those before punctuation and inside contractions. */
export function cleanUp(text: string): string {
  const repairs = [[' .', '.'], [' ?', '?'], [' !', '!'], [' ,', ','], [" ' ", "'"], [" n't", "n't"], [" 'm", "'m"], [' do not', " don't"], [" 's", "'s"], [" 've", "'ve"], [" 're", "'re"]] as const;
  return repairs.reduce((current, [from, to]) => current.replaceAll(from, to), text);
}

export class WordPieceDecoder implements Decoder {
  constructor(
    readonly prefix: string,
    readonly cleanup: boolean,
  ) {}

  start(fused: boolean): TokenStream {
    if (fused) return joinFirst(() => this.start(false));
    return mapTokens((token, index) => {
      const text = index === 0 ? token : this.contribution(token);
      return this.cleanup ? cleanUp(text) : text;
    });
  }

  contribution(token: string): string {
    return token.startsWith(this.prefix) ? token.slice(this.prefix.length) : ` ${token}`;
  }

  toJSON(): ComponentJSON {
    return { type: 'WordPiece', prefix: this.prefix, cleanup: this.cleanup };
  }
}
