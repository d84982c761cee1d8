// Finds the k largest of many logits in one pass, without sorting them.
import { logitIsNaN } from '../logits.js';
import type { Candidates } from './candidates.js';
import { nextNotBelow } from './scan.js';

/**
 * Writes the indexes of the k largest logits, and of all that tie with the k-th, into `candidates.places` in ascending order, and returns
 * their number. The k-th largest logit is then `candidates.scratch[0]`.
 *
 * A heap holds the k best values so far, the smallest of them on top. One comparison with it rejects nearly every value of a large
 * vocabulary. The others (about k ln(n / k) of n in random order) are collected, and filtered at the end, when the k-th largest is known.
 * The cost is one pass if k is small, and never more than that of a sort.
 *
 * @param candidates at least one
 * @param k an integer from 1
 * @throws RangeError if a logit is NaN
 */
export function gatherTopK(candidates: Candidates, k: number): number {
  const { logits, places, scratch: heap, count } = candidates;
  const size = Math.min(k, count);
  for (let i = 0; i < size; i++) {
    if (logits[i] !== logits[i]) throw logitIsNaN(candidates.idAt(i));
    heap[i] = logits[i];
    places[i] = i;
  }
  for (let node = (size >> 1) - 1; node >= 0; node--) siftDown(heap, size, node, heap[node]);

  let worst = heap[0];
  let noted = size;
  for (let i = nextNotBelow(logits, size, count, worst); i < count; i = nextNotBelow(logits, i + 1, count, worst)) {
    if (logits[i] !== logits[i]) throw logitIsNaN(candidates.idAt(i));
    places[noted++] = i;
    siftDown(heap, size, 0, logits[i]);
    worst = heap[0];
  }

  let kept = 0;
  for (let note = 0; note < noted; note++) {
    if (logits[places[note]] >= worst) places[kept++] = places[note];
  }
  return kept;
}

/** Inserts a value at a node of a min-heap of `size` values and moves it down to its place. */
function siftDown(heap: Float64Array, size: number, node: number, value: number): void {
  for (;;) {
    let child = 2 * node + 1;
    if (child >= size) break;
    if (child + 1 < size && heap[child + 1] < heap[child]) child++;
    if (heap[child] >= value) break;
    heap[node] = heap[child];
    node = child;
  }
  heap[node] = value;
}
