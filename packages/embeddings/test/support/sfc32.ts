// The random numbers of the kernels in plain TypeScript: sfc32 by Chris Doty-Humphrey.

export class Sfc32 {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(first: number, second: number, third: number) {
    this.#a = first | 0;
    this.#b = second | 0;
    this.#c = third | 0;
    for (let i = 0; i < 15; i++) this.next();
  }

  /** From 0 to 2^32 - 1. */
  next(): number {
    const word = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + word) | 0;
    return word >>> 0;
  }

  below(limit: number): number {
    return Math.floor((this.next() * limit) / 2 ** 32);
  }
}
