// Tokens spelled in GPT-2's byte alphabet, back to UTF-8. Bytes that are none become U+FFFD.

import { bytesOfToken } from '../text/byte-alphabet.js';
import { type ComponentJSON } from '../tokenizer.js';
import { type Decoder, joinFirst, type TokenStream } from './decoder.js';

const encoder = /* @__PURE__ */ new TextEncoder();

export class ByteLevelDecoder implements Decoder {
  /** The fields that the file has had since the pre-tokenizer and the decoder were one; they mean nothing here. */
  readonly #fields: Readonly<Record<string, boolean>>;

  constructor(fields: Readonly<Record<string, boolean>> = { add_prefix_space: true, trim_offsets: true, use_regex: true }) {
    this.#fields = fields;
  }

  start(fused: boolean): TokenStream {
    if (fused) return joinFirst(() => this.start(false));
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return { push: (token) => [decoder.decode(this.contribution(token), { stream: true })], end: () => [decoder.decode()] };
  }

  /** A token outside of the alphabet, as an added one may be, stands for itself. */
  contribution(token: string): Uint8Array {
    return bytesOfToken(token) ?? encoder.encode(token);
  }

  toJSON(): ComponentJSON {
    return { type: 'ByteLevel', ...this.#fields };
  }
}
