// Whether a hash may be that of anything known, in one bit each (a Bloom filter with one hash function): asked before a table
// that is too large to stay near the processor. Source: Bloom, "Space/time trade-offs in hash coding" (1970).

/** Few enough for 64 KiB, many enough that of the hashes of a large vocabulary's strangers five in six are told apart. A power of two. */
const BITS = 0x80000;

export class HashFilter {
  readonly #words = new Int32Array(BITS / 32);

  /** @param hash  whose low bits depend on all of it, as those of `mixHash` */
  add(hash: number): void {
    this.#words[(hash & (BITS - 1)) >> 5] |= 1 << hash;
  }

  /** False: nothing with this hash was added. */
  mayHold(hash: number): boolean {
    return ((this.#words[(hash & (BITS - 1)) >> 5] >> hash) & 1) === 1;
  }
}
