// Ids to text one at a time, as a model generates them. A token may end in the middle of a character:
// its bytes wait here until the rest has come.

import { type DecodeOptions, type DecodingStream, type Tokenizer } from './tokenizer.js';

export class StreamDecoder {
  readonly #tokenizer: Tokenizer;
  readonly #options: DecodeOptions;
  #stream: DecodingStream | undefined;

  /** @param options  as for `Tokenizer.decode` */
  constructor(tokenizer: Tokenizer, options: DecodeOptions = {}) {
    this.#tokenizer = tokenizer;
    this.#options = options;
  }

  /**
   * The characters that this id completes, possibly none. All of them joined, and `end()`, are `decode` of all ids.
   * @throws {RangeError} when `id` is no id of the tokenizer
   */
  push(id: number): string {
    this.#stream ??= this.#tokenizer.startDecoding(this.#options);
    return this.#stream.push(id);
  }

  /**
   * What was still waiting: U+FFFD when the stream ended in the middle of a character, otherwise mostly the empty string.
   * Afterwards a new stream can begin.
   */
  end(): string {
    const stream = this.#stream;
    this.#stream = undefined;
    return stream?.end() ?? '';
  }
}
