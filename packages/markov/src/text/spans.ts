// Finds where the tokens of a text stand in it.

/** The range of each token in its text, in UTF-16 code units; start and end tokens are empty. */
export interface Spans {
  starts: ArrayLike<number>;
  ends: ArrayLike<number>;
}

/** Collects ranges: 8 bytes each, and twice as much while it grows. */
export class SpanList {
  #starts = new Int32Array(256);
  #ends = new Int32Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(start: number, end: number): void {
    if (this.#length === this.#starts.length) {
      this.#starts = longer(this.#starts);
      this.#ends = longer(this.#ends);
    }
    this.#starts[this.#length] = start;
    this.#ends[this.#length++] = end;
  }

  take(): Spans {
    return { starts: this.#starts.subarray(0, this.#length), ends: this.#ends.subarray(0, this.#length) };
  }
}

function longer(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const result = new Int32Array(2 * values.length);
  result.set(values);
  return result;
}
