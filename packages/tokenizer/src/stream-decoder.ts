// Ids to text one at a time, as a model generates them. A token may end in the middle of a character:
// its bytes wait here until the rest has come.

import { type DecodeOptions, type Tokenizer } from './tokenizer';

export class StreamDecoder {
  readonly #tokenizer: Tokenizer;
  readonly #skipped: ReadonlySet<number>;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** @param options  as for `Tokenizer.decode` */
  constructor(tokenizer: Tokenizer, options: DecodeOptions = {}) {
    this.#tokenizer = tokenizer;
    this.#skipped = new Set(options.skipSpecialTokens ? tokenizer.specialTokens.values() : []);
  }

  /**
   * The characters that this id completes, possibly none. All of them joined, and `end()`, are `decode` of all ids.
   * @throws {RangeError} when `id` is no id of the tokenizer
   */
  push(id: number): string {
    const bytes = this.#tokenizer.tokenBytes(id);
    return this.#skipped.has(id) ? '' : this.#decoder.decode(bytes, { stream: true });
  }

  /** U+FFFD when the stream ended in the middle of a character, otherwise the empty string. Afterwards a new stream can begin. */
  end(): string {
    return this.#decoder.decode();
  }
}
