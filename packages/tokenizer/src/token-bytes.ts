// The bytes of every token in one array, so that decoding is copying.

const decoder = new TextDecoder('utf-8', { ignoreBOM: true }); // ignoreBOM keeps U+FEFF in the text

export class TokenBytes {
  /** All bytes, token after token. */
  readonly #bytes: Uint8Array;
  /** Where each token starts; one entry more than there are tokens. */
  readonly #starts: Uint32Array;

  /** @param bytesOf  the bytes of each of the `size` ids */
  constructor(size: number, bytesOf: (id: number) => Uint8Array) {
    const parts = Array.from({ length: size }, (_, id) => bytesOf(id));
    this.#starts = new Uint32Array(size + 1);
    parts.forEach((part, id) => (this.#starts[id + 1] = this.#starts[id] + part.length));
    this.#bytes = new Uint8Array(this.#starts[size]);
    parts.forEach((part, id) => this.#bytes.set(part, this.#starts[id]));
  }

  /** A copy of the bytes of one id, which must be valid. */
  of(id: number): Uint8Array {
    return this.#bytes.slice(this.#starts[id], this.#starts[id + 1]);
  }

  /** The text of ids, which must be valid. Bytes that are no UTF-8 become U+FFFD. */
  decode(ids: ArrayLike<number>): string {
    let length = 0;
    for (let i = 0; i < ids.length; i++) length += this.#starts[ids[i] + 1] - this.#starts[ids[i]];
    const all = new Uint8Array(length);
    let end = 0;
    for (let i = 0; i < ids.length; i++) {
      for (let j = this.#starts[ids[i]]; j < this.#starts[ids[i] + 1]; j++) all[end++] = this.#bytes[j];
    }
    return decoder.decode(all);
  }
}
