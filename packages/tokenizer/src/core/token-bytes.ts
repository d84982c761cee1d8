// Keeps the bytes of all tokens in one array, so that decoding only copies bytes.

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true }); // ignoreBOM keeps U+FEFF in the text

/** Spare bytes at the end, since four bytes are copied at a time. */
const SPARE = 4;

export class TokenBytes {
  /** All bytes, token after token, then the spare bytes. */
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  /** Where each token starts; one entry more than there are tokens. */
  readonly #starts: Int32Array;

  /**
   * @param bytes   all bytes, token after token
   * @param starts  where each token starts, and where the last one ends; kept, not copied. An id without bytes is a hole
   */
  constructor(bytes: Uint8Array, starts: Int32Array) {
    this.#bytes = new Uint8Array(bytes.length + SPARE);
    this.#bytes.set(bytes);
    this.#view = new DataView(this.#bytes.buffer);
    this.#starts = starts;
  }

  /** @param bytesOf  returns the bytes of an id below `size` */
  static collect(size: number, bytesOf: (id: number) => Uint8Array): TokenBytes {
    const parts = Array.from({ length: size }, (_, id) => bytesOf(id));
    const starts = new Int32Array(size + 1);
    parts.forEach((part, id) => (starts[id + 1] = starts[id] + part.length));
    const bytes = new Uint8Array(starts[size]);
    parts.forEach((part, id) => bytes.set(part, starts[id]));
    return new TokenBytes(bytes, starts);
  }

  /** A copy of the bytes of one id, which must be valid. */
  of(id: number): Uint8Array {
    return this.#bytes.slice(this.#starts[id], this.#starts[id + 1]);
  }

  /**
   * The text of ids. Invalid UTF-8 becomes U+FFFD.
   * @param check    throws the error for an invalid id
   * @param skipped  ids that are left out
   */
  decode(ids: ArrayLike<number>, check: (id: number) => void, skipped?: ReadonlySet<number>): string {
    const starts = this.#starts;
    const count = ids.length;
    let length = 0;
    for (let i = 0; i < count; i++) {
      const id = ids[i];
      if (typeof id !== 'number') check(id); // which throws
      const size = starts[id + 1] - starts[id];
      // NaN where the id is outside of the array, 0 where it is a hole.
      if (!(size > 0)) check(id);
      length += size;
    }
    // Copies four bytes at a time; the next token overwrites the excess.
    const from = this.#view;
    const text = new Uint8Array(length + SPARE);
    const to = new DataView(text.buffer);
    let end = 0;
    for (let i = 0; i < count; i++) {
      const id = ids[i];
      if (skipped?.has(id)) continue;
      const start = starts[id];
      const size = starts[id + 1] - start;
      for (let j = 0; j < size; j += 4) to.setInt32(end + j, from.getInt32(start + j));
      end += size;
    }
    return decoder.decode(text.subarray(0, end));
  }
}
