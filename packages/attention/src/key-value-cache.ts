// The keys and values of all earlier positions, so that generation computes each position only once.
import { type Engine, type Tensor } from '@kk/nn-core';

export class KeyValueCache {
  /** One tensor per layer, (batch, capacity, width). */
  readonly keys: readonly Tensor[];
  readonly values: readonly Tensor[];
  /** The number of filled positions. */
  length = 0;

  constructor(
    engine: Engine,
    readonly size: { layers: number; batch: number; capacity: number; width: number },
  ) {
    const { layers, batch, capacity, width } = size;
    const make = (): Tensor[] => Array.from({ length: layers }, () => engine.keep(engine.zeros([batch, capacity, width])));
    this.keys = make();
    this.values = make();
  }

  /** Removes positions from the end, down to `length`. */
  truncate(length: number): void {
    if (!Number.isInteger(length) || length < 0 || length > this.length) {
      throw new RangeError(`KeyValueCache: cannot shorten ${this.length} positions to ${length}.`);
    }
    this.length = length;
  }

  dispose(): void {
    for (const tensor of [...this.keys, ...this.values]) tensor.dispose();
  }
}
