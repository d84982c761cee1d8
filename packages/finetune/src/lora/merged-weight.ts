// A weight that has merged numbers for a while. Its own numbers are kept beside it, so that they come back to the bit.
import type { Tensor } from '@kk/nn-core';

export class MergedWeight {
  #original: Tensor | null = null;

  /** @param weight keeps its place in memory, so that models, ties and captured steps go on with it */
  constructor(readonly weight: Tensor) {}

  /**
   * Computes the weight anew from its own numbers.
   * @param compute a new tensor of the weight's shape; null for its own numbers, whose copy is then freed
   */
  put(compute: ((original: Tensor) => Tensor) | null): void {
    const { weight } = this;
    const { engine } = weight;
    if (!compute) {
      if (this.#original) copyInto(this.#original, weight);
      return this.settle();
    }
    engine.noGradient(() =>
      engine.scope(() => {
        if (!this.#original) {
          const copy = engine.allocate(weight.shape, weight.dtype);
          copyInto(weight, copy);
          this.#original = engine.keep(copy);
        }
        copyInto(compute(this.#original), weight);
      }),
    );
  }

  /** Frees the copy of the weight's own numbers; those that it has now stay. */
  settle(): void {
    this.#original?.dispose();
    this.#original = null;
  }
}

const copyInto = (from: Tensor, to: Tensor): void => to.engine.run('copy', [from, to], [to.size]);
