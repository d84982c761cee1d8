// Finds the rows with the highest exact scores from estimates of all, computing as few exact ones as the errors of the estimates allow.
import type { Estimates } from './estimates.js';

export interface ScoredRow {
  readonly row: number;
  readonly score: number;
}

/**
 * The best rows, best first; the lower row first on ties. A row can only be among them if the most that it can have is not below what `count`
 * others have at least.
 *
 * @param limit only the first rows are looked at
 * @param exact the true score of a row
 */
export function bestRows({ scores, rowErrors, queryError }: Estimates, count: number, limit: number, exact: (row: number) => number): ScoredRow[] {
  if (count <= 0) return [];
  const lowest = new LargestNumbers(count);
  for (let row = 0; row < limit; row++) {
    const least = scores[row] - rowErrors[row];
    if (least > lowest.threshold) lowest.add(least);
  }
  const enough = lowest.threshold - 2 * queryError; // once for each of the two rows that are compared
  const found: ScoredRow[] = [];
  for (let row = 0; row < limit; row++) {
    if (scores[row] + rowErrors[row] >= enough && scores[row] !== -Infinity) found.push({ row, score: exact(row) });
  }
  return found.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, count);
}

/** The largest of many numbers, in a heap whose root is the smallest of them. */
class LargestNumbers {
  /** What a number must exceed to be among the largest; -Infinity until there are enough. */
  threshold = -Infinity;
  readonly #count: number;
  readonly #heap: number[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  /** @param value above the threshold */
  add(value: number): void {
    const heap = this.#heap;
    if (heap.length < this.#count) {
      heap.push(value);
      this.#rise(heap.length - 1);
    } else {
      heap[0] = value;
      this.#sink(0);
    }
    if (heap.length === this.#count) this.threshold = heap[0];
  }

  #rise(at: number): void {
    const heap = this.#heap;
    for (let parent = (at - 1) >> 1; at > 0 && heap[at] < heap[parent]; at = parent, parent = (at - 1) >> 1) {
      [heap[at], heap[parent]] = [heap[parent], heap[at]];
    }
  }

  #sink(at: number): void {
    const heap = this.#heap;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) return;
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) child++;
      if (heap[at] <= heap[child]) return;
      [heap[at], heap[child]] = [heap[child], heap[at]];
      at = child;
    }
  }
}
