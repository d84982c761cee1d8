// Grows a Float32Array as it is filled: what a file's head promises is not believed before the bytes are there.

/** What is made at first, in numbers: 256 kB. */
const FIRST = 65_536;

export class GrowingFloats {
  /** Valid until the next `reserve`. */
  array: Float32Array;
  /** How many are in use. */
  length = 0;
  readonly #most: number;

  /** @param most more will not come; so many are never exceeded, and nothing is left over when they all came */
  constructor(most = Infinity) {
    this.#most = most;
    this.array = new Float32Array(Math.min(most, FIRST));
  }

  /** Makes room for so many more, and counts them as used. @returns where they begin */
  reserve(count: number): number {
    const from = this.length;
    this.length += count;
    if (this.length > this.array.length) {
      const larger = new Float32Array(Math.max(this.length, Math.min(this.#most, this.array.length * 2)));
      larger.set(this.array.subarray(0, from));
      this.array = larger;
    }
    return from;
  }

  /** The numbers in use. */
  finish(): Float32Array {
    return this.length === this.array.length ? this.array : this.array.slice(0, this.length);
  }
}
