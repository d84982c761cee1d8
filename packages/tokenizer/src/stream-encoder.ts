// Text to ids part by part, as it comes from a file or over a network. The ids are those of the whole text: what could still be
// changed by the text that follows waits here.

import { type EncodeOptions, type EncodingStream, type Tokenizer } from './tokenizer.js';

export class StreamEncoder {
  readonly #stream: EncodingStream;

  /** @param options  as for `Tokenizer.encode`, without a pair; nothing is truncated or padded */
  constructor(tokenizer: Tokenizer, options: EncodeOptions = {}) {
    this.#stream = tokenizer.startEncoding(options);
  }

  /** The ids that are certain now, possibly none. All of them joined, and `end()`, are `encode` of all text. */
  push(text: string): number[] {
    return this.#stream.push(text);
  }

  /** The ids of what was still waiting. Afterwards a new text can begin. */
  end(): number[] {
    return this.#stream.end();
  }

  /** Encodes chunks of text, or of UTF-8, as they come. */
  static async *encode(tokenizer: Tokenizer, chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>, options: EncodeOptions = {}): AsyncGenerator<number[]> {
    const encoder = new StreamEncoder(tokenizer, options);
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    for await (const chunk of chunks) {
      const ids = encoder.push(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
      if (ids.length > 0) yield ids;
    }
    const ids = [...encoder.push(decoder.decode()), ...encoder.end()];
    if (ids.length > 0) yield ids;
  }
}
