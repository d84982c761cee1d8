// Encodes a text that arrives in parts, as from a file or over a network. The ids equal those of the whole text: what later text could
// still change is held back.

import { checkOptions } from '@kk/options';
import { streamNames } from './option-names.js';
import type { EncodingStream, StreamOptions, Tokenizer } from './tokenizer.js';

export class StreamEncoder {
  readonly #stream: EncodingStream;

  /** @param options  as for `Tokenizer.encode`, but without `pair`, truncation and padding */
  constructor(tokenizer: Tokenizer, options: StreamOptions = {}) {
    checkOptions('StreamEncoder', options, streamNames);
    this.#stream = tokenizer.startEncoding(options);
  }

  /**
   * Takes a part and returns the ids that are final, possibly none. All results joined, with that of `end()`, equal `encode` of the whole
   * text.
   */
  push(text: string): number[] {
    return this.#stream.push(text);
  }

  /** Returns the ids of what was held back. Afterwards a new text can begin. */
  end(): number[] {
    return this.#stream.end();
  }

  /** Encodes chunks of text or of UTF-8 as they arrive. */
  static async *encode(tokenizer: Tokenizer, chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>, options: StreamOptions = {}): AsyncGenerator<number[]> {
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
