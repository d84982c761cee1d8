// The keys and values of all positions seen so far, so that generation computes each position once.
import { type Engine, type Tensor } from '@kk/nn-core';

export class KeyValueCache {
  /** One tensor a layer, (batch, capacity, width); width is that of the keys: keyValueHeads * headSize. */
  readonly keys: readonly Tensor[];
  readonly values: readonly Tensor[];
  /** Positions that are filled. */
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

  /** Forgets positions from the end, down to `length`. */
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
