// Decodes ids one at a time, as a model generates them. If a token ends in the middle of a character, its bytes are held back until the
// rest arrives.

import { checkOptions } from '@kk/options';
import { decodeNames } from './option-names.js';
import type { DecodeOptions, DecodingStream, Tokenizer } from './tokenizer.js';

export class StreamDecoder {
  readonly #tokenizer: Tokenizer;
  readonly #options: DecodeOptions;
  #stream: DecodingStream | undefined;

  /** @param options  as for `Tokenizer.decode` */
  constructor(tokenizer: Tokenizer, options: DecodeOptions = {}) {
    checkOptions('StreamDecoder', options, decodeNames);
    this.#tokenizer = tokenizer;
    this.#options = options;
  }

  /**
   * Takes an id and returns the characters that it completes, possibly none. All results joined, with that of `end()`, equal `decode` of
   * all ids.
   * @throws {RangeError} when `id` is not an id of the tokenizer
   */
  push(id: number): string {
    this.#stream ??= this.#tokenizer.startDecoding(this.#options);
    return this.#stream.push(id);
  }

  /**
   * Returns what was held back: U+FFFD if the stream ended in the middle of a character, otherwise usually the empty string. Afterwards a
   * new stream can begin.
   */
  end(): string {
    const stream = this.#stream;
    this.#stream = undefined;
    return stream?.end() ?? '';
  }
}
