// Decodes byte tokens such as <0xE2>. A run of them is decoded as UTF-8; a run that is not valid UTF-8 gives one U+FFFD per byte.

import type { ComponentJSON } from '../core/tokenizer.js';
import { byteOfToken } from '../text/byte-tokens.js';
import { type Decoder, joinFirst, type TokenStream } from './decoder.js';

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

export class ByteFallback implements Decoder {
  start(fused: boolean): TokenStream {
    if (fused) return joinFirst(() => this.start(false));
    let bytes: number[] = [];
    const flush = (): string[] => {
      if (bytes.length === 0) return [];
      const run = Uint8Array.from(bytes);
      bytes = [];
      return textOf(run);
    };
    return {
      push(token) {
        const byte = byteOfToken(token);
        if (byte === undefined) return [...flush(), token];
        bytes.push(byte);
        return [];
      },
      end: flush,
    };
  }

  contribution(token: string): string | Uint8Array {
    const byte = byteOfToken(token);
    return byte === undefined ? token : Uint8Array.of(byte);
  }

  toJSON(): ComponentJSON {
    return { type: 'ByteFallback' };
  }
}

function textOf(run: Uint8Array): string[] {
  try {
    return [decoder.decode(run)];
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return Array.from(run, () => '\uFFFD'); // separate texts, as in the reference
  }
}
