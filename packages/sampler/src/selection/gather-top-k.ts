// Finding the k largest of many logits in one pass, without sorting them.
import { logitIsNaN } from '../logits.js';

/**
 * Writes the ids of the k largest logits, and of all that tie with the k-th, in ascending order, and returns how many they are.
 *
 * A heap holds the k best values so far, the worst of them on top. Nearly every value of a large vocabulary is refused by one
 * comparison with it; those that are not (about k ln(n / k) of n in random order) are noted, and the notes are cleaned up
 * at the end, when the k-th largest is known. The cost is one pass while k is small and never more than that of a sort.
 *
 * @param logits shape (n,), n from 1
 * @param k an integer from 1
 * @param ids where the ids go, room for n
 * @throws RangeError if a logit is NaN
 */
export function gatherTopK(logits: Float32Array, k: number, ids: Int32Array): number {
  const size = logits.length;
  const heap = logits.slice(0, Math.min(k, size));
  for (let id = 0; id < heap.length; id++) {
    if (heap[id] !== heap[id]) throw logitIsNaN(id);
    ids[id] = id;
  }
  for (let node = (heap.length >> 1) - 1; node >= 0; node--) siftDown(heap, node, heap[node]);

  let worst = heap[0];
  let noted = heap.length;
  for (let id = nextNotBelow(logits, heap.length, worst); id < size; id = nextNotBelow(logits, id + 1, worst)) {
    if (logits[id] !== logits[id]) throw logitIsNaN(id);
    ids[noted++] = id;
    siftDown(heap, 0, logits[id]);
    worst = heap[0];
  }

  let count = 0;
  for (let i = 0; i < noted; i++) {
    if (logits[ids[i]] >= worst) ids[count++] = ids[i];
  }
  return count;
}

/** Where the next logit stands that is not below a floor, NaN included. A function of its own: as an inner loop it runs three times slower on V8. */
function nextNotBelow(logits: Float32Array, from: number, floor: number): number {
  const size = logits.length;
  let id = from;
  while (id < size && logits[id] < floor) id++;
  return id;
}

/** Places a value at a node of a min-heap, or as far below it as its children demand. */
function siftDown(heap: Float32Array, node: number, value: number): void {
  for (;;) {
    let child = 2 * node + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1] < heap[child]) child++;
    if (heap[child] >= value) break;
    heap[node] = heap[child];
    node = child;
  }
  heap[node] = value;
}
