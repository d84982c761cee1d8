// Tells quickly that a hash was never added: a Bloom filter with one hash function. It is small enough for the processor's cache, so it is
// asked before the hash table, which is not. Source: Bloom, "Space/time trade-offs in hash coding" (1970).

/** Bits of the filter, a power of two. They fit into 64 KiB, and with a large vocabulary still reject five in six unknown hashes. */
const BITS = 0x80000;

export class HashFilter {
  readonly #words = new Int32Array(BITS / 32);

  /** @param hash  its low bits must depend on all of its bits, as those of `mixHash` do */
  add(hash: number): void {
    this.#words[(hash & (BITS - 1)) >> 5] |= 1 << hash;
  }

  /** False: nothing with this hash was added. */
  mayHold(hash: number): boolean {
    return ((this.#words[(hash & (BITS - 1)) >> 5] >> hash) & 1) === 1;
  }
}
