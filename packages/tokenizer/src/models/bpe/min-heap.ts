// Keeps numbers in a binary heap, the smallest first, in an array of fixed length.

export class MinHeap {
  readonly #values: Float64Array;
  size = 0;

  /** @param capacity  the maximum number of entries */
  constructor(capacity: number) {
    this.#values = new Float64Array(capacity);
  }

  push(value: number): void {
    const values = this.#values;
    let i = this.size++;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (values[parent] <= value) break;
      values[i] = values[parent];
      i = parent;
    }
    values[i] = value;
  }

  /** Removes and returns the smallest number; the heap must not be empty. */
  pop(): number {
    const values = this.#values;
    const smallest = values[0];
    const value = values[--this.size];
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && values[child + 1] < values[child]) child++;
      if (values[child] >= value) break;
      values[i] = values[child];
      i = child;
    }
    values[i] = value;
    return smallest;
  }
}
