// Remembers the ids of pieces, because most words of a text occur again. It is a hash table of integers that points to entries in one
// array, so it creates no objects and no garbage. When it is full, it is emptied.

/** Slots of the hash table (a power of two), and how many of them may be used. 2 MB of English have about 30,000 distinct pieces. */
const SLOTS = 0x20000;
const MAX_ENTRIES = 0x10000;
/** The capacity of `entries` in integers; a power of two. */
const MAX_INTEGERS = 0x100000;
const PLACE_MASK = MAX_INTEGERS - 1;
const FIRST_CAPACITY = 0x2000;

/** Longer pieces are not cached: they are rare and seldom occur again. */
const MAX_BYTES = 64;
const MAX_IDS = 32;
const LARGEST_ENTRY = 1 + MAX_BYTES / 4 + MAX_IDS;

/** Pieces of up to this many bytes occur again in any text; whether longer ones do depends on the text. */
const SHORT = 3;
/** If long pieces hardly ever occur again, this many of them skip the cache after each one that is looked up. */
const PASSED = 16;
/** The limit of `#novelty` that marks such a text: 512 more misses than hits among long pieces, where a hit counts twice. */
const MUCH_NOVELTY = 512 * PASSED;
const NO_SLOT = -1;

/** Masks for the last 32-bit word of a piece, indexed by its length in bytes modulo 4. */
const lastWordMasks = /* @__PURE__ */ Int32Array.of(-1, 0xff, 0xffff, 0xffffff);

export const NOT_FOUND = -1;

export class PieceCache {
  /**
   * The entries, one after another from index 1. An entry is a header (number of bytes, and in the higher bits the number of ids), then the
   * bytes, four per integer, then the ids.
   */
  entries = new Int32Array(FIRST_CAPACITY);
  #end = 1;
  #count = 0;
  /** 0 if free, else the place of an entry in the low bits and the high bits of the hash above them. */
  readonly #slots = new Int32Array(SLOTS);
  /** Rises by PASSED with each long piece that was not found. The amount above MUCH_NOVELTY is how many pieces still skip the cache. */
  #novelty = 0;
  /** The slot for the piece of the last lookup (NO_SLOT if it must not be added), and the hash bits to store in that slot. */
  #slot = NO_SLOT;
  #tag = 0;

  /**
   * The place of the entry of a piece, or NOT_FOUND.
   * @param view    the bytes of the text; at least three more must be readable after the piece
   * @param start   where the piece starts
   * @param length  how many bytes it has, at least one
   */
  find(view: DataView, start: number, length: number): number {
    const isLong = length > SHORT;
    this.#slot = NO_SLOT;
    if (length > MAX_BYTES || (isLong && this.#novelty > MUCH_NOVELTY && this.#novelty--)) return NOT_FOUND;
    const last = (length - 1) >> 2;
    const lastWord = view.getInt32(start + 4 * last, true) & lastWordMasks[length & 3];
    let hash = length;
    for (let i = 0; i < last; i++) hash = mix(hash, view.getInt32(start + 4 * i, true));
    hash = mix(hash, lastWord);
    const entries = this.entries;
    const slots = this.#slots;
    let slot = hash & (SLOTS - 1);
    for (let held = slots[slot]; held !== 0; held = slots[slot]) {
      if (((held ^ hash) & ~PLACE_MASK) === 0) {
        const place = held & PLACE_MASK;
        if ((entries[place] & 0xff) === length && entries[place + 1 + last] === lastWord) {
          let i = 0;
          while (i < last && entries[place + 1 + i] === view.getInt32(start + 4 * i, true)) i++;
          if (i === last) {
            if (isLong && this.#novelty > 0) this.#novelty -= 2 * PASSED;
            return place;
          }
        }
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (isLong) this.#novelty += PASSED;
    this.#slot = slot;
    this.#tag = hash & ~PLACE_MASK;
    return NOT_FOUND;
  }

  /** The number of ids of an entry. */
  countAt(place: number): number {
    return this.entries[place] >> 8;
  }

  /** Where the ids of an entry stand in `entries`. */
  idsAt(place: number): number {
    return place + 1 + (((this.entries[place] & 0xff) + 3) >> 2);
  }

  /**
   * Stores the first `count` of `ids` for the piece that the last `find` missed. Does nothing if there are too many ids or the lookup was
   * skipped.
   */
  add(view: DataView, start: number, length: number, ids: Int32Array, count: number): void {
    if (this.#slot === NO_SLOT || count > MAX_IDS) return;
    if (this.#count === MAX_ENTRIES || this.#end + LARGEST_ENTRY > MAX_INTEGERS) {
      // The slot of this piece is free before and after this.
      this.#slots.fill(0);
      this.#count = 0;
      this.#end = 1;
    }
    if (this.#end + LARGEST_ENTRY > this.entries.length) {
      const longer = new Int32Array(2 * this.entries.length);
      longer.set(this.entries);
      this.entries = longer;
    }
    const place = this.#end;
    this.#slots[this.#slot] = this.#tag | place;
    this.entries[this.#end++] = (count << 8) | length;
    const last = (length - 1) >> 2;
    for (let i = 0; i < last; i++) this.entries[this.#end++] = view.getInt32(start + 4 * i, true);
    this.entries[this.#end++] = view.getInt32(start + 4 * last, true) & lastWordMasks[length & 3];
    for (let i = 0; i < count; i++) this.entries[this.#end++] = ids[i];
    this.#count++;
  }
}

function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}
