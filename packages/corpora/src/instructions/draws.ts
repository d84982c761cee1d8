// Random draws for instructions, all from one generator.

import { mersenne, unsafeUniformIntDistribution } from 'pure-rand';

export class Draws {
  readonly #random;

  /** @param seed an integer from 0 to 2^32 - 1 */
  constructor(seed: number) {
    this.#random = mersenne(seed);
  }

  /** An integer from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return unsafeUniformIntDistribution(least, most, this.#random);
  }

  /** One entry of a list that is not empty. */
  of<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)];
  }

  /** True with a probability of `share`, to a millionth. */
  chance(share: number): boolean {
    return this.between(0, 999_999) < Math.round(share * 1_000_000);
  }

  /** A seed for a story. */
  seed(): number {
    return this.between(0, 2 ** 32 - 1);
  }
}
