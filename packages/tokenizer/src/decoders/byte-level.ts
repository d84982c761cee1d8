// Decodes tokens spelled in GPT-2's byte alphabet to UTF-8. Invalid bytes become U+FFFD. The decoders after it see one token, as in the
// reference.

import { bytesOfToken } from '../text/byte-alphabet.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import { type Decoder, joinFirst, type TokenStream } from './decoder.js';

const encoder = /* @__PURE__ */ new TextEncoder();

export class ByteLevelDecoder implements Decoder {
  readonly fuses = true;
  /** Fields of the file that have no effect on decoding; they are kept to be written back. */
  readonly #fields: Readonly<Record<string, boolean>>;

  constructor(fields: Readonly<Record<string, boolean>> = { add_prefix_space: true, trim_offsets: true, use_regex: true }) {
    this.#fields = fields;
  }

  start(fused: boolean): TokenStream {
    if (fused) return joinFirst(() => this.start(false));
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return { push: (token, isAdded) => [decoder.decode(isAdded ? encoder.encode(token) : this.contribution(token), { stream: true })], end: () => [decoder.decode()] };
  }

  /** A token with characters outside the alphabet, such as an added token, is returned as it is. */
  contribution(token: string): Uint8Array {
    return bytesOfToken(token) ?? encoder.encode(token);
  }

  toJSON(): ComponentJSON {
    return { type: 'ByteLevel', ...this.#fields };
  }
}
