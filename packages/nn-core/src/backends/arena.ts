// Places transient buffers in one block of memory, so that buffers which are never needed at the same time share their place.
//
// Largest first, each at the lowest free offset: the greedy rule of Pisarchyk and Lee, "Efficient Memory Management for
// Deep Neural Net Inference" (2020), which comes close to the least possible for networks like ours.
import type { PlannedStorage, Transient } from './plan.js';

/** Places start at multiples of this: a cache line, so that threads never share one. */
const ALIGNMENT = 64;

export interface Arena {
  /** Byte offset of each transient buffer. */
  readonly offsets: ReadonlyMap<PlannedStorage, number>;
  readonly bytes: number;
}

interface Placed {
  readonly offset: number;
  readonly end: number;
  readonly first: number;
  readonly last: number;
}

/** @param bytesPerElement 4 for float32 and int32, 8 for float64 */
export function planArena(transients: readonly Transient[], bytesPerElement: (storage: PlannedStorage) => number): Arena {
  const sizeOf = ({ storage }: Transient): number => Math.ceil((storage.length * bytesPerElement(storage)) / ALIGNMENT) * ALIGNMENT;
  const placed: Placed[] = []; // ordered by offset
  const offsets = new Map<PlannedStorage, number>();
  let bytes = 0;
  for (const transient of [...transients].sort((a, b) => sizeOf(b) - sizeOf(a))) {
    const size = sizeOf(transient);
    let offset = 0;
    for (const other of placed) {
      if (other.last < transient.first || transient.last < other.first) continue;
      if (offset + size <= other.offset) break;
      offset = Math.max(offset, other.end);
    }
    offsets.set(transient.storage, offset);
    const end = offset + size;
    const at = placed.findIndex((other) => other.offset > offset);
    placed.splice(at < 0 ? placed.length : at, 0, { offset, end, first: transient.first, last: transient.last });
    bytes = Math.max(bytes, end);
  }
  return { offsets, bytes };
}
