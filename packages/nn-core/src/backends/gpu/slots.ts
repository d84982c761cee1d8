// Finds transient buffers of a captured step that may share one buffer on the device. Not the arena of the other backends: a
// dispatch may not read and write the same WebGPU buffer, even in different places, so sharing is of whole buffers.
//
// Largest first, each into the first slot whose others are needed at other times.
import type { Storage } from '../backend.js';
import type { Pass } from './passes/pass.js';

export interface Slots {
  readonly slotOf: ReadonlyMap<Storage, number>;
  /** Floats of each slot. */
  readonly lengths: readonly number[];
}

interface Lifetime {
  readonly storage: Storage;
  readonly first: number;
  last: number;
}

const storagesOf = (pass: Pass): readonly Storage[] => ('from' in pass ? [pass.from, pass.to] : [pass.output, ...pass.inputs.map(({ storage }) => storage)]);

/** @param transient the buffers that live within the step only */
export function planSlots(passes: readonly Pass[], transient: ReadonlySet<Storage>, floatsOf: (storage: Storage) => number): Slots {
  const lifetimes = new Map<Storage, Lifetime>();
  passes.forEach((pass, at) => {
    for (const storage of storagesOf(pass)) {
      if (!transient.has(storage)) continue;
      const known = lifetimes.get(storage);
      if (known) known.last = at;
      else lifetimes.set(storage, { storage, first: at, last: at });
    }
  });
  const slots: { length: number; residents: Lifetime[] }[] = [];
  const slotOf = new Map<Storage, number>();
  for (const lifetime of [...lifetimes.values()].sort((a, b) => floatsOf(b.storage) - floatsOf(a.storage))) {
    const isFree = ({ residents }: { residents: Lifetime[] }): boolean => residents.every((other) => other.last < lifetime.first || lifetime.last < other.first);
    let slot = slots.findIndex(isFree);
    if (slot < 0) slot = slots.push({ length: floatsOf(lifetime.storage), residents: [] }) - 1;
    slots[slot].residents.push(lifetime);
    slotOf.set(lifetime.storage, slot);
  }
  return { slotOf, lengths: slots.map(({ length }) => length) };
}
